-- What language models were asked and what it took, counted for each day: one sum for all servers that
-- use this database; and beside a suggestion the tokens that it took.
--
-- Constraint names are those of migrations/sqlite. What is counted is said in
-- src/classify/ledger.rs.

create table classifier_day (
    -- UTC
    day date not null,
    source text not null
        constraint classifier_day_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint classifier_day_model_check check (char_length(model) between 1 and 200),
    measure text not null
        constraint classifier_day_measure_check check (measure in ('call', 'cache_hit', 'input',
            'cached_input', 'output', 'failure', 'opened')),
    -- of a failure its kind, of anything else nothing
    word text not null
        constraint classifier_day_word_check check (char_length(word) <= 40),
    n bigint not null
        constraint classifier_day_n_check check (n >= 0),
    primary key (day, source, model, measure, word)
);

-- as the provider counted them; null: nobody knows
alter table ticket_suggestion add column input_tokens bigint
    constraint ticket_suggestion_input_tokens_check check (input_tokens >= 0);
-- how many of the input the provider had read before
alter table ticket_suggestion add column cached_tokens bigint
    constraint ticket_suggestion_cached_tokens_check check (cached_tokens >= 0);
alter table ticket_suggestion add column output_tokens bigint
    constraint ticket_suggestion_output_tokens_check check (output_tokens >= 0);
