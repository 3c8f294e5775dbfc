//! Random commands against both databases and a model in memory: all three tell the same story.

use frontdesk::{
    db::Store,
    tickets::{
        Category, NewTicket, PageRequest, Priority, Search, Source, Status, Ticket, TicketFilter,
        TicketPatch, Title, document,
    },
};
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
    List(Filter),
}

#[derive(Clone, Debug)]
struct Filter {
    categories: Vec<Category>,
    statuses: Vec<Status>,
    search: String,
    from: Option<i64>,
    limit: u16,
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
    prop_oneof![
        3 => (text(), text(), category.clone(), priority, 0..20_i64).prop_map(
            |(title, description, category, priority, at)| Command::File {
                title, description, category, priority, at
            }
        ),
        3 => (any::<prop::sample::Index>(), prop::option::of(text()), prop::option::of(status.clone()), 0..40_i64)
            .prop_map(|(which, title, status, at)| Command::Patch {
                which: which.index(1000), title, status, at
            }),
        2 => (
            prop::collection::btree_set(category, 0..3),
            prop::collection::btree_set(status, 0..3),
            prop_oneof![Just(String::new()), text().prop_map(|t| t[1..].to_owned())],
            prop::option::of(0..20_i64),
            1..6_u16,
        )
            .prop_map(|(categories, statuses, search, from, limit)| Command::List(Filter {
                categories: categories.into_iter().collect(),
                statuses: statuses.into_iter().collect(),
                search, from, limit,
            })),
    ]
}

impl Filter {
    fn request(&self) -> PageRequest {
        PageRequest {
            filter: TicketFilter {
                categories: self.categories.clone(),
                statuses: self.statuses.clone(),
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
            && filter.created_from.is_none_or(|from| ticket.created_at >= from)
            && filter.search.is_none_or(|search| {
                document(&ticket.title, &ticket.description).contains(search.as_str())
            })
    }
}

async fn run(stores: &[&dyn Store], model: &mut Vec<Ticket>, command: &Command) {
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
            model.push(filed.remove(0));
        }
        Command::Patch { which, title, status, at } if !model.is_empty() => {
            let which = which % model.len();
            let patch = TicketPatch {
                title: title.as_deref().map(|title| Title::parse(title).unwrap()),
                status: *status,
                ..TicketPatch::default()
            };
            if let Some(after) = patch.apply(&model[which], second(*at)) {
                model[which] = after;
            }
            for store in stores {
                let id = model[which].id;
                let after = store
                    .patch_ticket(id, patch.clone(), None, agent(), second(*at))
                    .await
                    .unwrap();
                assert_eq!(after.as_ref(), Some(&model[which]));
            }
        }
        Command::Patch { .. } => {}
        Command::List(filter) => {
            let mut expected: Vec<&Ticket> = model.iter().filter(|t| filter.matches(t)).collect();
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
        let mut model = Vec::new();
        for (n, step) in commands.iter().enumerate() {
            run(&stores, &mut model, step).await;
            if n % 10 == 0 {
                for store in &stores {
                    let counts = store.ticket_counts().await.unwrap();
                    for status in Status::ALL {
                        let expected = model.iter().filter(|t| t.status == *status).count();
                        assert_eq!(counts.count(|_, _, s| s == *status), expected as u64);
                    }
                }
            }
        }
    }
}
