//! From the text as it was typed to the text whose features are taken.
//!
//! Training and answering both go through here: a change needs a new model (`make train`).

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Of a longer text the beginning is read, where people say what they want ...
pub const HEAD_CHARS: usize = 3_000;

/// ... and the end, where they say it again.
pub const TAIL_CHARS: usize = 1_000;

/// An excerpt is never longer in UTF-8; only ligatures that stand for whole phrases become so.
const PLAIN_MAX_BYTES: usize = 4 * (HEAD_CHARS + TAIL_CHARS + 1);

/// So many lines of a log or of a quoted mail are read; the rest would drown what the person wrote.
const LOG_LINES_READ: usize = 3;

/// A longer `<...>` is no tag but somebody's text.
const TAG_MAX_BYTES: usize = 200;

/// Stand for every address. No word that is written by hand is spelt like them.
const MAIL_TOKEN: &str = "mailtok";
const LINK_TOKEN: &str = "linktok";

/// The parts of a description that are read: without the bulk of its log lines, and of the rest
/// [`HEAD_CHARS`] from the beginning and [`TAIL_CHARS`] from the end.
pub fn excerpt(text: &str) -> String {
    let mut logs = 0;
    let mut kept = String::with_capacity(text.len().min(4 * (HEAD_CHARS + TAIL_CHARS)));
    for line in text.lines() {
        if is_log(line) {
            logs += 1;
            if logs > LOG_LINES_READ {
                continue;
            }
        }
        kept.push_str(line);
        kept.push('\n');
    }
    let Some((head, _)) = kept.char_indices().nth(HEAD_CHARS) else { return kept };
    let Some((tail, _)) = kept.char_indices().rev().nth(TAIL_CHARS - 1) else { return kept };
    if head < tail {
        kept.replace_range(head..tail, "\n");
    }
    kept
}

/// Whether a line was written by a machine, or quotes somebody.
fn is_log(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with('>') {
        return true;
    }
    // a stack frame: "at module.function(file:12)", "File "x.py", line 12"
    if (line.starts_with("at ") && line.ends_with(')')) || line.starts_with("File \"") {
        return true;
    }
    // a time stamp, perhaps in brackets
    let start = line.as_bytes();
    let start = &start[..start.len().min(14)];
    let digits = start.iter().filter(|byte| byte.is_ascii_digit()).count();
    let marks = start.iter().filter(|byte| b"-:./T[".contains(byte)).count();
    digits >= 6 && marks >= 2
}

/// NFKC, lower case, every digit a zero; without tags and characters of no width; every address
/// one token.
pub fn normalise(text: &str) -> String {
    let mut normal = String::with_capacity(text.len() + 8);
    normalise_into(&mut normal, text);
    normal
}

/// The same, appended to `normal`.
pub fn normalise_into(normal: &mut String, text: &str) {
    let text = without_tags(text);
    let text = composed(&text);
    let text = &text[..text.floor_char_boundary(PLAIN_MAX_BYTES)];
    // token by token, each run of white space one character, so that a line's end stays visible
    let mut rest = text;
    while !rest.is_empty() {
        let space = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        if space > 0 {
            normal.push(if rest[..space].contains('\n') { '\n' } else { ' ' });
            rest = &rest[space..];
        }
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        push_token(normal, &rest[..end]);
        rest = &rest[end..];
    }
}

/// In NFKC, which ASCII is.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

/// Appends one token without white space.
pub fn push_token(normal: &mut String, token: &str) {
    if is_link(token) {
        normal.push_str(LINK_TOKEN);
        return;
    }
    if is_mail(token) {
        normal.push_str(MAIL_TOKEN);
        return;
    }
    if token.is_ascii() {
        let visible = token.bytes().filter(|byte| !byte.is_ascii_control());
        normal.extend(visible.map(|byte| match byte {
            b'0'..=b'9' => '0',
            b'`' => '\'',
            _ => char::from(byte.to_ascii_lowercase()),
        }));
        return;
    }
    for c in token.chars().filter(|c| !is_invisible(*c)) {
        match c {
            '0'..='9' => normal.push('0'),
            'a'..='z' => normal.push(c),
            '’' | '‘' | '`' | '´' => normal.push('\''),
            '“' | '”' | '„' | '«' | '»' => normal.push('"'),
            _ if c.is_ascii() => normal.push(c.to_ascii_lowercase()),
            _ if c.is_numeric() => normal.push('0'),
            _ => normal.extend(c.to_lowercase()),
        }
    }
}

fn is_link(token: &str) -> bool {
    (token.as_bytes().contains(&b':') && token.contains("://")) || token.starts_with("www.")
}

fn is_mail(token: &str) -> bool {
    token.bytes().skip(1).any(|byte| byte == b'@') && !token.starts_with('@')
}

/// Characters that nobody sees: they would tear words apart.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        || (c.is_control() && c != '\n')
}

/// The text with each `<tag ...>` a space.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        kept.push_str(before);
        let named = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!|".contains(c));
        let close = tag.bytes().take(TAG_MAX_BYTES).position(|byte| byte == b'>');
        match close {
            Some(close) if named => {
                kept.push(' ');
                rest = &tag[close + 1..];
            }
            _ => {
                kept.push('<');
                rest = &tag[1..];
            }
        }
    }
    kept.push_str(rest);
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_plain() {
        for (text, plain) in [
            ("Ｉｎｖｏｉｃｅ 2024", "invoice 0000"),
            ("pass\u{200b}word", "password"),
            ("<p>Hello<br/>there</p> 1 < 2", " hello there 0 < 0"),
            ("mail a.b@example.org or https://x.example/y?z", "mail mailtok or linktok"),
            ("can’t  “open”\n\nit", "can't \"open\"\nit"),
            ("चालान १२", "चालान 00"),
            ("", ""),
        ] {
            assert_eq!(normalise(text), plain, "{text}");
        }
    }

    #[test]
    fn of_a_long_text_both_ends_are_read() {
        let text = format!("start {} middle {} end", "a ".repeat(3_000), "b ".repeat(3_000));
        let read = excerpt(&text);
        assert!(read.starts_with("start") && read.ends_with("end\n") && !read.contains("middle"));
        assert!(read.chars().count() <= HEAD_CHARS + TAIL_CHARS + 1);
    }

    #[test]
    fn of_a_log_a_few_lines_are_read() {
        let text = format!("It fails.\n{}Help.", "2026-11-02 10:11:12 INFO start\n".repeat(50));
        let read = excerpt(&text);
        assert_eq!(read.matches("INFO").count(), LOG_LINES_READ);
        assert!(read.ends_with("Help.\n"));
    }
}
