//! The migrations of both databases, in order, carried inside the program.

use sha2::{Digest, Sha256};

use crate::error::Error;

/// One step of the schema. Once released it is never edited: a change is a new step.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Greater than the one before. A gap is a step that is still being made elsewhere.
    pub number: i32,
    /// The file's name without number and ending.
    pub name: &'static str,
    /// What is run, in one transaction.
    pub sql: &'static str,
}

impl Migration {
    /// SHA-256 of the text in hexadecimal: a database keeps it, so that an edited step is noticed.
    pub fn checksum(&self) -> String {
        Sha256::digest(self.sql).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Migration {
    /// What an operator is told when the step failed, which undid it.
    pub fn failed(&self, why: &str) -> Error {
        Error::Internal(format!(
            "migration {} ({}) failed and was undone, the database is as it was: {why}",
            self.number, self.name
        ))
    }
}

macro_rules! migrations {
    ($folder:literal: $($number:literal $file:literal $name:literal),+ $(,)?) => {
        &[$(Migration {
            number: $number,
            name: $name,
            sql: include_str!(concat!("../../migrations/", $folder, "/", $file, "_", $name, ".sql")),
        }),+]
    };
}

/// SQLite's steps.
pub const SQLITE: &[Migration] = migrations!("sqlite":
    1 "0001" "tickets",
    2 "0002" "accounts",
    3 "0003" "ticket_event",
    4 "0004" "search_index",
    5 "0005" "import",
    6 "0006" "ticket_day",
    7 "0007" "ticket_suggestion",
    9 "0009" "live_events",
    10 "0010" "learning",
    11 "0011" "classifier_day",
    12 "0012" "views",
    13 "0013" "shadow",
    14 "0014" "search_segments",
    15 "0015" "search_waiting",
    16 "0016" "walk_indexes",
    17 "0017" "cell_walks",
    18 "0018" "ticket_past",
    19 "0019" "plain_checks",
    20 "0020" "search_blocks",
);

/// PostgreSQL's steps: the same numbers and names.
pub const POSTGRES: &[Migration] = migrations!("postgres":
    1 "0001" "tickets",
    2 "0002" "accounts",
    3 "0003" "ticket_event",
    4 "0004" "search_index",
    5 "0005" "import",
    6 "0006" "ticket_day",
    7 "0007" "ticket_suggestion",
    9 "0009" "live_events",
    10 "0010" "learning",
    11 "0011" "classifier_day",
    12 "0012" "views",
    13 "0013" "shadow",
    14 "0014" "search_segments",
    15 "0015" "search_waiting",
    16 "0016" "walk_indexes",
    17 "0017" "cell_walks",
    18 "0018" "ticket_past",
    19 "0019" "plain_checks",
    20 "0020" "search_blocks",
);

/// Which steps a database still needs, given the numbers and checksums it has.
///
/// # Errors
/// What is wrong with the database, in words for its operator: it was migrated by a newer program,
/// or by an edited one.
pub fn pending(
    all: &'static [Migration],
    applied: &[(i32, String)],
) -> Result<Vec<&'static Migration>, String> {
    for (number, checksum) in applied {
        match all.iter().find(|migration| migration.number == *number) {
            None => {
                return Err(format!(
                    "the database is at migration {number}, which this program does not know (it \
                     knows {}): it was used with a newer version; start that one",
                    all.last().map_or(0, |newest| newest.number)
                ));
            }
            Some(known) if known.checksum() != *checksum => {
                return Err(format!(
                    "migration {number} ({}) was applied in another form than this program carries",
                    known.name
                ));
            }
            Some(_) => {}
        }
    }
    let is_applied = |step: &Migration| applied.iter().any(|(number, _)| *number == step.number);
    Ok(all.iter().filter(|step| !is_applied(step)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_have_the_same_steps() {
        let names = |all: &[Migration]| all.iter().map(|m| (m.number, m.name)).collect::<Vec<_>>();
        assert_eq!(names(SQLITE), names(POSTGRES));
        assert!(SQLITE.is_sorted_by(|one, next| one.number < next.number));
    }

    #[test]
    fn both_databases_name_their_constraints_alike() {
        let names = |sql: &str| {
            let words: Vec<&str> = sql.split_whitespace().collect();
            let mut names: Vec<String> = words
                .windows(3)
                .filter(|three| three[1] == "constraint" && three[0] != "drop")
                // only SQLite can keep U+0000 in text, so only it needs to refuse it
                .filter(|three| !three[2].contains("_nul_"))
                .map(|three| three[2].to_owned())
                .collect();
            names.sort();
            names
        };
        for (sqlite, postgres) in SQLITE.iter().zip(POSTGRES) {
            assert_eq!(names(sqlite.sql), names(postgres.sql), "{}", sqlite.name);
        }
    }

    #[test]
    fn a_step_that_was_made_beside_a_later_one_is_not_left_out() {
        for missing in SQLITE {
            let others = SQLITE.iter().filter(|step| step.number != missing.number);
            let applied: Vec<_> = others.map(|step| (step.number, step.checksum())).collect();
            let names: Vec<_> = pending(SQLITE, &applied).unwrap().iter().map(|m| m.name).collect();
            assert_eq!(names, [missing.name]);
        }
    }

    #[test]
    fn a_newer_or_edited_schema_is_refused() {
        let first = (1, SQLITE[0].checksum());
        assert_eq!(pending(SQLITE, &[]).unwrap().len(), SQLITE.len());
        assert_eq!(pending(SQLITE, std::slice::from_ref(&first)).unwrap().len(), SQLITE.len() - 1);
        assert!(pending(SQLITE, &[(1, "other".into())]).unwrap_err().contains("another form"));
        assert!(pending(SQLITE, &[first, (99, "x".into())]).unwrap_err().contains("newer"));
    }
}
