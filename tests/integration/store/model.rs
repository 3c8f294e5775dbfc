//! Random commands against both databases and a model in memory: all three tell the same story.

use std::collections::HashMap;

use frontdesk::{
    db::Store,
    error::Error,
    tickets::{
        Actor, BulkChange, BulkItem, BulkOutcome, Category, Changes, Decided, EventKind, NewTicket,
        PageRequest, Priority, Search, Source, Status, Ticket, TicketEvent, TicketFilter,
        TicketPatch, Title, document,
    },
};
use jiff::Timestamp;
use proptest::{
    prelude::*,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};

use super::{agent, new_ticket, requester, second};
use crate::support::database::TestDatabase;

#[derive(Clone, Debug)]
enum Command {
    File { title: String, description: String, category: Category, priority: Priority, at: i64 },
    Patch { which: usize, title: Option<String>, status: Option<Status>, at: i64 },
    Bulk { which: Vec<usize>, change: BulkChange, version: Option<i64>, at: i64 },
    Delete { which: usize, version: Option<i64> },
    History { which: usize, limit: u16 },
    List(Filter),
}

#[derive(Clone, Debug)]
struct Filter {
    categories: Vec<Category>,
    statuses: Vec<Status>,
    waits: bool,
    search: String,
    from: Option<i64>,
    limit: u16,
}

/// What there ought to be.
#[derive(Default)]
struct Model {
    tickets: Vec<Ticket>,
    /// Of each ticket, oldest first; the ids are the databases' own.
    events: HashMap<i64, Vec<Written>>,
}

/// An event without its id.
type Written = (Timestamp, i64, EventKind, Actor, Changes);

fn written(event: TicketEvent) -> Written {
    (event.at, event.version, event.kind, event.actor, event.changes)
}

impl Model {
    /// Makes of a ticket what `patch` says.
    fn change(&mut self, which: usize, patch: &TicketPatch, at: Timestamp) {
        let before = &self.tickets[which];
        let Some(after) = patch.apply(before, at) else { return };
        let changes = Changes::between(before, &after);
        let event = (after.updated_at, after.version, EventKind::Changed, agent(), changes);
        self.events.entry(after.id).or_default().push(event);
        self.tickets[which] = after;
    }
}

/// Words of few letters, so that searches hit; with the letters that folding and LIKE care about.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec![
            "a", "A", "ß", "SS", "%", "_", "\\", "é", "e\u{301}", "Σ", "ς", " ", "日",
        ]),
        1..6,
    )
    .prop_map(|parts| format!("x{}", parts.concat().trim_end()))
}

fn command() -> impl Strategy<Value = Command> {
    let category = prop::sample::select(Category::ALL);
    let priority = prop::sample::select(Priority::ALL);
    let status = prop::sample::select(Status::ALL);
    let which = any::<prop::sample::Index>().prop_map(|which| which.index(1000));
    let version = prop::option::weighted(0.3, 1..4_i64);
    prop_oneof![
        4 => (text(), text(), category.clone(), priority.clone(), 0..20_i64).prop_map(
            |(title, description, category, priority, at)| Command::File {
                title, description, category, priority, at
            }
        ),
        3 => (any::<prop::sample::Index>(), prop::option::of(text()), prop::option::of(status.clone()), 0..40_i64)
            .prop_map(|(which, title, status, at)| Command::Patch {
                which: which.index(1000), title, status, at
            }),
        2 => (
            prop::collection::btree_set(0..1000_usize, 1..6),
            prop::option::of(category.clone()),
            prop::option::of(priority),
            prop::option::of(status.clone()),
            version.clone(),
            0..40_i64,
        )
            .prop_map(|(which, category, priority, status, version, at)| Command::Bulk {
                which: which.into_iter().collect(),
                change: BulkChange { category, priority, status },
                version, at,
            }),
        1 => (which.clone(), version).prop_map(|(which, version)| Command::Delete { which, version }),
        1 => (which, 1..4_u16).prop_map(|(which, limit)| Command::History { which, limit }),
        2 => (
            prop::collection::btree_set(category, 0..3),
            prop::collection::btree_set(status, 0..3),
            any::<bool>(),
            prop_oneof![Just(String::new()), text().prop_map(|t| t[1..].to_owned())],
            prop::option::of(0..20_i64),
            1..6_u16,
        )
            .prop_map(|(categories, statuses, waits, search, from, limit)| Command::List(Filter {
                categories: categories.into_iter().collect(),
                statuses: statuses.into_iter().collect(),
                waits, search, from, limit,
            })),
    ]
}

impl Filter {
    fn request(&self) -> PageRequest {
        PageRequest {
            filter: TicketFilter {
                categories: self.categories.clone(),
                statuses: self.statuses.clone(),
                decided: self.waits.then_some(Decided::No),
                search: Search::parse(&self.search).unwrap(),
                created_from: self.from.map(second),
                ..TicketFilter::default()
            },
            cursor: None,
            limit: self.limit,
        }
    }

    fn matches(&self, ticket: &Ticket) -> bool {
        let filter = self.request().filter;
        (filter.categories.is_empty() || filter.categories.contains(&ticket.category))
            && (filter.statuses.is_empty() || filter.statuses.contains(&ticket.status))
            && (!self.waits || !ticket.is_decided())
            && filter.created_from.is_none_or(|from| ticket.created_at >= from)
            && filter.search.is_none_or(|search| {
                document(&ticket.title, &ticket.description).contains(search.as_str())
            })
    }
}

