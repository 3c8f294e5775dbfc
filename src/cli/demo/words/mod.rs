//! What made-up tickets are made of. A `{gap}` is filled by chance.

mod english;
mod others;

pub use english::ENGLISH;
pub use others::{GERMAN, JAPANESE, RUSSIAN, SPANISH};

/// What is said in one language.
pub struct Language {
    /// Stands between two sentences.
    pub gap: &'static str,
    pub greetings: &'static [&'static str],
    pub details: &'static [&'static str],
    pub asks: &'static [&'static str],
    pub endings: &'static [&'static str],
    /// By category: billing, technical, account, general.
    pub phrases: [Phrases; 4],
}

/// What is said about one kind of matter.
pub struct Phrases {
    pub titles: &'static [&'static str],
    pub symptoms: &'static [&'static str],
}

/// Parts of a product that does not exist. Each is met in about one of a hundred tickets.
pub const PARTS: &[&str] = &[
    "dashboard",
    "calendar",
    "webhook",
    "import wizard",
    "mobile app",
    "inbox",
    "report builder",
    "search",
    "audit trail",
    "address book",
    "time sheet",
    "invoice editor",
    "API gateway",
    "chat",
    "kanban board",
    "file preview",
    "notification centre",
    "SSO",
    "team settings",
    "roadmap",
    "PDF export",
    "spreadsheet sync",
    "barcode scanner",
    "map view",
    "video call",
    "form builder",
    "approval flow",
    "backup",
    "archive",
    "translation editor",
    "price list",
    "stock view",
    "order page",
    "checkout",
    "newsletter",
    "survey",
    "help widget",
    "knowledge base",
    "timeline",
    "workload chart",
    "Gantt chart",
    "custom fields",
    "macros",
    "templates",
    "signature editor",
    "two-factor login",
    "device list",
    "usage page",
    "plan selector",
    "tax settings",
    "voucher page",
    "partner portal",
    "event log",
    "data warehouse link",
    "print view",
    "dark mode",
    "shortcuts",
    "bulk editor",
    "duplicate finder",
    "merge tool",
    "tag manager",
    "filter bar",
    "sandbox",
];

/// People who do not exist.
pub const NAMES: &[&str] = &[
    "Ada Novak",
    "Ben Osei",
    "Carla Ruiz",
    "Dmitri Orlov",
    "Eun-ji Park",
    "Farid Haddad",
    "Greta Lind",
    "Hiro Tanaka",
    "Ines Costa",
    "Jonas Weber",
    "Keiko Mori",
    "Liam Byrne",
    "Mei Chen",
    "Noor Aziz",
    "Olga Petrova",
    "Pablo Vega",
    "Quinn Harper",
    "Rosa Marino",
    "Samir Patel",
    "Tove Berg",
    "Uwe Krause",
    "Vera Sokolova",
    "Will Carter",
    "Ximena Soto",
    "Yusuf Demir",
    "Zofia Wolska",
];

/// As people paste them.
pub const LOG_LINES: &[&str] = &[
    "GET /api/v2/items?page={n} -> {code} in {ms} ms (request {hex})",
    "POST /api/v2/items -> {code} in {ms} ms (request {hex})",
    "WARN worker-{n}: retry {n} of 40 after {ms} ms",
    "ERROR pool: no connection within {ms} ms, {n} in use, trace {hex}",
    "INFO sync: {n} records, checksum {hex}",
    "TypeError: cannot read property 'id' of undefined at bundle.js:{ms}",
];
