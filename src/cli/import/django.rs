//! Tickets from the table of a Django app: the next page is read while the one before is written.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use sha2::{Digest as _, Sha256};

use super::{
    Import, Outcome, file::known, intake::Intake, meter::Meter, refusals::Refusals, sieve::Sieve,
};
use crate::{
    cli::{with_runtime, with_store},
    clock::Clock,
    db::{DatabaseUrl, Store},
    error::{Error, Faults, Result},
    tickets::exchange::{postgres::DjangoTable, refused_object},
};

/// Imports it.
pub fn run(import: &Import, refusals: Refusals) -> Result<Outcome> {
    let url: DatabaseUrl = import
        .source
        .parse()
        .map_err(|e| Error::Internal(format!("the other system's database: {e}")))?;
    let DatabaseUrl::Postgres(address) = &url else {
        return Err(Error::Internal("the other system's database must be postgres://".to_owned()));
    };
    let table = DjangoTable::new(address, &import.table)
        .map_err(|error| Error::Internal(format!("the other system's database: {error}")))?;
    let source = fingerprint(&url, address, &import.table);
    if import.dry_run {
        return with_runtime(take_in(&table, source, None, &Clock::system(), false, refusals));
    }
    let mut outcome = None;
    with_store(&import.database, async |store, clock| {
        let store = Some(store);
        outcome = Some(take_in(&table, source, store, clock, import.again, refusals).await?);
        Ok(())
    })?;
    outcome.ok_or_else(|| Error::Internal("the import did not run".to_owned()))
}

/// What tells this table from every other: where it is, whoever reads it.
fn fingerprint(url: &DatabaseUrl, address: &str, table: &str) -> [u8; 32] {
    let parameters = address.split_once('?').map_or("", |(_, parameters)| parameters);
    let mut place = vec![format!("django {url} {table}")];
    // a socket's folder stands among the parameters
    let is_place = |pair: &&str| {
        ["host=", "hostaddr=", "port=", "dbname="].iter().any(|name| pair.starts_with(name))
    };
    place.extend(parameters.split('&').filter(is_place).map(str::to_owned));
    Sha256::digest(place.join("\n")).into()
}

async fn take_in(
    table: &DjangoTable,
    source: [u8; 32],
    store: Option<&dyn Store>,
    clock: &Clock,
    again: bool,
    refusals: Refusals,
) -> Result<Outcome> {
    let known = known(store, Some(source), again).await?;
    let read = Arc::new(AtomicU64::new(0));
    let last = table.last_id().await?;
    let meter = Meter::new(read.clone(), u64::try_from(last).ok());
    let mut intake = Intake::new(store, Some(source), known.position, meter);
    let size = store.map(|store| store.import_size());
    let mut sieve = Sieve::new(clock.now(), known.position, size, refusals);
    let mut page = table.page(known.position).await?;
    while let Some(end) = page.last().map(|row| row.id) {
        let mut parts = Vec::new();
        for row in page {
            let record: Result<_, Faults> = Ok(row.ticket.clone());
            let name = || format!("id {}", row.id);
            let refused =
                |reason: &str| refused_object(row.to_object(), row.id.cast_unsigned(), reason);
            parts.extend(sieve.take(row.id, record, name, Vec::new, refused)?);
        }
        read.store(end.cast_unsigned(), Ordering::Relaxed);
        let write = async {
            for part in parts {
                intake.take(part).await?;
            }
            Ok(())
        };
        page = futures_util::try_join!(table.page(end), write)?.0;
    }
    let (rest, refusals) = sieve.finish();
    intake.take(rest).await?;
    table.close().await;
    Ok(Outcome { taken: intake.finish().await?, before: known.tickets, refusals })
}