async fn run(stores: &[&dyn Store], model: &mut Model, command: &Command) {
    match command {
        Command::File { title, description, category, priority, at } => {
            let new = NewTicket {
                category: (*category, Source::Local),
                priority: (*priority, Source::Requester),
                ..new_ticket(title, description, second(*at))
            };
            let mut filed = Vec::new();
            for store in stores {
                filed.push(
                    store
                        .create_ticket(new.clone(), None, requester())
                        .await
                        .unwrap()
                        .into_ticket(),
                );
            }
            assert!(filed.iter().all(|ticket| *ticket == filed[0]), "{filed:?}");
            let ticket = filed.remove(0);
            let changes = Changes::of_new(&new);
            let event = (ticket.created_at, 1, EventKind::Created, requester(), changes);
            assert!(model.events.insert(ticket.id, vec![event]).is_none(), "an id given twice");
            model.tickets.push(ticket);
        }
        _ if model.tickets.is_empty() && !matches!(command, Command::List(_)) => {}
        Command::Patch { which, title, status, at } => {
            let which = which % model.tickets.len();
            let patch = TicketPatch {
                title: title.as_deref().map(|title| Title::parse(title).unwrap()),
                status: *status,
                ..TicketPatch::default()
            };
            model.change(which, &patch, second(*at));
            let expected = &model.tickets[which];
            for store in stores {
                let id = expected.id;
                let after = store
                    .patch_ticket(id, patch.clone(), None, agent(), second(*at))
                    .await
                    .unwrap();
                assert_eq!(after.as_ref(), Some(expected));
            }
        }
        Command::Bulk { which, change, version, at } => {
            let mut which: Vec<usize> = which.iter().map(|n| n % model.tickets.len()).collect();
            // each once, and not in the order of their ids
            which.sort_unstable_by(|a, b| b.cmp(a));
            which.dedup();
            let mut items = vec![BulkItem { id: i64::MAX, expected: *version }];
            let mut expected = vec![BulkOutcome::Missing];
            for n in which {
                let current = model.tickets[n].version;
                items.push(BulkItem { id: model.tickets[n].id, expected: *version });
                if version.is_some_and(|version| version != current) {
                    expected.push(BulkOutcome::Stale { current });
                    continue;
                }
                model.change(n, &change.patch(), second(*at));
                expected.push(BulkOutcome::Done(model.tickets[n].clone()));
            }
            for store in stores {
                let outcomes = store.change_tickets(items.clone(), *change, agent(), second(*at));
                assert_eq!(outcomes.await.unwrap(), expected);
            }
        }
        Command::Delete { which, version } => {
            let which = which % model.tickets.len();
            let Ticket { id, version: current, .. } = model.tickets[which];
            let is_stale = version.is_some_and(|version| version != current);
            for store in stores {
                match store.delete_ticket(id, *version).await {
                    Ok(deleted) => assert!(deleted && !is_stale),
                    Err(Error::Stale { current: now }) => assert!(is_stale && now == current),
                    Err(error) => panic!("{error}"),
                }
            }
            if !is_stale {
                model.tickets.remove(which);
            }
        }
        Command::History { which, limit } => {
            let id = model.tickets[which % model.tickets.len()].id;
            let expected: Vec<&Written> = model.events[&id].iter().rev().collect();
            for store in stores {
                let (mut walked, mut before) = (Vec::new(), None);
                loop {
                    let page = store.ticket_events(id, before, *limit).await.unwrap().unwrap();
                    assert_eq!(page.count, expected.len() as u64);
                    walked.extend(page.events.into_iter().map(written));
                    before = page.older;
                    if before.is_none() {
                        break;
                    }
                }
                assert!(walked.iter().eq(expected.iter().copied()), "{walked:#?}");
            }
        }
        Command::List(filter) => {
            let mut expected: Vec<&Ticket> =
                model.tickets.iter().filter(|t| filter.matches(t)).collect();
            expected.sort_by_key(|ticket| std::cmp::Reverse(ticket.position()));
            for store in stores {
                let mut walked = Vec::new();
                let mut request = filter.request();
                loop {
                    let page = store.tickets(request.clone()).await.unwrap();
                    assert_eq!(page.count, Some(expected.len() as u64), "{filter:?}");
                    walked.extend(page.tickets);
                    request.cursor = page.older;
                    if request.cursor.is_none() {
                        break;
                    }
                }
                assert!(walked.iter().eq(expected.iter().copied()), "{filter:?}\n{walked:#?}");
            }
        }
    }
}

#[tokio::test]
async fn both_databases_and_the_model_agree() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for _ in 0..4 {
        let commands =
            prop::collection::vec(command(), 40..60).new_tree(&mut runner).unwrap().current();
        let (sqlite, postgres) = (TestDatabase::sqlite(), TestDatabase::postgres());
        let stores = [sqlite.open().await, postgres.open().await];
        let stores: Vec<&dyn Store> = stores.iter().map(|store| &**store).collect();
        let mut model = Model::default();
        let mut has_waiting = false;
        for (n, step) in commands.iter().enumerate() {
            run(&stores, &mut model, step).await;
            has_waiting |= model.tickets.iter().any(|ticket| !ticket.is_decided());
            if n % 10 == 0 {
                for store in &stores {
                    let counts = store.ticket_counts().await.unwrap();
                    for status in Status::ALL {
                        let expected = model.tickets.iter().filter(|t| t.status == *status).count();
                        assert_eq!(counts.count(|_, _, s| s == *status), expected as u64);
                    }
                }
            }
        }
        assert!(has_waiting);
        for store in stores {
            assert_eq!(store.deviations().await.unwrap(), []);
        }
    }
}
