-- What the embedded classifier learns from: tickets that agents finished, with their final labels.
--
-- What was learnt is kept nowhere: every server computes it from these rows and the tickets' texts.
-- Constraint names are those of migrations/postgres.

create table correction (
    -- a ticket that is deleted takes its influence along
    ticket_id integer primary key references ticket (id) on delete cascade,
    -- in the order in which they were learnt; a new one when labels or text became others
    number integer not null
        constraint correction_number_key unique
        constraint correction_number_check check (number >= 1),
    -- the ticket's that is known to say this
    version integer not null
        constraint correction_version_check check (version >= 1),
    -- of title and description, to notice that they became others
    text_sha256 blob not null
        constraint correction_text_sha256_check check (length(text_sha256) = 32),
    category text not null
        constraint correction_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint correction_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    -- whether an agent set it; if not, they left it as it stood
    is_category_set integer not null check (is_category_set in (0, 1)),
    is_priority_set integer not null check (is_priority_set in (0, 1)),
    -- who finished the ticket; no reference: what is learnt stays when the account is deleted
    agent_id integer
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
    probabilities blob not null
        constraint correction_probabilities_check check (length(probabilities) = 32),
    -- what had been learnt then, by the number of the last correction in it; null: nothing
    generation integer
        constraint correction_generation_check check (generation >= 0)
) strict;

create table learning (
    -- there is one
    id integer primary key
        constraint learning_id_check check (id = 1),
    is_on integer not null check (is_on in (0, 1)),
    -- one more with each switch and each reset: who still works on what was before is refused
    epoch integer not null,
    -- how far the log of events was looked through
    position integer not null,
    -- the number of the newest correction there ever was
    last_number integer not null
        constraint learning_last_number_check check (last_number >= 0),
    reset_at integer
) strict;

-- what was finished before is not learnt
insert into learning (id, is_on, epoch, position, last_number)
select 1, 1, 0, coalesce((select max(id) from ticket_event), 0), 0;
