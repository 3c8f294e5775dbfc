//! A batch of tickets from elsewhere: copied into its tables, then counted.
//!
//! Two batches are copied at the same time, each by a backend of its own. Their ids are taken in the order of
//! their calls, and so are they counted and committed: what an import has done is always its beginning.

use std::{pin::pin, sync::Arc, time::Duration};

use deadpool_postgres::{Object, Transaction};
use futures_util::future::try_join;
use tokio_postgres::{
    binary_copy::BinaryCopyInWriter,
    types::{ToSql, Type},
};

use super::{
    SLOTS, search_index,
    tally::{TallyRows, count},
};
use crate::{
    background::apart,
    db::turns::Start,
    error::Result,
    tickets::{
        ActorKind, Filing, IMPORTED_SEGMENT_MIN, ImportMark, ImportProgress, ImportedTicket,
        SEGMENT_TICKETS, Segment, Tally,
    },
};

const IDS: &str = "select nextval('ticket_id_seq') from generate_series(1, $1::bigint)";

const TICKETS: (&str, &[Type]) = (
    "copy ticket (id, title, description, category, priority, status, category_source,
         priority_source, created_at, updated_at) from stdin (format binary)",
    &[
        Type::INT8,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TEXT,
        Type::TIMESTAMPTZ,
        Type::TIMESTAMPTZ,
    ],
);

const DOCUMENTS: (&str, &[Type]) = (
    "copy ticket_document (ticket_id, document) from stdin (format binary)",
    &[Type::INT8, Type::TEXT],
);

const WAITING: (&str, &[Type]) = (
    "copy search_pending (ticket_id, version) from stdin (format binary)",
    &[Type::INT8, Type::INT8],
);

const EVENTS: (&str, &[Type]) = (
    "copy ticket_event (ticket_id, at, version, kind, actor_kind, changes)
         from stdin (format binary)",
    &[Type::INT8, Type::TIMESTAMPTZ, Type::INT8, Type::TEXT, Type::TEXT, Type::TEXT],
);

const COUNT: &str = concat!(
    "with ",
    count!(where "true", slot "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11"),
    " select 1"
);

/// Longest time for one batch, from its turn to begin: its megabytes may come by a slow line.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// The same for each of its statements, and for its wait for the batch before.
const UNHURRIED: &str = "set local statement_timeout = '60s';
     set local idle_in_transaction_session_timeout = '60s'";

/// Moves an import on, if it is where the batch begins.
const MARK: &str = "insert into import_progress (source_sha256, position, tickets)
     select $1, $3, $4
     where $2 = 0::bigint or exists (select 1 from import_progress where source_sha256 = $1)
     on conflict (source_sha256) do update set position = excluded.position,
         tickets = import_progress.tickets + excluded.tickets
     where import_progress.position = $2";

/// A counter that only imports use: what files or changes a ticket never waits for one of them.
const SLOT: i16 = SLOTS;

/// A batch, made ready.
pub struct Batch {
    filings: Vec<Filing>,
    tally: TallyRows,
}

impl Batch {
    /// Of these tickets.
    pub fn new(tickets: Vec<ImportedTicket>) -> Self {
        let filings = Filing::of_import(tickets);
        let tally = TallyRows::of(&Tally::of(&filings));
        Self { filings, tally }
    }

