//! Pages that are asked for at the same moment: sent together on one connection, and each filter's tickets
//! counted once.
//!
//! A page costs PostgreSQL less than it costs both sides to wake each other up for it. Whoever asks
//! gets an answer that was begun after they asked, as if they had been alone.

use std::sync::Arc;

use deadpool_postgres::Object;
use futures_util::future::join_all;

use super::{
    query::{count_query, page_query},
    read_ticket,
};
use crate::{
    db::{gather::Gather, postgres::Postgres},
    error::Result,
    tickets::{PageRequest, Ticket, TicketFilter, TicketPage, store::COUNT_MAX},
};

/// Pages on their way out of the database.
pub type Pages = Gather<PageRequest, Result<TicketPage>>;

/// Batches under way at the same time.
const AT_ONCE: usize = 4;

/// Most pages in a batch.
const BATCH_MAX: usize = 16;

/// Most pages that wait.
const QUEUE_MAX: usize = 1024;

/// Queues for [`page`].
pub fn pages() -> Arc<Pages> {
    Arc::new(Gather::new(AT_ONCE, BATCH_MAX, QUEUE_MAX))
}

/// A page of a filter without a search.
pub async fn page(database: &Postgres, request: PageRequest) -> Result<TicketPage> {
    database.pages().submit(request, database.clone(), read_all).await?
}

async fn read_all(database: Postgres, batch: Vec<PageRequest>) -> Vec<Result<TicketPage>> {
    let mut filters: Vec<&TicketFilter> = Vec::new();
    // where each page's filter stands among them
    let of_page: Vec<usize> = batch
        .iter()
        .map(|PageRequest { filter, .. }| {
            filters.iter().position(|other| *other == filter).unwrap_or_else(|| {
                filters.push(filter);
                filters.len() - 1
            })
        })
        .collect();
    let answers = database
        .run(async |connection| {
            let connection = &*connection;
            // all are sent at once: one round trip
            let counts = join_all(filters.iter().map(|filter| count(connection, filter)));
            let rows = join_all(batch.iter().map(|request| uncounted(connection, request)));
            Ok(futures_util::join!(counts, rows))
        })
        .await;
    let (counts, rows) = match answers {
        Ok(answers) => answers,
        Err(error) => return batch.iter().map(|_| Err(error.clone())).collect(),
    };
    batch
        .iter()
        .zip(of_page)
        .zip(rows)
        .map(|((request, filter), rows)| {
            Ok(TicketPage::from_walk(request, counts[filter].clone()?, rows?))
        })
        .collect()
}

async fn count(connection: &Object, filter: &TicketFilter) -> Result<Option<u64>> {
    let query = count_query(filter);
    let statement = connection.prepare_cached(&query.sql).await?;
    let row = connection.query_one(&statement, &query.parameters()).await?;
    let count = row.try_get::<_, i64>(0)?.cast_unsigned();
    Ok((filter.is_counted() || count <= COUNT_MAX).then_some(count))
}

/// The tickets of a page and one more, without how many there are.
pub async fn uncounted(connection: &Object, request: &PageRequest) -> Result<Vec<Ticket>> {
    let page = page_query(request);
    let statement = connection.prepare_cached(&page.sql).await?;
    let rows = connection.query(&statement, &page.parameters()).await?;
    rows.iter().map(read_ticket).collect()
}
