-- What a second source would have suggested for each ticket, asked silently after the filing: nobody was
-- shown it, and it changed nothing. In a table of its own, so that nothing which counts what people
-- were shown can count it. And what became of the questions, beside the other counts of days.
--
-- Constraint names are those of migrations/sqlite.

create table ticket_shadow (
    -- one for each ticket, and gone with it
    ticket_id bigint primary key references ticket (id) on delete cascade,
    -- when it answered
    at timestamptz not null,
    source text not null
        constraint ticket_shadow_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint ticket_shadow_model_check check (char_length(model) between 1 and 200),
    -- where the name alone does not say it
    model_version text
        constraint ticket_shadow_model_version_check
        check (char_length(model_version) between 1 and 100),
    -- of a language model
    prompt_version text
        constraint ticket_shadow_prompt_version_check
        check (char_length(prompt_version) between 1 and 100),
    category text not null
        constraint ticket_shadow_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint ticket_shadow_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    category_confidence double precision
        constraint ticket_shadow_category_confidence_check
        check (category_confidence between 0 and 1),
    priority_confidence double precision
        constraint ticket_shadow_priority_confidence_check
        check (priority_confidence between 0 and 1),
    -- from the question to the answer, in microseconds
    latency_us bigint not null
        constraint ticket_shadow_latency_check check (latency_us >= 0),
    -- the ticket as a provider got it; null: nobody outside got anything
    sent text
        constraint ticket_shadow_sent_check check (char_length(sent) <= 30000),
    -- as the provider counted them; null: nobody knows
    input_tokens bigint
        constraint ticket_shadow_input_tokens_check check (input_tokens >= 0),
    cached_tokens bigint
        constraint ticket_shadow_cached_tokens_check check (cached_tokens >= 0),
    output_tokens bigint
        constraint ticket_shadow_output_tokens_check check (output_tokens >= 0)
);

-- for the report on a time
create index ticket_shadow_at_idx on ticket_shadow (at);

-- three more measures: the table is made anew as SQLite has to, and is small
create table classifier_day_next (
    -- UTC
    day date not null,
    source text not null
        constraint classifier_day_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint classifier_day_model_check check (char_length(model) between 1 and 200),
    measure text not null
        constraint classifier_day_measure_check check (measure in ('call', 'cache_hit', 'input',
            'cached_input', 'output', 'failure', 'opened', 'shadow', 'shadow_failure',
            'shadow_drop')),
    -- of a failure its kind, of what was dropped the reason, of anything else nothing
    word text not null
        constraint classifier_day_word_check check (char_length(word) <= 40),
    n bigint not null
        constraint classifier_day_n_check check (n >= 0),
    primary key (day, source, model, measure, word)
);

insert into classifier_day_next (day, source, model, measure, word, n)
select day, source, model, measure, word, n from classifier_day;
drop table classifier_day;
alter table classifier_day_next rename to classifier_day;
alter index classifier_day_next_pkey rename to classifier_day_pkey;
