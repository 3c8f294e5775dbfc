use super::*;
use crate::tickets::{Category, Priority};

/// Few and short, so that training takes no time in a debug build.
fn few() -> Vec<Row> {
    let row = |description: &str, category, priority| Row {
        title: String::new(),
        description: description.to_owned(),
        category,
        priority,
        lang: None,
        tags: Vec::new(),
    };
    vec![
        row("My card was charged twice.", Category::Billing, Priority::High),
        row("The invoice has the wrong address.", Category::Billing, Priority::Medium),
        row("Our card was charged in vain.", Category::Billing, Priority::High),
        row("The app crashes when I export.", Category::Technical, Priority::Medium),
        row("The shop is down for everyone.", Category::Technical, Priority::Critical),
        row("The app crashes at every start.", Category::Technical, Priority::High),
        row("I forgot my password.", Category::Account, Priority::High),
        row("Please change my name.", Category::Account, Priority::Medium),
        row("The password is not accepted.", Category::Account, Priority::High),
        row("Is there a dark theme?", Category::General, Priority::Low),
        row("Please add a dark theme.", Category::General, Priority::Low),
        row("I like the new theme.", Category::General, Priority::Low),
    ]
}

#[test]
fn training_twice_gives_the_same_bytes() {
    let rows = few();
    let (one, other) = (train(&rows, 1), train(&rows, 3));
    assert!(one.bytes == other.bytes && one.kept_aside == other.kept_aside);
    let model = Model::read(&one.bytes).expect("a model");
    for row in &rows {
        let reading = Reading::of(&model, "", &row.description);
        let category = super::super::likeliest(&reading.category);
        assert_eq!(category, row.category as usize, "{}", row.description);
    }
}

#[test]
fn the_model_that_is_built_in_is_the_one_that_is_summed() {
    let sums = include_str!("../../../../data/model/SHA256SUMS");
    let sum = command::sha256(super::super::BYTES);
    assert_eq!(sums, format!("{sum}  {}.bin\n", super::super::MODEL));
}
