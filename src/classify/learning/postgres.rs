//! What is learnt from, in PostgreSQL.

use async_trait::async_trait;
use deadpool_postgres::Transaction;
use jiff::Timestamp;
use tokio_postgres::Row;

use super::store::{
    CORRECTIONS_MAX, Candidate, Correction, Labels, LearningState, LearningStore, NewCorrection,
    REFIT_EVERY, Step, TaughtText, Trial, Walked, from_bytes, to_bytes,
};
use crate::{
    classify::TicketText,
    db::postgres::Postgres,
    error::{Error, Result},
    tickets::postgres::read_word,
};

/// The end of the log: this transaction had not begun.
const END: &str = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

/// A part of the log, in whole transactions: its last one and how many events it has; and the first
/// transaction that is still under way, and the first that had not begun. Numbers of another life of the
/// database, from which it was restored, lie beyond and are left out.
const PART: &str = "with moment as materialized (
         select pg_snapshot_xmin(pg_current_snapshot()) as open,
             pg_snapshot_xmax(pg_current_snapshot()) as next
     ), part as (
         select transaction_id from ticket_event
         where transaction_id >= $1::text::xid8 and transaction_id < (select next from moment)
         order by transaction_id fetch first $2 rows with ties
     )
     select max(transaction_id::text::bigint), count(*),
         (select open::text::bigint from moment), (select next::text::bigint from moment)
     from part";

/// Tickets that were changed in a part of the log and are to be learnt from, or to be forgotten.
const CANDIDATES: &str = "select ticket.id, ticket.version, ticket.title, ticket.description,
         ticket.category, ticket.priority, ticket.category_source = 'agent',
         ticket.priority_source = 'agent', ticket.status in ('resolved', 'closed'),
         (select actor_id from ticket_event where ticket_id = ticket.id and kind = 'changed'
             and actor_kind = 'agent' order by id desc limit 1),
         kept.category, kept.priority, kept.is_category_set, kept.is_priority_set, kept.text_sha256
     from (select distinct ticket_id from ticket_event
           where transaction_id >= $1::text::xid8 and transaction_id < $2::text::xid8
               and kind = 'changed') as changed
         join ticket on ticket.id = changed.ticket_id
         left join correction as kept on kept.ticket_id = ticket.id
     where case when ticket.status in ('resolved', 'closed')
         then kept.version is distinct from ticket.version
             and exists (select 1 from ticket_event where ticket_id = ticket.id
                 and kind = 'changed' and actor_kind = 'agent')
         else kept.ticket_id is not null end
     order by ticket.id";

const LEARN: &str = "insert into correction (ticket_id, number, version, text_sha256, category,
         priority, is_category_set, is_priority_set, agent_id, shipped_category, shipped_priority,
         learnt_category, learnt_priority, probabilities, generation)
     select id, $2, version, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
     from ticket where id = $1 and version = $3
     on conflict (ticket_id) do update set number = excluded.number, version = excluded.version,
         text_sha256 = excluded.text_sha256, category = excluded.category,
         priority = excluded.priority, is_category_set = excluded.is_category_set,
         is_priority_set = excluded.is_priority_set, agent_id = excluded.agent_id,
         shipped_category = excluded.shipped_category,
         shipped_priority = excluded.shipped_priority,
         learnt_category = excluded.learnt_category, learnt_priority = excluded.learnt_priority,
         probabilities = excluded.probabilities, generation = excluded.generation
     where excluded.version > correction.version";

#[async_trait]
impl LearningStore for Postgres {
    async fn learning_state(&self) -> Result<LearningState> {
        self.run(async |connection| {
            let select = "select is_on, epoch, position, last_number, reset_at,
                     (select count(*) from correction),
                     (select count(*) from correction where number <= last_number / $1 * $1)
                 from learning where id = 1";
            let statement = connection.prepare_cached(select).await?;
            let row = connection.query_one(&statement, &[&REFIT_EVERY]).await?;
            Ok(LearningState {
                is_on: row.try_get(0)?,
                epoch: row.try_get(1)?,
                position: row.try_get(2)?,
                last_number: row.try_get(3)?,
                reset_at: row.try_get(4)?,
                kept: row.try_get(5)?,
                due: row.try_get(6)?,
            })
        })
        .await
    }

