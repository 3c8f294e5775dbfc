//! Tickets in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, named_params, types::Type};

use super::{
    Cursor, Filed, IDEMPOTENCY_KEY_LIFE, IdempotencyKey, NewTicket, PageRequest, Ticket,
    TicketFilter, TicketPage, TicketPatch, Word, document, refinement, store::COUNT_MAX,
    store::TicketStore,
};
use crate::{
    classify::Suggestion,
    db::sqlite::Sqlite,
    error::{Error, Result},
    tickets::{Category, Priority, Status},
};

/// The columns of a ticket in the order of [`read_ticket`].
const COLUMNS: &str = "ticket.id, ticket.title, ticket.description, ticket.category, \
     ticket.priority, ticket.status, ticket.category_source, ticket.priority_source, \
     ticket.created_at, ticket.updated_at, ticket.version";

#[async_trait]
impl TicketStore for Sqlite {
    async fn create_ticket(&self, new: NewTicket, key: Option<IdempotencyKey>) -> Result<Filed> {
        let document = document(new.title.as_str(), new.description.as_str());
        self.write(move |connection| {
            if let Some(key) = &key
                && let Some(ticket) = filed_before(connection, key, new.created_at)?
            {
                return Ok(Filed::Before(ticket));
            }
            let ticket = insert(connection, &new, &document)?;
            if let Some(key) = &key {
                connection
                    .prepare_cached(
                        "insert into idempotency_key (key, request_sha256, ticket_id, created_at)
                         values (?1, ?2, ?3, ?4)",
                    )?
                    .execute((&key.key, key.request_sha256, ticket.id, micros(new.created_at)))?;
            }
            Ok(Filed::New(ticket))
        })
        .await
    }

    async fn ticket(&self, id: i64) -> Result<Option<Ticket>> {
        self.read(move |connection| select(connection, id)).await
    }

    async fn tickets(&self, request: PageRequest) -> Result<TicketPage> {
        self.read(move |connection| {
            let count = count(connection, &request.filter)?;
            let rows = walk(connection, &request)?;
            Ok(TicketPage::from_walk(&request, count, rows))
        })
        .await
    }

    async fn patch_ticket(
        &self,
        id: i64,
        patch: TicketPatch,
        expected: Option<i64>,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        self.write(move |connection| {
            let Some(before) = select(connection, id)? else { return Ok(None) };
            if expected.is_some_and(|version| version != before.version) {
                return Err(Error::Stale { current: before.version });
            }
            change(connection, before, &patch, at).map(Some)
        })
        .await
    }

    async fn refine_ticket(
        &self,
        id: i64,
        suggestion: Suggestion,
        at: Timestamp,
    ) -> Result<Option<Ticket>> {
        self.write(move |connection| {
            let Some(before) = select(connection, id)? else { return Ok(None) };
            let patch = refinement(&before, &suggestion);
            change(connection, before, &patch, at).map(Some)
        })
        .await
    }

    async fn forget_idempotency_keys(&self, now: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            let forgotten = connection
                .prepare_cached("delete from idempotency_key where created_at <= ?1")?
                .execute([micros(now - IDEMPOTENCY_KEY_LIFE)])?;
            Ok(forgotten as u64)
        })
        .await
    }
}

/// A time as SQLite keeps it: microseconds since 1970.
pub fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

