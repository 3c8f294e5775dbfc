//! What is learnt from, in SQLite.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, named_params};

use super::store::{
    CORRECTIONS_MAX, Candidate, Correction, Labels, LearningState, LearningStore, NewCorrection,
    REFIT_EVERY, Step, TaughtText, Trial, Walked, from_bytes, to_bytes,
};
use crate::{
    classify::TicketText,
    db::sqlite::Sqlite,
    error::Result,
    tickets::sqlite::{micros, read_time, read_word},
};

/// The end of the log, whose numbers deletions share.
const END: &str = "coalesce((select seq from sqlite_sequence where name = 'ticket_event'), 0)";

/// Tickets that were changed in a part of the log and are to be learnt from, or to be forgotten.
const CANDIDATES: &str = "select ticket.id, ticket.version, ticket.title, ticket.description,
         ticket.category, ticket.priority, ticket.category_source = 'agent',
         ticket.priority_source = 'agent', ticket.status in ('resolved', 'closed'),
         (select actor_id from ticket_event where ticket_id = ticket.id and kind = 'changed'
             and actor_kind = 'agent' order by id desc limit 1),
         kept.category, kept.priority, kept.is_category_set, kept.is_priority_set, kept.text_sha256
     from (select distinct ticket_id from ticket_event
           where id > ?1 and id <= ?2 and kind = 'changed') as changed
         join ticket on ticket.id = changed.ticket_id
         left join correction as kept on kept.ticket_id = ticket.id
     where case when ticket.status in ('resolved', 'closed')
         then kept.version is not ticket.version
             and exists (select 1 from ticket_event where ticket_id = ticket.id
                 and kind = 'changed' and actor_kind = 'agent')
         else kept.ticket_id is not null end
     order by ticket.id";

const LEARN: &str = "insert into correction (ticket_id, number, version, text_sha256, category,
         priority, is_category_set, is_priority_set, agent_id, shipped_category, shipped_priority,
         learnt_category, learnt_priority, probabilities, generation)
     select id, :number, version, :text_sha256, :category, :priority, :is_category_set,
         :is_priority_set, :agent_id, :shipped_category, :shipped_priority, :learnt_category,
         :learnt_priority, :probabilities, :generation
     from ticket where id = :ticket_id and version = :version
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
impl LearningStore for Sqlite {
    async fn learning_state(&self) -> Result<LearningState> {
        self.read(|connection| {
            let state = "select is_on, epoch, position, last_number, reset_at,
                     (select count(*) from correction),
                     (select count(*) from correction where number <= last_number / ?1 * ?1)
                 from learning where id = 1";
            connection.prepare_cached(state)?.query_row([REFIT_EVERY], |row| {
                let is_reset = row.get::<_, Option<i64>>(4)?.is_some();
                Ok(LearningState {
                    is_on: row.get(0)?,
                    epoch: row.get(1)?,
                    position: row.get(2)?,
                    last_number: row.get(3)?,
                    reset_at: if is_reset { Some(read_time(row, 4)?) } else { None },
                    kept: row.get(5)?,
                    due: row.get(6)?,
                })
            })
        })
        .await
    }

    async fn walk_finished(&self, position: i64, limit: u32) -> Result<Walked> {
        self.read(move |connection| {
            let part = "select max(id), count(*) from
                 (select id from ticket_event where id > ?1 order by id limit ?2)";
            let (last, n): (Option<i64>, u32) = connection
                .prepare_cached(part)?
                .query_row((position, limit), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let Some(last) = last else {
                let (candidates, settled) = (Vec::new(), position);
                return Ok(Walked { candidates, position, settled, has_more: false });
            };
            let candidates = connection
                .prepare_cached(CANDIDATES)?
                .query_map((position, last), read_candidate)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Walked { candidates, position: last, settled: last, has_more: n == limit })
        })
        .await
    }