    async fn walk_finished(&self, position: i64, limit: u32) -> Result<Walked> {
        self.run(async |connection| {
            let limit = i64::from(limit);
            let statement = connection.prepare_cached(PART).await?;
            let row = connection.query_one(&statement, &[&position.to_string(), &limit]).await?;
            let (open, next): (i64, i64) = (row.try_get(2)?, row.try_get(3)?);
            let Some(last) = row.try_get::<_, Option<i64>>(0)? else {
                // a position of another life would be waited for
                let position = position.min(next);
                let (candidates, settled) = (Vec::new(), position.min(open));
                return Ok(Walked { candidates, position, settled, has_more: false });
            };
            let has_more = row.try_get::<_, i64>(1)? >= limit;
            let next = last + 1;
            let statement = connection.prepare_cached(CANDIDATES).await?;
            let rows =
                connection.query(&statement, &[&position.to_string(), &next.to_string()]).await?;
            let candidates = rows.iter().map(read_candidate).collect::<Result<_>>()?;
            Ok(Walked { candidates, position: next, settled: next.min(open), has_more })
        })
        .await
    }

    async fn take_steps(&self, epoch: i64, position: i64, steps: Vec<Step>) -> Result<bool> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            let state = "select last_number from learning where is_on and epoch = $1 for update";
            let statement = transaction.prepare_cached(state).await?;
            let Some(row) = transaction.query_opt(&statement, &[&epoch]).await? else {
                return Ok(false);
            };
            let mut last: i64 = row.try_get(0)?;
            for step in &steps {
                take(&transaction, step, &mut last).await?;
            }
            // only where a refit is due all the same: it would be due by each one that goes
            let surplus = "delete from correction where number <= (
                 select number from correction where number <= $1 order by number desc
                 limit 1 offset $2)";
            let statement = transaction.prepare_cached(surplus).await?;
            let due = last / REFIT_EVERY * REFIT_EVERY;
            transaction.execute(&statement, &[&due, &(CORRECTIONS_MAX - REFIT_EVERY)]).await?;
            let note = "update learning set position = $1, last_number = $2";
            let statement = transaction.prepare_cached(note).await?;
            transaction.execute(&statement, &[&position, &last]).await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    async fn corrections(&self) -> Result<Vec<Correction>> {
        self.run(async |connection| {
            let select = "select number, ticket_id, agent_id, category, priority, is_category_set,
                     is_priority_set, shipped_category, shipped_priority, learnt_category,
                     learnt_priority, probabilities, generation
                 from correction order by number";
            let statement = connection.prepare_cached(select).await?;
            connection.query(&statement, &[]).await?.iter().map(read_correction).collect()
        })
        .await
    }

    async fn taught_texts(&self, before: i64, limit: u32) -> Result<Vec<TaughtText>> {
        self.run(async |connection| {
            let select = "select kept.number, kept.ticket_id, kept.agent_id, kept.category,
                     kept.priority, kept.is_category_set, kept.is_priority_set, ticket.title,
                     ticket.description
                 from correction as kept join ticket
                     on ticket.id = kept.ticket_id and ticket.version = kept.version
                 where kept.number < $1 order by kept.number desc limit $2";
            let statement = connection.prepare_cached(select).await?;
            let rows = connection.query(&statement, &[&before, &i64::from(limit)]).await?;
            let read = |row: &Row| {
                Ok(TaughtText {
                    number: row.try_get(0)?,
                    ticket_id: row.try_get(1)?,
                    agent_id: row.try_get(2)?,
                    labels: read_labels(row, 3)?,
                    text: TicketText {
                        title: row.try_get(7)?,
                        description: row.try_get(8)?,
                        ..TicketText::default()
                    },
                })
            };
            rows.iter().map(read).collect()
        })
        .await
    }

    async fn switch_learning(&self, is_on: bool) -> Result<()> {
        self.run(async |connection| {
            let switch = format!(
                "update learning set is_on = $1, epoch = epoch + 1, position = {END}
                 where is_on <> $1"
            );
            connection.execute(&switch, &[&is_on]).await?;
            Ok(())
        })
        .await
    }

    async fn reset_learning(&self, at: Timestamp) -> Result<u64> {
        self.run(async |connection| {
            let transaction = connection.transaction().await?;
            // first, so that nobody learns what was before the reset after it
            let reset = format!(
                "update learning set epoch = epoch + 1, position = {END}, reset_at = $1,
                     last_number = (last_number + $2 - 1) / $2 * $2"
            );
            transaction.execute(&reset, &[&at, &REFIT_EVERY]).await?;
            let forgotten = transaction.execute("delete from correction", &[]).await?;
            transaction.commit().await?;
            Ok(forgotten)
        })
        .await
    }
}

