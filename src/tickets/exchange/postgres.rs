//! Tickets from the table of a Django app in PostgreSQL.

use jiff::Timestamp;
use serde_json::{Map, Value};
use tokio_postgres::{Row, types::FromSql};

use super::{FIELDS, Raw, RawTicket};
use crate::{
    db::{Store as _, postgres::Postgres},
    error::Result,
};

/// Rows that are read at a time.
const PAGE: i64 = 500;

/// The columns that are read after the id, as the first of [`FIELDS`].
const COLUMNS: usize = 6;

/// The table that tickets are taken over from. It is only read.
pub struct DjangoTable {
    database: Postgres,
    /// Quoted, as SQL needs it.
    name: String,
}

/// A row of it.
pub struct DjangoTicket {
    /// Its id there.
    pub id: i64,
    /// What it says.
    pub ticket: RawTicket,
}

impl DjangoTable {
    /// Makes ready to read the table `name`, which may have its schema in front.
    ///
    /// # Errors
    /// The URL is wrong.
    pub fn new(url: &str, name: &str) -> Result<Self> {
        let quoted = |part: &str| format!("\"{}\"", part.replace('"', "\"\""));
        let name = name.split('.').map(quoted).collect::<Vec<_>>().join(".");
        Ok(Self { database: Postgres::connect(url)?, name })
    }

    /// The greatest id; 0 where there is no row.
    ///
    /// # Errors
    /// The database cannot answer, or has no such table.
    pub async fn last_id(&self) -> Result<i64> {
        let sql = format!("select coalesce(max(id), 0)::bigint from {}", self.name);
        self.database
            .run(async |connection| Ok(connection.query_one(&sql, &[]).await?.get(0)))
            .await
    }

    /// The next rows after the id `after`, in the order of their ids; none at the end.
    ///
    /// # Errors
    /// The database cannot answer, or the table has other columns.
    pub async fn page(&self, after: i64) -> Result<Vec<DjangoTicket>> {
        // a time without a zone is taken for one in UTC, which each connection is set to
        let sql = format!(
            "select id::bigint, title::text, description::text, category::text, priority::text,
                 status::text, created_at::timestamptz
             from {} where id > $1 order by id limit $2",
            self.name
        );
        self.database
            .run(async |connection| {
                let transaction = connection.build_transaction().read_only(true).start().await?;
                let statement = transaction.prepare_cached(&sql).await?;
                let rows = transaction.query(&statement, &[&after, &PAGE]).await?;
                Ok(rows.iter().map(read).collect())
            })
            .await
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

impl DjangoTicket {
    /// As an object of NDJSON.
    pub fn to_object(&self) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("id".to_owned(), self.id.into());
        for (name, field) in FIELDS.iter().zip(&self.ticket.0) {
            if let Raw::Text(text) = field {
                object.insert((*name).to_owned(), text.as_str().into());
            }
        }
        object
    }
}

fn read(row: &Row) -> DjangoTicket {
    let mut ticket = RawTicket::default();
    for (column, field) in (1..).zip(&mut ticket.0[..COLUMNS - 1]) {
        *field = raw(row, column, |text: String| text);
    }
    ticket.0[COLUMNS - 1] = raw(row, COLUMNS, |at: Timestamp| at.to_string());
    ticket.empty_is_absent();
    DjangoTicket { id: row.get(0), ticket }
}

fn raw<'a, T: FromSql<'a>>(row: &'a Row, column: usize, text: impl FnOnce(T) -> String) -> Raw {
    match row.try_get::<_, Option<T>>(column) {
        Ok(None) => Raw::Absent,
        Ok(Some(value)) => Raw::Text(text(value)),
        // such as the time `infinity`
        Err(error) => Raw::Wrong(format!("cannot be read: {error}")),
    }
}
