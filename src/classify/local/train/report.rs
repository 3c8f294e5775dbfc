//! How well a model sorts, in figures.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Row, calibrate::calibration_error};
use crate::{
    classify::local::model::{CLASSES, Probabilities, likeliest, safest},
    tickets::{Category, Priority, Word},
};

const HIGH: usize = Priority::High as usize;
const CRITICAL: usize = Priority::Critical as usize;

/// A report on the answers to labelled tickets.
pub fn report(rows: &[Row], answers: &[(Probabilities, Probabilities)]) -> String {
    let (categories, priorities): (Vec<_>, Vec<_>) = answers.iter().copied().unzip();
    let of_category: Vec<usize> = rows.iter().map(|row| row.category as usize).collect();
    let of_priority: Vec<usize> = rows.iter().map(|row| row.priority as usize).collect();
    let category = Head::of(&categories, &of_category, likeliest);
    let priority = Head::of(&priorities, &of_priority, safest);
    let mut text = format!("{} tickets\n", rows.len());
    head::<Category>(&mut text, "category", &category);
    head::<Priority>(&mut text, "priority", &priority);
    let pairs = || priority.chosen.iter().zip(&of_priority);
    let error: usize = pairs().map(|(chosen, right)| chosen.abs_diff(*right)).sum();
    let under = pairs().filter(|(chosen, right)| **chosen + 2 <= **right).count();
    let over = pairs().filter(|(chosen, right)| **right + 2 <= **chosen).count();
    let _ = writeln!(
        text,
        "priority: mean error {:.3} levels; two or more too low {under}, too high {over}; \
         critical recall {:.2}, precision {:.2}\n",
        error as f64 / rows.len().max(1) as f64,
        priority.recall(CRITICAL),
        priority.precision(CRITICAL),
    );
    let urgent = pairs().filter(|(_, right)| **right >= HIGH).count();
    let _ = writeln!(text, "high or critical by the labels: {urgent}");
    groups(&mut text, rows, &category.right, &priority.right);
    text
}

/// The answers of one head.
struct Head {
    chosen: Vec<usize>,
    right: Vec<bool>,
    /// By the right class, then by the chosen.
    confusion: [[usize; CLASSES]; CLASSES],
    calibration_error: f64,
}

impl Head {
    fn of(
        given: &[Probabilities],
        classes: &[usize],
        choose: impl Fn(&Probabilities) -> usize,
    ) -> Self {
        let chosen: Vec<usize> = given.iter().map(choose).collect();
        let mut confusion = [[0; CLASSES]; CLASSES];
        for (chosen, right) in chosen.iter().zip(classes) {
            confusion[*right][*chosen] += 1;
        }
        let right = chosen.iter().zip(classes).map(|(chosen, right)| chosen == right).collect();
        let calibration_error = calibration_error(given, &chosen, classes);
        Self { chosen, right, confusion, calibration_error }
    }

    fn recall(&self, class: usize) -> f64 {
        ratio(self.confusion[class][class], self.confusion[class].iter().sum())
    }

    fn precision(&self, class: usize) -> f64 {
        let chosen = self.confusion.iter().map(|row| row[class]).sum();
        ratio(self.confusion[class][class], chosen)
    }
}

fn head<W: Word>(text: &mut String, name: &str, head: &Head) {
    let f1 = |class: usize| {
        let (recall, precision) = (head.recall(class), head.precision(class));
        if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
    };
    let _ = writeln!(
        text,
        "\n{name}: accuracy {:.1} %, macro-F1 {:.1} %, calibration error {:.3}",
        100.0 * share(&head.right),
        100.0 * (0..CLASSES).map(f1).sum::<f64>() / CLASSES as f64,
        head.calibration_error,
    );
    let _ = write!(text, "  {:>10}", "");
    for word in W::ALL {
        let _ = write!(text, " {:>10}", word.as_str());
    }
    text.push_str("     recall  precision\n");
    for (class, word) in W::ALL.iter().enumerate() {
        let _ = write!(text, "  {:>10}", word.as_str());
        for chosen in head.confusion[class] {
            let _ = write!(text, " {chosen:>10}");
        }
        let _ = writeln!(text, " {:>10.2} {:>10.2}", head.recall(class), head.precision(class));
    }
}

/// Accuracy by language and by tag.
fn groups(text: &mut String, rows: &[Row], category: &[bool], priority: &[bool]) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let tagged = row.tags.iter().find_map(|tag| tag.strip_prefix("lang:"));
        let language = row.lang.as_deref().or(tagged).unwrap_or("en");
        groups.entry(format!("language {language}")).or_default().push(at);
        for tag in row.tags.iter().filter(|tag| !tag.starts_with("lang:")) {
            groups.entry(format!("tag {tag}")).or_default().push(at);
        }
        if row.tags.is_empty() {
            groups.entry("no tag".to_owned()).or_default().push(at);
        }
    }
    let _ = writeln!(text, "\n  {:<24} {:>8} {:>10} {:>10}", "", "tickets", "category", "priority");
    for (name, members) in groups {
        let right = |head: &[bool]| {
            100.0 * ratio(members.iter().filter(|at| head[**at]).count(), members.len())
        };
        let (category, priority) = (right(category), right(priority));
        let _ =
            writeln!(text, "  {name:<24} {:>8} {category:>9.1}% {priority:>9.1}%", members.len());
    }
}

fn share(right: &[bool]) -> f64 {
    ratio(right.iter().filter(|right| **right).count(), right.len())
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}
