-- What a second source would have suggested for each ticket, asked silently after the filing: nobody was
-- shown it, and it changed nothing. In a table of its own, so that nothing which counts what people
-- were shown can count it. And what became of the questions, beside the other counts of days.
--
-- Constraint names are those of migrations/postgres.

create table ticket_shadow (
    -- one for each ticket, and gone with it
    ticket_id integer primary key references ticket (id) on delete cascade,
    -- when it answered
    at integer not null,
    source text not null
        constraint ticket_shadow_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint ticket_shadow_model_check check (length(model) between 1 and 200),
    -- where the name alone does not say it
    model_version text
        constraint ticket_shadow_model_version_check check (length(model_version) between 1 and 100),
    -- of a language model
    prompt_version text
        constraint ticket_shadow_prompt_version_check
        check (length(prompt_version) between 1 and 100),
    category text not null
        constraint ticket_shadow_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint ticket_shadow_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    category_confidence real
        constraint ticket_shadow_category_confidence_check
        check (category_confidence between 0 and 1),
    priority_confidence real
        constraint ticket_shadow_priority_confidence_check
        check (priority_confidence between 0 and 1),
    -- from the question to the answer, in microseconds
    latency_us integer not null
        constraint ticket_shadow_latency_check check (latency_us >= 0),
    -- the ticket as a provider got it; null: nobody outside got anything
    sent text
        constraint ticket_shadow_sent_check check (length(sent) <= 30000)
        constraint ticket_shadow_sent_nul_check check (instr(sent, char(0)) = 0),
    -- as the provider counted them; null: nobody knows
    input_tokens integer
        constraint ticket_shadow_input_tokens_check check (input_tokens >= 0),
    cached_tokens integer
        constraint ticket_shadow_cached_tokens_check check (cached_tokens >= 0),
    output_tokens integer
        constraint ticket_shadow_output_tokens_check check (output_tokens >= 0)
) strict;

-- for the report on a time
create index ticket_shadow_at_idx on ticket_shadow (at);

-- three more measures: a table's check cannot be changed, and this table is small
create table classifier_day_next (
    -- UTC, as 2026-11-23
    day text not null,
    source text not null
        constraint classifier_day_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint classifier_day_model_check check (length(model) between 1 and 200),
    measure text not null
        constraint classifier_day_measure_check check (measure in ('call', 'cache_hit', 'input',
            'cached_input', 'output', 'failure', 'opened', 'shadow', 'shadow_failure',
            'shadow_drop')),
    -- of a failure its kind, of what was dropped the reason, of anything else nothing
    word text not null
        constraint classifier_day_word_check check (length(word) <= 40),
    n integer not null
        constraint classifier_day_n_check check (n >= 0),
    primary key (day, source, model, measure, word)
) strict, without rowid;

insert into classifier_day_next (day, source, model, measure, word, n)
select day, source, model, measure, word, n from classifier_day;
drop table classifier_day;
alter table classifier_day_next rename to classifier_day;
