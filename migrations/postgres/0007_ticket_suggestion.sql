-- What classifiers suggested for each ticket, so that it can be compared with what the requester chose
-- and what the ticket ended as; and the key that receipts of suggestions are signed with.
--
-- Written in the transaction that files or refines the ticket. Constraint names are those of
-- migrations/sqlite.

create table ticket_suggestion (
    ticket_id bigint not null references ticket (id) on delete cascade,
    -- shown in the form, asked for by the server at the filing, or come after it
    occasion text not null
        constraint ticket_suggestion_occasion_check check (occasion in ('form', 'filing', 'late')),
    -- when it was made
    at timestamptz not null,
    source text not null
        constraint ticket_suggestion_source_check
        check (source in ('gemini', 'anthropic', 'openai', 'local')),
    model text not null
        constraint ticket_suggestion_model_check check (char_length(model) between 1 and 200),
    -- where the name alone does not say it
    model_version text
        constraint ticket_suggestion_model_version_check
        check (char_length(model_version) between 1 and 100),
    -- of a language model
    prompt_version text
        constraint ticket_suggestion_prompt_version_check
        check (char_length(prompt_version) between 1 and 100),
    category text not null
        constraint ticket_suggestion_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint ticket_suggestion_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    category_confidence double precision
        constraint ticket_suggestion_category_confidence_check
        check (category_confidence between 0 and 1),
    priority_confidence double precision
        constraint ticket_suggestion_priority_confidence_check
        check (priority_confidence between 0 and 1),
    -- what the one who asked waited, in microseconds
    latency_us bigint not null
        constraint ticket_suggestion_latency_check check (latency_us >= 0),
    -- whether a fallback gave it
    degraded boolean not null,
    -- whether it was made for the text that was filed
    same_text boolean not null,
    -- the requester's own words, or those they left as they stood; null: left to the server
    chosen_category text
        constraint ticket_suggestion_chosen_category_check
        check (chosen_category in ('billing', 'technical', 'account', 'general')),
    chosen_priority text
        constraint ticket_suggestion_chosen_priority_check
        check (chosen_priority in ('low', 'medium', 'high', 'critical')),
    -- the ticket as a provider got it; null: nobody outside got anything, or nobody knows any more
    sent text
        constraint ticket_suggestion_sent_check check (char_length(sent) <= 30000),
    primary key (ticket_id, occasion)
);

-- for the report on a time
create index ticket_suggestion_at_idx on ticket_suggestion (at);

create table suggestion_key (
    -- there is one
    id smallint primary key
        constraint suggestion_key_id_check check (id = 1),
    key bytea not null
        constraint suggestion_key_length_check check (octet_length(key) = 32)
);