fn filed_before(
    connection: &Connection,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Option<Ticket>> {
    connection
        .prepare_cached("delete from idempotency_key where key = ?1 and created_at <= ?2")?
        .execute((&key.key, micros(now - IDEMPOTENCY_KEY_LIFE)))?;
    let known: Option<([u8; 32], i64)> = connection
        .prepare_cached("select request_sha256, ticket_id from idempotency_key where key = ?1")?
        .query_row([&key.key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        None => Ok(None),
        Some((sha256, _)) if sha256 != key.request_sha256 => Err(Error::IdempotencyMismatch),
        Some((_, id)) => Ok(select(connection, id)?),
    }
}

fn insert(connection: &Connection, new: &NewTicket, document: &str) -> rusqlite::Result<Ticket> {
    let sql = format!(
        "insert into ticket (title, description, category, priority, status, category_source,
             priority_source, created_at, updated_at)
         values (:title, :description, :category, :priority, :status, :category_source,
             :priority_source, :at, :at)
         returning {COLUMNS}"
    );
    let ticket = connection.prepare_cached(&sql)?.query_row(
        named_params! {
            ":title": new.title.as_str(),
            ":description": new.description.as_str(),
            ":category": new.category.0.as_str(),
            ":priority": new.priority.0.as_str(),
            ":status": new.status.as_str(),
            ":category_source": new.category.1.as_str(),
            ":priority_source": new.priority.1.as_str(),
            ":at": micros(new.created_at),
        },
        read_ticket,
    )?;
    connection
        .prepare_cached("insert into ticket_document (ticket_id, document) values (?1, ?2)")?
        .execute((ticket.id, document))?;
    tally(connection, (ticket.category, ticket.priority, ticket.status), 1)?;
    Ok(ticket)
}

fn select(connection: &Connection, id: i64) -> rusqlite::Result<Option<Ticket>> {
    connection
        .prepare_cached(&format!("select {COLUMNS} from ticket where id = ?1"))?
        .query_row([id], read_ticket)
        .optional()
}

/// Writes what `patch` changes of `before` and returns the ticket as it is then.
fn change(
    connection: &Connection,
    before: Ticket,
    patch: &TicketPatch,
    at: Timestamp,
) -> Result<Ticket> {
    let Some(after) = patch.apply(&before, at) else { return Ok(before) };
    connection
        .prepare_cached(
            "update ticket set title = :title, description = :description, category = :category,
                 priority = :priority, status = :status, category_source = :category_source,
                 priority_source = :priority_source, updated_at = :updated_at, version = :version
             where id = :id",
        )?
        .execute(named_params! {
            ":id": after.id,
            ":title": after.title,
            ":description": after.description,
            ":category": after.category.as_str(),
            ":priority": after.priority.as_str(),
            ":status": after.status.as_str(),
            ":category_source": after.category_source.as_str(),
            ":priority_source": after.priority_source.as_str(),
            ":updated_at": micros(after.updated_at),
            ":version": after.version,
        })?;
    if patch.title.is_some() || patch.description.is_some() {
        let document = document(&after.title, &after.description);
        connection
            .prepare_cached("update ticket_document set document = ?2 where ticket_id = ?1")?
            .execute((after.id, document))?;
    }
    let cell = |ticket: &Ticket| (ticket.category, ticket.priority, ticket.status);
    if cell(&before) != cell(&after) {
        tally(connection, cell(&before), -1)?;
        tally(connection, cell(&after), 1)?;
    }
    Ok(after)
}

fn tally(
    connection: &Connection,
    (category, priority, status): (Category, Priority, Status),
    by: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "insert into ticket_count (category, priority, status, n) values (?1, ?2, ?3, ?4)
             on conflict (category, priority, status) do update set n = n + excluded.n",
        )?
        .execute((category.as_str(), priority.as_str(), status.as_str(), by))?;
    Ok(())
}

/// A statement that grows with the filter, and its parameters in order.
#[derive(Default)]
struct Query {
    sql: String,
    parameters: Vec<Box<dyn ToSql>>,
}

impl Query {
    fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn bind(&mut self, value: impl ToSql + 'static) {
        self.parameters.push(Box::new(value));
    }

    fn parameters(&self) -> Vec<&dyn ToSql> {
        self.parameters.iter().map(AsRef::as_ref).collect()
    }

