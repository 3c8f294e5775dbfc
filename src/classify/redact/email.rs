//! E-mail addresses: whatever stands around an `@`.

/// The next address at or behind `from`.
pub fn find(text: &[char], from: usize) -> Option<(usize, usize)> {
    let ats = (from..text.len()).filter(|at| is_at(text[*at]));
    for at in ats {
        let local = text[from..at].iter().rev().take_while(|c| is_local(**c)).count();
        let domain = text[at + 1..].iter().take_while(|c| is_domain(**c)).count();
        // a full stop behind it ends the sentence
        let dots = text[at + 1..at + 1 + domain].iter().rev().take_while(|c| !c.is_alphanumeric());
        let domain = domain - dots.count();
        if local > 0 && domain > 0 {
            return Some((at - local, at + 1 + domain));
        }
    }
    None
}

fn is_at(c: char) -> bool {
    matches!(c, '@' | '\u{ff20}' | '\u{fe6b}')
}

/// RFC 5322's atoms, in any script (RFC 6532), and the mark of a quoted name.
fn is_local(c: char) -> bool {
    c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-\"".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || c == '.' || c == '-' || c == '_'
}
