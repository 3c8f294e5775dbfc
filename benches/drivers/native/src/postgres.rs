use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use time::OffsetDateTime;
use tokio_postgres::{NoTls, Row};

use crate::harness::{PAGE_SIZE, Result, Ticket, measure, new_ticket};

const POOL_SIZE: usize = 8;

const PAGE: &str = "select id, title, description, category, priority, status, created_at, \
    updated_at, version from ticket order by created_at desc, id desc limit 50";
const CREATE: &str = "insert into ticket (title, description, category, priority, created_at, \
    updated_at) values ($1, $2, $3, $4, $5, $5) \
    returning id, title, description, category, priority, status, created_at, updated_at, version";

fn pool(url: &str) -> Result<Pool> {
    let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(url.parse()?, NoTls, config);
    Ok(Pool::builder(manager).max_size(POOL_SIZE).build()?)
}

pub async fn load(url: &str) -> Result<()> {
    let client = pool(url)?.get().await?;
    client.batch_execute(include_str!("../../schema/postgres.sql")).await?;
    client.batch_execute("vacuum analyze ticket").await?;
    Ok(())
}

pub async fn page(url: &str, seconds: u64) -> Result<()> {
    let pool = pool(url)?;
    measure(seconds, move |_, _| {
        let pool = pool.clone();
        async move {
            let client = pool.get().await?;
            let statement = client.prepare_cached(PAGE).await?;
            let rows = client.query(&statement, &[]).await?;
            let tickets = rows.iter().map(ticket).collect::<Result<Vec<_>>>()?;
            assert_eq!(tickets.len(), PAGE_SIZE);
            Ok(tickets)
        }
    })
    .await
}

pub async fn create(url: &str, seconds: u64) -> Result<()> {
    let pool = pool(url)?;
    measure(seconds, move |client, turn| {
        let pool = pool.clone();
        async move {
            let new = new_ticket(client, turn);
            let client = pool.get().await?;
            let statement = client.prepare_cached(CREATE).await?;
            let row = client
                .query_one(
                    &statement,
                    &[&new.title, &new.description, &new.category, &new.priority, &new.created_at],
                )
                .await?;
            ticket(&row)
        }
    })
    .await
}

fn ticket(row: &Row) -> Result<Ticket<OffsetDateTime>> {
    Ok(Ticket {
        id: row.try_get(0)?,
        title: row.try_get(1)?,
        description: row.try_get(2)?,
        category: row.try_get(3)?,
        priority: row.try_get(4)?,
        status: row.try_get(5)?,
        created_at: row.try_get(6)?,
        updated_at: row.try_get(7)?,
        version: row.try_get(8)?,
    })
}
