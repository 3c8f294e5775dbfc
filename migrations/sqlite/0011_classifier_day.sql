-- What language models were asked and what it took, counted for each day: one sum for all servers that
-- use this database; and beside a suggestion the tokens that it took.
--
-- Constraint names are those of migrations/postgres. What is counted is said in
-- src/classify/ledger.rs.

create table classifier_day (
    -- UTC, as 2026-11-23
    day text not null,
    source text not null
        constraint classifier_day_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint classifier_day_model_check check (length(model) between 1 and 200),
    measure text not null
        constraint classifier_day_measure_check check (measure in ('call', 'cache_hit', 'input',
            'cached_input', 'output', 'failure', 'opened')),
    -- of a failure its kind, of anything else nothing
    word text not null
        constraint classifier_day_word_check check (length(word) <= 40),
    n integer not null
        constraint classifier_day_n_check check (n >= 0),
    primary key (day, source, model, measure, word)
) strict, without rowid;

-- as the provider counted them; null: nobody knows
alter table ticket_suggestion add column input_tokens integer
    constraint ticket_suggestion_input_tokens_check check (input_tokens >= 0);
-- how many of the input the provider had read before
alter table ticket_suggestion add column cached_tokens integer
    constraint ticket_suggestion_cached_tokens_check check (cached_tokens >= 0);
alter table ticket_suggestion add column output_tokens integer
    constraint ticket_suggestion_output_tokens_check check (output_tokens >= 0);
