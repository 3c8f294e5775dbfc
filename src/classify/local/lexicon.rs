//! The words by which the guard tells that a sentence speaks to the classifier. Lower case; in the
//! languages that tickets were seen in. A list is no proof: what it misses the model still reads as
//! the text it is, since it follows no orders.

use std::{collections::HashMap, sync::LazyLock};

/// A set of the kinds below.
pub type Kinds = u16;

/// Asks to leave something unheeded.
pub const IGNORE: Kinds = 1;
/// What a classifier is told to leave unheeded.
pub const RULES: Kinds = 1 << 1;
/// Asks to sort.
pub const CLASSIFY: Kinds = 1 << 2;
/// Says that something is sorted.
pub const CLASSIFIED: Kinds = 1 << 3;
/// Asks to change a value.
pub const SET: Kinds = 1 << 4;
/// The name of a value that we set: priority, severity.
pub const LEVEL_KEY: Kinds = 1 << 5;
/// The name of a value that we set: category.
pub const CATEGORY_KEY: Kinds = 1 << 6;
/// A level of priority.
pub const LEVEL: Kinds = 1 << 7;
/// A category.
pub const CATEGORY: Kinds = 1 << 8;
/// Asks to answer.
pub const ANSWER: Kinds = 1 << 9;
/// Stands before an order without changing that it is one.
pub const PRELUDE: Kinds = 1 << 10;
/// Narrows an answer down.
pub const ONLY: Kinds = 1 << 11;
/// A ticket.
pub const TICKET: Kinds = 1 << 12;
/// Joins a thing and what it is to be.
pub const AS: Kinds = 1 << 14;
/// Somebody who would give or take orders.
pub const ROLE: Kinds = 1 << 13;
/// The first word of one of [`PHRASES`].
pub const OPENING: Kinds = 1 << 15;

/// Beginnings of words.
const BEGINNINGS: &[(Kinds, &str)] = &[
    (
        IGNORE,
        "ignor disregard forget overrid bypass missacht vergiss olvid descart oublie esque \
      negeer vergeet dimentic zignoruj pomiń игнорир проигнорир забудь yoksay अनदेखा नज़रअंदाज़",
    ),
    (
        RULES,
        "instruc instruk istruzion anweisung vorgabe consigne prompt guideline directive \
      rules regeln règles reglas regras regole zasad polece инструкц правил talimat निर्देश",
    ),
    (
        CLASSIFY,
        "classify classifier categoriz categoris klassifizier kategorisier clasifi \
      classifie classifica classifiq classificeer klasyfik sklasyfik zaklasyfik классифиц \
      sınıfland वर्गीकृत einstuf",
    ),
    (
        CLASSIFIED,
        "classified categorized categorised classificat clasificad classificad \
      klassifiziert eingestuft gekennzeichnet",
    ),
    (
        SET,
        "mark label assign raise treat flag escalat handle setz setze markier \
      stuf behandel marca trata eleva mets mettez marque traite imposta tratta defina coloque \
      marque markeer ustaw oznacz установи поставь ayarla",
    ),
    (
        LEVEL_KEY,
        "priorit prioridad priorytet приоритет öncelik severity urgency dringlichkeit \
      प्राथमिकता",
    ),
    (CATEGORY_KEY, "categor kategor catégor категори श्रेणी"),
    (
        LEVEL,
        "critical kritisch kritiek crític critic critique krytyczn критич kritik urgent dringend \
      urgente highest höchste máxim massim maximal najwyższ",
    ),
    (CATEGORY, "technisch técnic technique tecnic"),
    (
        ANSWER,
        "answer respond reply output antwort beantwort respond répond rispond antwoord odpowied \
      ответь отвечай cevap",
    ),
    (
        TICKET,
        "ticket message request anfrage nachricht solicitud chamado demande richiesta melding \
      zgłoszeni заявк",
    ),
];

/// Whole words.
const WHOLE: &[(Kinds, &str)] = &[
    (
        LEVEL,
        "high medium low top maximum hoogste hoch niedrig alta alto baja baixa bassa haute basse hoog laag wysoki \
      высокий yüksek p0 p1 p2 sev1 sev0",
    ),
    (CATEGORY, "billing technical account general"),
    (
        SET,
        "set put tag rate give change pon zet vergib gib ordne geef donne donnez dale dê cambia cambie",
    ),
    (CLASSIFY, "classe classez"),
    (
        PRELUDE,
        "and und y et e en i и ve please pls plz kindly just now must you should shall have has to so and then bitte por \
      favor prego s'il vous plaît te proszę пожалуйста can could would will also always only i ask \
      want need ai bot assistant system classifier model dear hey attention note everyone team",
    ),
    (AS, "as als como come comme en jako как olarak"),
    (
        ONLY,
        "only with as must always exactly simply nur immer mit solo siempre con com sempre só \
      avec toujours seulement met altijd alleen tylko zawsze только",
    ),
    (ROLE, "system admin administrator assistant ai developer root sistema système systeem"),
];