    /// Writes it and how far the import has come, and says how many tickets it was.
    pub async fn write(
        self: &Arc<Self>,
        connection: &mut Object,
        start: Start<'_>,
        mark: Option<ImportMark>,
    ) -> Result<u64> {
        let transaction = connection.transaction().await?;
        transaction.batch_execute(UNHURRIED).await?;
        let ids = self.take_ids(&transaction).await?;
        let mut turn = start.begun();
        if self.filings.len() >= IMPORTED_SEGMENT_MIN {
            // computed while the rows are copied
            let segments = apart({
                let (batch, ids) = (Arc::clone(self), ids.clone());
                move || batch.segments(&ids)
            });
            let ((), segments) = try_join(self.copy(&transaction, &ids), segments).await?;
            for segment in segments {
                search_index::store(&transaction, segment).await?;
            }
        } else {
            self.copy(&transaction, &ids).await?;
            let waiting = ids.iter().map(|id| -> [Value<'_>; 2] { [id, &VERSION] });
            copy(&transaction, WAITING, waiting).await?;
        }
        turn.come().await;
        self.count(&transaction).await?;
        let tickets = ids.len() as u64;
        if let Some(mark) = mark {
            let statement = transaction.prepare_cached(MARK).await?;
            let source = mark.source_sha256.as_slice();
            let moved = transaction
                .execute(&statement, &[&source, &mark.from, &mark.to, &tickets.cast_signed()])
                .await?;
            if moved == 0 {
                return Err(ImportMark::misplaced()); // and undoes the transaction
            }
        }
        transaction.commit().await?;
        Ok(tickets)
    }

    async fn take_ids(&self, transaction: &Transaction<'_>) -> Result<Vec<i64>> {
        let statement = transaction.prepare_cached(IDS).await?;
        let n = i64::try_from(self.filings.len()).unwrap_or(i64::MAX);
        let rows = transaction.query(&statement, &[&n]).await?;
        Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
    }

    async fn copy(&self, transaction: &Transaction<'_>, ids: &[i64]) -> Result<()> {
        let filings = || ids.iter().zip(&self.filings);
        let texts: Vec<_> = self.filings.iter().map(|filing| filing.new.texts()).collect();
        let tickets = filings().zip(&texts).map(|((id, filing), texts)| -> [Value<'_>; 10] {
            let [title, description, category, priority, status, category_source, priority_source] =
                texts;
            let at = &filing.new.created_at;
            [
                id,
                title,
                description,
                category,
                priority,
                status,
                category_source,
                priority_source,
                at,
                at,
            ]
        });
        copy(transaction, TICKETS, tickets).await?;
        let documents = filings().map(|(id, filing)| -> [Value<'_>; 2] { [id, &filing.document] });
        copy(transaction, DOCUMENTS, documents).await?;
        let (kind, actor) = ("created", ActorKind::Requester.as_str());
        let events = filings().map(|(id, filing)| -> [Value<'_>; 6] {
            [id, &filing.new.created_at, &VERSION, &kind, &actor, &filing.changes]
        });
        copy(transaction, EVENTS, events).await
    }

    /// The pieces of the search's index that are about the batch.
    fn segments(&self, ids: &[i64]) -> Vec<Segment> {
        let most = SEGMENT_TICKETS as usize;
        let pieces = ids.chunks(most).zip(self.filings.chunks(most));
        pieces
            .filter_map(|(ids, filings)| {
                Segment::of_texts(ids.iter().zip(filings).map(|(id, filing)| filing.searched(*id)))
            })
            .collect()
    }

    async fn count(&self, transaction: &Transaction<'_>) -> Result<()> {
        let statement = transaction.prepare_cached(COUNT).await?;
        let own: [Value<'_>; 1] = [&SLOT];
        transaction.execute(&statement, &self.tally.parameters(own)).await?;
        Ok(())
    }
}

type Value<'a> = &'a (dyn ToSql + Sync);

/// The version of a ticket that was filed just now.
const VERSION: i64 = 1;

/// Copies rows into a table: a statement, and the types of its columns.
async fn copy<'a, const N: usize>(
    transaction: &Transaction<'_>,
    (statement, types): (&str, &[Type]),
    rows: impl Iterator<Item = [Value<'a>; N]>,
) -> Result<()> {
    let statement = transaction.prepare_cached(statement).await?;
    let sink = transaction.copy_in(&statement).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, types));
    for row in rows {
        writer.as_mut().write(&row).await?;
    }
    writer.finish().await?;
    Ok(())
}

/// How far an import has come.
pub async fn progress(
    connection: &Object,
    source_sha256: [u8; 32],
) -> Result<Option<ImportProgress>> {
    let select = "select position, tickets from import_progress where source_sha256 = $1";
    let statement = connection.prepare_cached(select).await?;
    let row = connection.query_opt(&statement, &[&source_sha256.as_slice()]).await?;
    Ok(row.map(|row| ImportProgress {
        position: row.get(0),
        tickets: row.get::<_, i64>(1).cast_unsigned(),
    }))
}

/// Forgets it.
pub async fn forget(connection: &Object, source_sha256: [u8; 32]) -> Result<()> {
    let delete = "delete from import_progress where source_sha256 = $1";
    let statement = connection.prepare_cached(delete).await?;
    connection.execute(&statement, &[&source_sha256.as_slice()]).await?;
    Ok(())
}
