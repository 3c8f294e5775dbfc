-- What the embedded classifier learns from: tickets that agents finished, with their final labels.
--
-- What was learnt is kept nowhere: every server computes it from these rows and the tickets' texts.
-- Constraint names are those of migrations/sqlite.

create table correction (
    -- a ticket that is deleted takes its influence along
    ticket_id bigint primary key references ticket (id) on delete cascade,
    -- in the order in which they were learnt; a new one when labels or text became others
    number bigint not null
        constraint correction_number_key unique
        constraint correction_number_check check (number >= 1),
    -- the ticket's that is known to say this
    version bigint not null
        constraint correction_version_check check (version >= 1),
    -- of title and description, to notice that they became others
    text_sha256 bytea not null
        constraint correction_text_sha256_check check (octet_length(text_sha256) = 32),
    category text not null
        constraint correction_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint correction_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    -- whether an agent set it; if not, they left it as it stood
    is_category_set boolean not null,
    is_priority_set boolean not null,
    -- who finished the ticket; no reference: what is learnt stays when the account is deleted
    agent_id bigint
        constraint correction_agent_id_check check (agent_id >= 1),
    -- what was predicted before it was learnt: by the shipped model, and with what was learnt so far
    shipped_category text not null
        constraint correction_shipped_category_check
        check (shipped_category in ('billing', 'technical', 'account', 'general')),
    shipped_priority text not null
        constraint correction_shipped_priority_check
        check (shipped_priority in ('low', 'medium', 'high', 'critical')),
    learnt_category text not null
        constraint correction_learnt_category_check
        check (learnt_category in ('billing', 'technical', 'account', 'general')),
    learnt_priority text not null
        constraint correction_learnt_priority_check
        check (learnt_priority in ('low', 'medium', 'high', 'critical')),
    -- the probabilities of the second, before its temperature: eight little-endian floats of 32 bits
    probabilities bytea not null
        constraint correction_probabilities_check check (octet_length(probabilities) = 32),
    -- what had been learnt then, by the number of the last correction in it; null: nothing
    generation bigint
        constraint correction_generation_check check (generation >= 0)
);

create table learning (
    -- there is one
    id smallint primary key
        constraint learning_id_check check (id = 1),
    is_on boolean not null,
    -- one more with each switch and each reset: who still works on what was before is refused
    epoch bigint not null,
    -- how far the log of events was looked through: up to this transaction
    position bigint not null,
    -- the number of the newest correction there ever was
    last_number bigint not null
        constraint learning_last_number_check check (last_number >= 0),
    reset_at timestamptz
);

-- what was finished before is not learnt
insert into learning (id, is_on, epoch, position, last_number)
values (1, true, 0, pg_snapshot_xmax(pg_current_snapshot())::text::bigint, 0);
