//! Views in PostgreSQL.

use async_trait::async_trait;
use deadpool_postgres::{GenericClient, Object, Transaction};
use jiff::Timestamp;
use tokio_postgres::Row;

use super::{
    NewView, Outcome, SHELF_MAX, Shelf, View, ViewPatch, Viewer, check_version, moved,
    shelf_is_full, store::ViewStore,
};
use crate::{
    db::postgres::Postgres,
    error::{Error, Result},
};

/// The columns of a view in the order of [`read_view`], and where they come from.
const VIEW: &str = "view.id, view.name, view.query, view.personal_of, view.shared_by, account.name, \
     view.created_at, view.updated_at, view.version \
     from saved_view as view \
     left join account on account.id = coalesce(view.personal_of, view.shared_by)";

#[async_trait]
impl ViewStore for Postgres {
    async fn views(&self, account: Option<i64>) -> Result<Vec<View>> {
        self.run(async |connection| {
            let sql = format!(
                "select {VIEW} where view.personal_of is null or view.personal_of = $1
                 order by view.personal_of is not null, view.position, view.id"
            );
            let statement = connection.prepare_cached(&sql).await?;
            let rows = connection.query(&statement, &[&account]).await?;
            rows.iter().map(read_view).collect()
        })
        .await
    }

    async fn view(&self, id: i64, viewer: Viewer) -> Result<Option<View>> {
        let view = self.run(async |connection| select(&*connection, id).await).await?;
        Ok(view.filter(|view| viewer.sees(view.shelf)))
    }

    async fn create_view(&self, new: NewView) -> Result<View> {
        self.run(async |connection| {
            let transaction = begin(connection).await?;
            let position = free_place(&transaction, new.shelf).await?;
            let (personal_of, shared_by) = new.shelf.owners();
            let row = transaction
                .query_one(
                    "insert into saved_view (personal_of, shared_by, name, query, position,
                         created_at, updated_at)
                     values ($1, $2, $3, $4, $5, $6, $6) returning id",
                    &[
                        &personal_of,
                        &shared_by,
                        &new.name.as_str(),
                        &new.query.as_str(),
                        &position,
                        &new.created_at,
                    ],
                )
                .await?;
            let view = existing(&transaction, row.try_get(0)?).await?;
            transaction.commit().await?;
            Ok(view)
        })
        .await
    }

    async fn change_view(
        &self,
        id: i64,
        patch: ViewPatch,
        expected: Option<i64>,
        viewer: Viewer,
        at: Timestamp,
    ) -> Result<Outcome<View>> {
        self.run(async |connection| {
            let transaction = begin(connection).await?;
            let seen = select(&transaction, id).await?.filter(|view| viewer.sees(view.shelf));
            let Some(before) = seen else { return Ok(Outcome::Missing) };
            let Some(after) = patch.apply(&before, viewer, at) else {
                return Ok(Outcome::Forbidden);
            };
            check_version(&before, expected)?;
            if after != before {
                write(&transaction, &before, &after).await?;
            }
            if let Some(position) = patch.position {
                let shelf = moved(ids(&transaction, after.shelf).await?, id, position);
                transaction
                    .execute(
                        "update saved_view set position = place.n
                         from unnest($1::bigint[]) with ordinality as place (id, n)
                         where saved_view.id = place.id and position <> place.n",
                        &[&shelf],
                    )
                    .await?;
            }
            let view = existing(&transaction, id).await?;
            transaction.commit().await?;
            Ok(Outcome::Done(view))
        })
        .await
    }

    async fn delete_view(
        &self,
        id: i64,
        expected: Option<i64>,
        viewer: Viewer,
    ) -> Result<Outcome<()>> {
        self.run(async |connection| {
            let transaction = begin(connection).await?;
            let seen = select(&transaction, id).await?.filter(|view| viewer.sees(view.shelf));
            let Some(view) = seen else { return Ok(Outcome::Missing) };
            if !viewer.may_change(view.shelf) {
                return Ok(Outcome::Forbidden);
            }
            check_version(&view, expected)?;
            transaction.execute("delete from saved_view where id = $1", &[&id]).await?;
            transaction.commit().await?;
            Ok(Outcome::Done(()))
        })
        .await
    }
}

/// A transaction that writes views, one after the other: a shelf has an end and an order, which no row
/// alone could keep. Who reads waits for nobody.
async fn begin(connection: &mut Object) -> Result<Transaction<'_>> {
    let transaction = connection.transaction().await?;
    transaction.batch_execute("lock table saved_view in share row exclusive mode").await?;
    Ok(transaction)
}

async fn write(client: &impl GenericClient, before: &View, after: &View) -> Result<()> {
    let (personal_of, shared_by) = after.shelf.owners();
    let place = if before.shelf == after.shelf {
        None
    } else {
        Some(free_place(client, after.shelf).await?)
    };
    client
        .execute(
            "update saved_view set personal_of = $2, shared_by = $3, name = $4, query = $5,
                 updated_at = $6, version = $7, position = coalesce($8, position)
             where id = $1",
            &[
                &after.id,
                &personal_of,
                &shared_by,
                &after.name,
                &after.query,
                &after.updated_at,
                &after.version,
                &place,
            ],
        )
        .await?;
    Ok(())
}

/// The place behind all that stand on a shelf.
async fn free_place(client: &impl GenericClient, shelf: Shelf) -> Result<i64> {
    let sql = "select count(*), coalesce(max(position), 0) from saved_view
         where personal_of is not distinct from $1";
    let row = client.query_one(sql, &[&shelf.owners().0]).await?;
    let (n, last): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    if n >= SHELF_MAX as i64 { Err(shelf_is_full(shelf)) } else { Ok(last + 1) }
}

async fn ids(client: &impl GenericClient, shelf: Shelf) -> Result<Vec<i64>> {
    let sql = "select id from saved_view where personal_of is not distinct from $1
         order by position, id";
    let rows = client.query(sql, &[&shelf.owners().0]).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

async fn existing(client: &impl GenericClient, id: i64) -> Result<View> {
    select(client, id).await?.ok_or_else(|| Error::Internal("a view is gone".to_owned()))
}

async fn select(client: &impl GenericClient, id: i64) -> Result<Option<View>> {
    let statement = client.prepare_cached(&format!("select {VIEW} where view.id = $1")).await?;
    client.query_opt(&statement, &[&id]).await?.as_ref().map(read_view).transpose()
}

fn read_view(row: &Row) -> Result<View> {
    let personal_of: Option<i64> = row.try_get(3)?;
    Ok(View {
        id: row.try_get(0)?,
        name: row.try_get(1)?,
        query: row.try_get(2)?,
        shelf: match personal_of {
            Some(owner) => Shelf::Personal(owner),
            None => Shelf::Shared(row.try_get(4)?),
        },
        owner_name: row.try_get(5)?,
        created_at: row.try_get(6)?,
        updated_at: row.try_get(7)?,
        version: row.try_get(8)?,
    })
}