    fn any_of<W: Word>(&mut self, column: &str, words: &[W]) {
        match words {
            [] => {}
            [word] => {
                self.push(&format!(" and {column} = ?"));
                self.bind(word.as_str());
            }
            words => {
                let marks = vec!["?"; words.len()].join(", ");
                self.push(&format!(" and {column} in ({marks})"));
                for word in words {
                    self.bind(word.as_str());
                }
            }
        }
    }

    /// The conditions of a filter on `ticket`.
    fn conditions(&mut self, filter: &TicketFilter) {
        self.any_of("ticket.category", &filter.categories);
        self.any_of("ticket.priority", &filter.priorities);
        self.any_of("ticket.status", &filter.statuses);
        if let Some(from) = filter.created_from {
            self.push(" and ticket.created_at >= ?");
            self.bind(micros(from));
        }
        if let Some(before) = filter.created_before {
            self.push(" and ticket.created_at < ?");
            self.bind(micros(before));
        }
        if let Some(search) = &filter.search {
            self.push(
                " and exists (select 1 from ticket_document
                   where ticket_document.ticket_id = ticket.id and instr(document, ?) > 0)",
            );
            self.bind(search.as_str().to_owned());
        }
    }
}

fn count(connection: &Connection, filter: &TicketFilter) -> rusqlite::Result<Option<u64>> {
    let mut query = Query::default();
    if filter.is_counted() {
        // named like the table of tickets, so that the conditions read alike
        query.push("select coalesce(sum(n), 0) from ticket_count as ticket where true");
        query.conditions(filter);
    } else {
        query.push("select count(*) from (select 1 from ticket where true");
        query.conditions(filter);
        query.push(" limit ?)");
        query.bind((COUNT_MAX + 1).cast_signed());
    }
    let n: i64 = connection
        .prepare_cached(&query.sql)?
        .query_row(query.parameters().as_slice(), |row| row.get(0))?;
    let n = n.cast_unsigned();
    Ok((filter.is_counted() || n <= COUNT_MAX).then_some(n))
}

/// Up to one row more than the page holds, away from the cursor.
fn walk(connection: &Connection, request: &PageRequest) -> rusqlite::Result<Vec<Ticket>> {
    let mut query = Query::default();
    query.push(&format!("select {COLUMNS} from ticket where true"));
    query.conditions(&request.filter);
    let order = match request.cursor {
        None => "desc",
        Some(Cursor::Older(at)) => {
            query.push(" and (ticket.created_at, ticket.id) < (?, ?)");
            query.bind(micros(at.created_at));
            query.bind(at.id);
            "desc"
        }
        Some(Cursor::Newer(at)) => {
            query.push(" and (ticket.created_at, ticket.id) > (?, ?)");
            query.bind(micros(at.created_at));
            query.bind(at.id);
            "asc"
        }
    };
    query.push(&format!(" order by ticket.created_at {order}, ticket.id {order} limit ?"));
    query.bind(i64::from(request.limit) + 1);
    connection
        .prepare_cached(&query.sql)?
        .query_map(query.parameters().as_slice(), read_ticket)?
        .collect()
}

fn read_ticket(row: &Row<'_>) -> rusqlite::Result<Ticket> {
    Ok(Ticket {
        id: row.get(0)?,
        title: row.get(1)?,
        description: row.get(2)?,
        category: read_word(row, 3)?,
        priority: read_word(row, 4)?,
        status: read_word(row, 5)?,
        category_source: read_word(row, 6)?,
        priority_source: read_word(row, 7)?,
        created_at: read_time(row, 8)?,
        updated_at: read_time(row, 9)?,
        version: row.get(10)?,
    })
}

/// A column that holds one of a list's words.
pub fn read_word<W: Word>(row: &Row<'_>, column: usize) -> rusqlite::Result<W> {
    let word = row.get_ref(column)?.as_str()?;
    W::from_word(word).ok_or_else(|| {
        let reason = format!("`{word}` is none of: {}", W::choices());
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, reason.into())
    })
}

/// A column that holds microseconds.
pub fn read_time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(column)?)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(e)))
}
