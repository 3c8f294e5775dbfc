//! Pages that are asked for at the same moment: sent together on one connection, and each asked once.
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
    tickets::{PageRequest, Ticket, TicketPage, store::COUNT_MAX},
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
    let from = database.clone();
    let work = move |batch| {
        let from = from.clone();
        async move { read_all(&from, batch).await }
    };
    database.pages().submit(request, work).await?
}

async fn read_all(database: &Postgres, batch: Vec<PageRequest>) -> Vec<Result<TicketPage>> {
    let mut asked: Vec<PageRequest> = Vec::new();
    let answers: Vec<usize> = batch
        .into_iter()
        .map(|request| {
            asked.iter().position(|other| *other == request).unwrap_or_else(|| {
                asked.push(request);
                asked.len() - 1
            })
        })
        .collect();
    let pages = database
        .run(async |connection| {
            let connection = &*connection;
            Ok(join_all(asked.iter().map(|request| read(connection, request))).await)
        })
        .await;
    match pages {
        Ok(pages) => answers.iter().map(|n| pages[*n].clone()).collect(),
        Err(error) => answers.iter().map(|_| Err(error.clone())).collect(),
    }
}

/// The tickets of a page and one more, without how many there are.
pub async fn uncounted(connection: &Object, request: &PageRequest) -> Result<Vec<Ticket>> {
    let page = page_query(request);
    let statement = connection.prepare_cached(&page.sql).await?;
    let rows = connection.query(&statement, &page.parameters()).await?;
    rows.iter().map(read_ticket).collect()
}

async fn read(connection: &Object, request: &PageRequest) -> Result<TicketPage> {
    let count = count_query(&request.filter);
    let page = page_query(request);
    let count_statement = connection.prepare_cached(&count.sql).await?;
    let page_statement = connection.prepare_cached(&page.sql).await?;
    // both are sent at once: one round trip
    let (count_parameters, page_parameters) = (count.parameters(), page.parameters());
    let (count, rows) = futures_util::try_join!(
        connection.query_one(&count_statement, &count_parameters),
        connection.query(&page_statement, &page_parameters),
    )?;
    let count = count.try_get::<_, i64>(0)?.cast_unsigned();
    let rows = rows.iter().map(read_ticket).collect::<Result<Vec<_>>>()?;
    let count = (request.filter.is_counted() || count <= COUNT_MAX).then_some(count);
    Ok(TicketPage::from_walk(request, count, rows))
}
