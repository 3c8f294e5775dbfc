//! Changes of tickets that come at the same moment: read by one statement, written by another, with one
//! commit for all of them.

use std::{collections::HashMap, sync::Arc};

use deadpool_postgres::Object;
use jiff::Timestamp;

use super::{
    change::{Found, change, find},
    write::{Write, write},
};
use crate::{
    db::{gather::Gather, postgres::Postgres},
    error::{Error, Result},
    tickets::{Actor, Ticket, TicketPatch, check_version},
};

/// Changes on their way into the database.
pub type Patches = Gather<Change, Result<Option<Ticket>>>;

/// Batches under way at the same time: while one waits for the disk, another is sent.
const AT_ONCE: usize = 2;

/// Most changes in one batch.
const BATCH_MAX: usize = 64;

/// Most changes that wait.
const QUEUE_MAX: usize = 1024;

/// How often a batch is read and written together, where others change one of its tickets between the two.
const TRIES: usize = 3;

/// What is to be changed of a ticket.
pub struct Change {
    pub id: i64,
    pub patch: TicketPatch,
    /// Only at this version.
    pub expected: Option<i64>,
    pub actor: Actor,
    pub at: Timestamp,
}

/// Queues for [`patch`].
pub fn patches() -> Arc<Patches> {
    Arc::new(Gather::new(AT_ONCE, BATCH_MAX, QUEUE_MAX))
}

/// Changes a ticket, together with those that are changed at the same moment.
pub async fn patch(database: &Postgres, change: Change) -> Result<Option<Ticket>> {
    database.patches().submit(change, database.clone(), patch_all).await?
}

/// Changes of one ticket are made one after the other, in the order in which they came.
async fn patch_all(database: Postgres, batch: Vec<Change>) -> Vec<Result<Option<Ticket>>> {
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    let mut earlier: HashMap<i64, usize> = HashMap::new();
    for (n, Change { id, .. }) in batch.iter().enumerate() {
        let round = earlier.entry(*id).and_modify(|round| *round += 1).or_default();
        match rounds.get_mut(*round) {
            Some(round) => round.push(n),
            None => rounds.push(vec![n]),
        }
    }
    let mut answers: Vec<Option<Result<Option<Ticket>>>> = batch.iter().map(|_| None).collect();
    for round in rounds {
        let changes: Vec<&Change> = round.iter().map(|n| &batch[*n]).collect();
        for (n, answer) in round.into_iter().zip(patch_each(&database, &changes).await) {
            answers[n] = Some(answer);
        }
    }
    answers.into_iter().flatten().collect()
}

/// Changes of as many tickets.
async fn patch_each(database: &Postgres, changes: &[&Change]) -> Vec<Result<Option<Ticket>>> {
    let tries = if changes.len() > 1 { TRIES } else { 0 };
    for _ in 0..tries {
        match database.run(async |connection| together(connection, changes).await).await {
            Ok(Some((answers, is_written))) => {
                if is_written {
                    database.grew();
                }
                return answers;
            }
            Err(error @ Error::Unavailable { .. }) => {
                return changes.iter().map(|_| Err(error.clone())).collect();
            }
            Ok(None) => {}
            // one of them was refused: the others are not to suffer for it
            Err(_) => break,
        }
    }
    let mut answers = Vec::with_capacity(changes.len());
    for change in changes {
        answers.push(patch_alone(database, change).await);
    }
    answers
}

/// What became of each change, and whether anything was written; `None` and nothing written if one of the
/// tickets was changed by others meanwhile.
async fn together(
    connection: &Object,
    changes: &[&Change],
) -> Result<Option<(Vec<Result<Option<Ticket>>>, bool)>> {
    let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
    let found = find(connection, &ids).await?;
    let mut answers = Vec::with_capacity(changes.len());
    let mut writes = Vec::new();
    for change in changes {
        let found = found.get(&change.id);
        let answer = found.map(|found| change.outcome(&found.ticket)).transpose();
        if let (Some(Found { ticket: before, past }), Ok(Some((after, true)))) = (found, &answer) {
            let (past, after) = (*past, after.clone());
            writes.push(Write { before, past, after, actor: &change.actor });
        }
        answers.push(answer.map(|outcome| outcome.map(|(ticket, _)| ticket)));
    }
    if writes.is_empty() {
        return Ok(Some((answers, false)));
    }
    Ok(write(connection, &writes).await?.then_some((answers, true)))
}

async fn patch_alone(database: &Postgres, one: &Change) -> Result<Option<Ticket>> {
    let Change { id, actor, at, .. } = one;
    let patch_of = |before: &Ticket| {
        check_version(before, one.expected)?;
        Ok(one.patch.clone())
    };
    let changing =
        database.run(async |connection| change(&*connection, *id, actor, *at, patch_of).await);
    let (ticket, is_written) = changing.await?;
    if is_written {
        database.grew();
    }
    Ok(ticket)
}

impl Change {
    /// The ticket after the change, and whether that is another than before.
    fn outcome(&self, before: &Ticket) -> Result<(Ticket, bool)> {
        check_version(before, self.expected)?;
        Ok(match self.patch.apply(before, self.at) {
            Some(after) => (after, true),
            None => (before.clone(), false),
        })
    }
}