/// Sentences with one of these speak to a machine.
const PHRASES: &[&str] = &[
    "you are now",
    "you're now",
    "you are a classifier",
    "you are the classifier",
    "you are a ticket",
    "you are an ai",
    "you are a helpful",
    "you are a language model",
    "you are a triage",
    "as an ai",
    "act as a",
    "pretend you are",
    "pretend to be",
    "system prompt",
    "system message",
    "system override",
    "system note",
    "note to the ai",
    "note to ai",
    "note to the system",
    "note to the classifier",
    "note to classifier",
    "note to the model",
    "note for the ai",
    "note for the classifier",
    "dear classifier",
    "dear ai",
    "hey classifier",
    "attention ai",
    "attention classifier",
    "ai classifier",
    "ticket classifier",
    "ticket router",
    "priority router",
    "triage bot",
    "triage system",
    "your task is",
    "your task has changed",
    "your new task",
    "your only task",
    "new rule",
    "new policy",
    "admin mode",
    "admin override",
    "administrator command",
    "the correct label",
    "the correct category",
    "the correct priority",
    "authorise you to assign",
    "authorize you to assign",
    "simon says",
    "and nothing else",
    "pretend this ticket",
    "pretend that this",
    "triage model",
    "new instructions",
    "your instructions",
    "your hidden rules",
    "previous instructions",
    "prior instructions",
    "developer mode",
    "debug mode on",
    "end of prompt",
    "end of ticket",
    "end of instructions",
    "begin instructions",
    "output json",
    "valid json",
    "respond in json",
    "du bist jetzt",
    "du bist nun",
    "hinweis an die ki",
    "hinweis an das system",
    "an die ki",
    "ahora eres",
    "eres ahora",
    "nota para el sistema",
    "nota al sistema",
    "nota para el clasificador",
    "tu es maintenant",
    "vous êtes maintenant",
    "note au système",
    "note pour le système",
    "ora sei",
    "nota per il sistema",
    "agora você é",
    "você agora é",
    "nota ao sistema",
    "fim da nota",
    "je bent nu",
    "jesteś teraz",
    "ты теперь",
];

/// What a machine reads as somebody else's voice: from the first to the second, whatever is between.
pub const BLOCKS: &[(&str, &str)] = &[
    ("<system>", "</system>"),
    ("<instructions>", "</instructions>"),
    ("<instruction>", "</instruction>"),
    ("<prompt>", "</prompt>"),
    ("<admin>", "</admin>"),
    ("<assistant>", "</assistant>"),
    ("[system]", "[/system]"),
    ("[inst]", "[/inst]"),
    ("<|im_start|>", "<|im_end|>"),
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<style", "</style>"),
];

/// Keys by which a JSON object is meant for us.
pub const KEYS: &[&str] = &["category\"", "priority\"", "severity\"", "\"role\"", "\"instruction"];

struct Entry {
    word: &'static str,
    kinds: Kinds,
    is_whole: bool,
}

/// By the first character, so that a word is compared with few: those of ASCII by its number, then the others.
struct Entries {
    ascii: [Vec<Entry>; 128],
    others: HashMap<char, Vec<Entry>>,
}

static ENTRIES: LazyLock<Entries> = LazyLock::new(|| {
    let mut entries =
        Entries { ascii: std::array::from_fn(|_| Vec::new()), others: HashMap::new() };
    let mut add = |word: &'static str, kinds, is_whole| {
        let first = word.chars().next().unwrap_or_default();
        let of_first = match entries.ascii.get_mut(first as usize) {
            Some(of_first) => of_first,
            None => entries.others.entry(first).or_default(),
        };
        of_first.push(Entry { word, kinds, is_whole });
    };
    for (lists, is_whole) in [(BEGINNINGS, false), (WHOLE, true)] {
        for (kinds, words) in lists {
            words.split_whitespace().for_each(|word| add(word, *kinds, is_whole));
        }
    }
    PHRASES_BY_WORD.keys().for_each(|word| add(word, OPENING, true));
    entries
});

/// By the first word.
static PHRASES_BY_WORD: LazyLock<HashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
    for phrase in PHRASES {
        let words: Vec<_> = phrase.split(' ').collect();
        phrases.entry(words[0]).or_default().push(words);
    }
    phrases
});

/// What a word in lower case may mean.
pub fn kinds(word: &str) -> Kinds {
    let Some(first) = word.chars().next() else { return 0 };
    let entries = ENTRIES.ascii.get(first as usize).or_else(|| ENTRIES.others.get(&first));
    let kinds = entries.into_iter().flatten().fold(0, |kinds, entry| {
        let is_met = if entry.is_whole { word == entry.word } else { word.starts_with(entry.word) };
        if is_met { kinds | entry.kinds } else { kinds }
    });
    // a participle begins like its verb
    if kinds & CLASSIFIED != 0 { kinds & !CLASSIFY } else { kinds }
}

/// Whether one of the phrases stands among the words, which are of these kinds.
pub fn has_phrase(words: &[&str], kinds: &[Kinds]) -> bool {
    let openings = kinds.iter().enumerate().filter(|(_, kinds)| *kinds & OPENING != 0);
    openings.map(|(at, _)| &words[at..]).any(|rest| {
        let phrases = PHRASES_BY_WORD.get(rest[0]);
        phrases.into_iter().flatten().any(|phrase| rest.starts_with(phrase))
    })
}