async fn take(transaction: &Transaction<'_>, step: &Step, last: &mut i64) -> Result<()> {
    match step {
        Step::Learn(new) => *last += learn(transaction, new, *last + 1).await?,
        Step::Keep { ticket_id, version } => {
            let keep = "update correction set version = $2 where ticket_id = $1 and version < $2";
            let statement = transaction.prepare_cached(keep).await?;
            transaction.execute(&statement, &[ticket_id, version]).await?;
        }
        Step::Forget { ticket_id, version } => {
            let forget = "delete from correction where ticket_id = $1 and version < $2";
            let statement = transaction.prepare_cached(forget).await?;
            transaction.execute(&statement, &[ticket_id, version]).await?;
        }
    }
    Ok(())
}

/// How many were written: one, or none.
async fn learn(transaction: &Transaction<'_>, new: &NewCorrection, number: i64) -> Result<i64> {
    let Trial { shipped, learnt, probabilities, generation } = &new.trial;
    let statement = transaction.prepare_cached(LEARN).await?;
    let written = transaction
        .execute(
            &statement,
            &[
                &new.ticket_id,
                &number,
                &new.version,
                &new.fingerprint.as_slice(),
                &new.labels.category.as_str(),
                &new.labels.priority.as_str(),
                &new.labels.is_set[0],
                &new.labels.is_set[1],
                &new.agent_id,
                &shipped.0.as_str(),
                &shipped.1.as_str(),
                &learnt.0.as_str(),
                &learnt.1.as_str(),
                &to_bytes(probabilities),
                generation,
            ],
        )
        .await?;
    Ok(i64::from(written > 0))
}

fn read_candidate(row: &Row) -> Result<Candidate> {
    let known = match row.try_get::<_, Option<&[u8]>>(14)? {
        Some(sha256) => {
            let broken = |_| Error::Internal("a correction's text_sha256 is none".to_owned());
            Some((read_labels(row, 10)?, sha256.try_into().map_err(broken)?))
        }
        None => None,
    };
    Ok(Candidate {
        ticket_id: row.try_get(0)?,
        version: row.try_get(1)?,
        text: TicketText {
            title: row.try_get(2)?,
            description: row.try_get(3)?,
            ..TicketText::default()
        },
        labels: read_labels(row, 4)?,
        is_finished: row.try_get(8)?,
        agent_id: row.try_get(9)?,
        known,
    })
}

/// Category and priority, and whether each was set, from this column on.
fn read_labels(row: &Row, at: usize) -> Result<Labels> {
    Ok(Labels {
        category: read_word(row, at)?,
        priority: read_word(row, at + 1)?,
        is_set: [row.try_get(at + 2)?, row.try_get(at + 3)?],
    })
}

fn read_correction(row: &Row) -> Result<Correction> {
    Ok(Correction {
        number: row.try_get(0)?,
        ticket_id: row.try_get(1)?,
        agent_id: row.try_get(2)?,
        labels: read_labels(row, 3)?,
        trial: Trial {
            shipped: (read_word(row, 7)?, read_word(row, 8)?),
            learnt: (read_word(row, 9)?, read_word(row, 10)?),
            probabilities: from_bytes(row.try_get(11)?),
            generation: row.try_get(12)?,
        },
    })
}