    async fn take_steps(&self, epoch: i64, position: i64, steps: Vec<Step>) -> Result<bool> {
        self.write(move |connection| {
            let state = "select last_number from learning where is_on and epoch = ?1";
            let mut state = connection.prepare_cached(state)?;
            let Some(mut last) =
                state.query_map([epoch], |row| row.get::<_, i64>(0))?.next().transpose()?
            else {
                return Ok(false);
            };
            for step in &steps {
                take(connection, step, &mut last)?;
            }
            // only where a refit is due all the same: it would be due by each one that goes
            let surplus = "delete from correction where number <= (
                 select number from correction where number <= ?1 order by number desc
                 limit 1 offset ?2)";
            let due = last / REFIT_EVERY * REFIT_EVERY;
            connection.prepare_cached(surplus)?.execute((due, CORRECTIONS_MAX - REFIT_EVERY))?;
            connection
                .prepare_cached("update learning set position = ?1, last_number = ?2")?
                .execute((position, last))?;
            Ok(true)
        })
        .await
    }

    async fn corrections(&self) -> Result<Vec<Correction>> {
        self.read(|connection| {
            let select = "select number, ticket_id, agent_id, category, priority, is_category_set,
                     is_priority_set, shipped_category, shipped_priority, learnt_category,
                     learnt_priority, probabilities, generation
                 from correction order by number";
            connection.prepare_cached(select)?.query_map((), read_correction)?.collect()
        })
        .await
    }

    async fn taught_texts(&self, before: i64, limit: u32) -> Result<Vec<TaughtText>> {
        self.read(move |connection| {
            let select = "select kept.number, kept.ticket_id, kept.agent_id, kept.category,
                     kept.priority, kept.is_category_set, kept.is_priority_set, ticket.title,
                     ticket.description
                 from correction as kept join ticket
                     on ticket.id = kept.ticket_id and ticket.version = kept.version
                 where kept.number < ?1 order by kept.number desc limit ?2";
            connection
                .prepare_cached(select)?
                .query_map((before, limit), |row| {
                    Ok(TaughtText {
                        number: row.get(0)?,
                        ticket_id: row.get(1)?,
                        agent_id: row.get(2)?,
                        labels: read_labels(row, 3)?,
                        text: TicketText {
                            title: row.get(7)?,
                            description: row.get(8)?,
                            ..TicketText::default()
                        },
                    })
                })?
                .collect()
        })
        .await
    }

    async fn switch_learning(&self, is_on: bool) -> Result<()> {
        self.write(move |connection| {
            let switch = format!(
                "update learning set is_on = ?1, epoch = epoch + 1, position = {END}
                 where is_on <> ?1"
            );
            connection.execute(&switch, [is_on])?;
            Ok(())
        })
        .await
    }

    async fn reset_learning(&self, at: Timestamp) -> Result<u64> {
        self.write(move |connection| {
            let forgotten = connection.execute("delete from correction", ())?;
            // the next refit has as many corrections as the first one had
            let reset = format!(
                "update learning set epoch = epoch + 1, position = {END}, reset_at = ?1,
                     last_number = (last_number + ?2 - 1) / ?2 * ?2"
            );
            connection.execute(&reset, (micros(at), REFIT_EVERY))?;
            Ok(forgotten as u64)
        })
        .await
    }
}

fn take(connection: &Connection, step: &Step, last: &mut i64) -> rusqlite::Result<()> {
    match step {
        Step::Learn(new) => *last += learn(connection, new, *last + 1)?,
        Step::Keep { ticket_id, version } => {
            let keep = "update correction set version = ?2 where ticket_id = ?1 and version < ?2";
            connection.prepare_cached(keep)?.execute((ticket_id, version))?;
        }
        Step::Forget { ticket_id, version } => {
            let forget = "delete from correction where ticket_id = ?1 and version < ?2";
            connection.prepare_cached(forget)?.execute((ticket_id, version))?;
        }
    }
    Ok(())
}

/// How many were written: one, or none.
fn learn(connection: &Connection, new: &NewCorrection, number: i64) -> rusqlite::Result<i64> {
    let Trial { shipped, learnt, probabilities, generation } = &new.trial;
    let written = connection.prepare_cached(LEARN)?.execute(named_params! {
        ":ticket_id": new.ticket_id,
        ":number": number,
        ":version": new.version,
        ":text_sha256": new.fingerprint,
        ":category": new.labels.category.as_str(),
        ":priority": new.labels.priority.as_str(),
        ":is_category_set": new.labels.is_set[0],
        ":is_priority_set": new.labels.is_set[1],
        ":agent_id": new.agent_id,
        ":shipped_category": shipped.0.as_str(),
        ":shipped_priority": shipped.1.as_str(),
        ":learnt_category": learnt.0.as_str(),
        ":learnt_priority": learnt.1.as_str(),
        ":probabilities": to_bytes(probabilities),
        ":generation": generation,
    })?;
    Ok(i64::from(written > 0))
}

fn read_candidate(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    let known = match row.get::<_, Option<[u8; 32]>>(14)? {
        Some(fingerprint) => Some((read_labels(row, 10)?, fingerprint)),
        None => None,
    };
    Ok(Candidate {
        ticket_id: row.get(0)?,
        version: row.get(1)?,
        text: TicketText { title: row.get(2)?, description: row.get(3)?, ..TicketText::default() },
        labels: read_labels(row, 4)?,
        is_finished: row.get(8)?,
        agent_id: row.get(9)?,
        known,
    })
}

/// Category and priority, and whether each was set, from this column on.
fn read_labels(row: &Row<'_>, at: usize) -> rusqlite::Result<Labels> {
    Ok(Labels {
        category: read_word(row, at)?,
        priority: read_word(row, at + 1)?,
        is_set: [row.get(at + 2)?, row.get(at + 3)?],
    })
}

fn read_correction(row: &Row<'_>) -> rusqlite::Result<Correction> {
    Ok(Correction {
        number: row.get(0)?,
        ticket_id: row.get(1)?,
        agent_id: row.get(2)?,
        labels: read_labels(row, 3)?,
        trial: Trial {
            shipped: (read_word(row, 7)?, read_word(row, 8)?),
            learnt: (read_word(row, 9)?, read_word(row, 10)?),
            probabilities: from_bytes(&row.get::<_, Vec<u8>>(11)?),
            generation: row.get(12)?,
        },
    })
}
