//! Views in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::{
    NewView, Outcome, SHELF_MAX, Shelf, View, ViewPatch, Viewer, check_version, moved,
    shelf_is_full, store::ViewStore,
};
use crate::{
    db::sqlite::Sqlite,
    error::{Error, Result},
    tickets::sqlite::{micros, read_time},
};

/// The columns of a view in the order of [`read_view`], and where they come from.
const VIEW: &str = "view.id, view.name, view.query, view.personal_of, view.shared_by, account.name, \
     view.created_at, view.updated_at, view.version \
     from saved_view as view \
     left join account on account.id = coalesce(view.personal_of, view.shared_by)";

#[async_trait]
impl ViewStore for Sqlite {
    async fn views(&self, account: Option<i64>) -> Result<Vec<View>> {
        self.read(move |connection| {
            connection
                .prepare_cached(&format!(
                    "select {VIEW} where view.personal_of is null or view.personal_of = ?1
                     order by view.personal_of is not null, view.position, view.id"
                ))?
                .query_map([account], read_view)?
                .collect()
        })
        .await
    }

    async fn view(&self, id: i64, viewer: Viewer) -> Result<Option<View>> {
        let view = self.read(move |connection| select(connection, id)).await?;
        Ok(view.filter(|view| viewer.sees(view.shelf)))
    }

    async fn create_view(&self, new: NewView) -> Result<View> {
        self.write(move |connection| {
            let position = free_place(connection, new.shelf)?;
            let (personal_of, shared_by) = new.shelf.owners();
            connection
                .prepare_cached(
                    "insert into saved_view (personal_of, shared_by, name, query, position,
                         created_at, updated_at)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?6)",
                )?
                .execute((
                    personal_of,
                    shared_by,
                    new.name.as_str(),
                    new.query.as_str(),
                    position,
                    micros(new.created_at),
                ))?;
            existing(connection, connection.last_insert_rowid())
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
        self.write(move |connection| {
            let seen = select(connection, id)?.filter(|view| viewer.sees(view.shelf));
            let Some(before) = seen else { return Ok(Outcome::Missing) };
            let Some(after) = patch.apply(&before, viewer, at) else {
                return Ok(Outcome::Forbidden);
            };
            check_version(&before, expected)?;
            if after != before {
                write(connection, &before, &after)?;
            }
            if let Some(position) = patch.position {
                let shelf = moved(ids(connection, after.shelf)?, id, position);
                for (id, position) in shelf.iter().zip(1_i64..) {
                    connection
                        .prepare_cached("update saved_view set position = ?2 where id = ?1")?
                        .execute((id, position))?;
                }
            }
            Ok(Outcome::Done(existing(connection, id)?))
        })
        .await
    }

    async fn delete_view(
        &self,
        id: i64,
        expected: Option<i64>,
        viewer: Viewer,
    ) -> Result<Outcome<()>> {
        self.write(move |connection| {
            let seen = select(connection, id)?.filter(|view| viewer.sees(view.shelf));
            let Some(view) = seen else { return Ok(Outcome::Missing) };
            if !viewer.may_change(view.shelf) {
                return Ok(Outcome::Forbidden);
            }
            check_version(&view, expected)?;
            connection.prepare_cached("delete from saved_view where id = ?1")?.execute([id])?;
            Ok(Outcome::Done(()))
        })
        .await
    }
}

fn write(connection: &Connection, before: &View, after: &View) -> Result<()> {
    let (personal_of, shared_by) = after.shelf.owners();
    let place =
        if before.shelf == after.shelf { None } else { Some(free_place(connection, after.shelf)?) };
    connection
        .prepare_cached(
            "update saved_view set personal_of = ?2, shared_by = ?3, name = ?4, query = ?5,
                 updated_at = ?6, version = ?7, position = coalesce(?8, position)
             where id = ?1",
        )?
        .execute((
            after.id,
            personal_of,
            shared_by,
            &after.name,
            &after.query,
            micros(after.updated_at),
            after.version,
            place,
        ))?;
    Ok(())
}

/// The place behind all that stand on a shelf.
fn free_place(connection: &Connection, shelf: Shelf) -> Result<i64> {
    let (n, last): (i64, i64) = connection
        .prepare_cached(
            "select count(*), coalesce(max(position), 0) from saved_view where personal_of is ?1",
        )?
        .query_row([shelf.owners().0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if n >= SHELF_MAX as i64 { Err(shelf_is_full(shelf)) } else { Ok(last + 1) }
}

fn ids(connection: &Connection, shelf: Shelf) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("select id from saved_view where personal_of is ?1 order by position, id")?
        .query_map([shelf.owners().0], |row| row.get(0))?
        .collect()
}

fn existing(connection: &Connection, id: i64) -> Result<View> {
    select(connection, id)?.ok_or_else(|| Error::Internal("a view is gone".to_owned()))
}

fn select(connection: &Connection, id: i64) -> rusqlite::Result<Option<View>> {
    connection
        .prepare_cached(&format!("select {VIEW} where view.id = ?1"))?
        .query_row([id], read_view)
        .optional()
}

fn read_view(row: &Row<'_>) -> rusqlite::Result<View> {
    let personal_of: Option<i64> = row.get(3)?;
    Ok(View {
        id: row.get(0)?,
        name: row.get(1)?,
        query: row.get(2)?,
        shelf: match personal_of {
            Some(owner) => Shelf::Personal(owner),
            None => Shelf::Shared(row.get(4)?),
        },
        owner_name: row.get(5)?,
        created_at: read_time(row, 6)?,
        updated_at: read_time(row, 7)?,
        version: row.get(8)?,
    })
}
