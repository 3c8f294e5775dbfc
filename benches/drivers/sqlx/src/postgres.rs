use sqlx::{
    ConnectOptions as _, PgPool, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
};
use time::OffsetDateTime;

use crate::harness::{PAGE_SIZE, Result, Ticket, measure, new_ticket};

const POOL_SIZE: u32 = 8;

const PAGE: &str = "select id, title, description, category, priority, status, created_at, \
    updated_at, version from ticket order by created_at desc, id desc limit 50";
const CREATE: &str = "insert into ticket (title, description, category, priority, created_at, \
    updated_at) values ($1, $2, $3, $4, $5, $5) \
    returning id, title, description, category, priority, status, created_at, updated_at, version";

async fn pool(url: &str, tuned: bool) -> Result<PgPool> {
    let mut options: PgConnectOptions = url.parse()?;
    let mut pool = PgPoolOptions::new().max_connections(POOL_SIZE);
    if tuned {
        options = options.disable_statement_logging();
        pool = pool.test_before_acquire(false);
    }
    Ok(pool.connect_with(options).await?)
}

pub async fn page(url: &str, tuned: bool, seconds: u64) -> Result<()> {
    let pool = pool(url, tuned).await?;
    measure(seconds, move |_, _| {
        let pool = pool.clone();
        async move {
            let tickets = sqlx::query(PAGE).try_map(|row| ticket(&row)).fetch_all(&pool).await?;
            assert_eq!(tickets.len(), PAGE_SIZE);
            Ok(tickets)
        }
    })
    .await
}

pub async fn create(url: &str, tuned: bool, seconds: u64) -> Result<()> {
    let pool = pool(url, tuned).await?;
    measure(seconds, move |client, turn| {
        let pool = pool.clone();
        async move {
            let new = new_ticket(client, turn);
            let ticket = sqlx::query(CREATE)
                .bind(&new.title)
                .bind(&new.description)
                .bind(new.category)
                .bind(new.priority)
                .bind(new.created_at)
                .try_map(|row| ticket(&row))
                .fetch_one(&pool)
                .await?;
            Ok(ticket)
        }
    })
    .await
}

fn ticket(row: &PgRow) -> sqlx::Result<Ticket<OffsetDateTime>> {
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
