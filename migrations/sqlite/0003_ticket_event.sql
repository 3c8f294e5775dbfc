-- What happened to each ticket, and the link by which its requester follows it.
--
-- A ticket that was filed before has no events: nobody knows what happened to it. Constraint names
-- are those of migrations/postgres.

create table ticket_event (
    -- of the whole log: autoincrement, so that an id is never given twice, also after the newest
    -- event's ticket was deleted; and the key of the table, which a follower of the log walks along
    id integer primary key autoincrement,
    ticket_id integer not null references ticket (id) on delete cascade,
    at integer not null,
    -- the ticket's, after the event
    version integer not null
        constraint ticket_event_version_check check (version >= 1),
    kind text not null
        constraint ticket_event_kind_check check (kind in ('created', 'changed')),
    actor_kind text not null
        constraint ticket_event_actor_kind_check
        check (actor_kind in ('requester', 'agent', 'classifier')),
    -- an account's; no reference, since what was done stays done when the account is deleted
    actor_id integer
        constraint ticket_event_actor_id_check check (actor_id >= 1),
    -- as it was then
    actor_name text
        constraint ticket_event_actor_name_check check (length(actor_name) between 1 and 200)
        constraint ticket_event_actor_name_nul_check check (instr(actor_name, char(0)) = 0),
    -- {"status": ["open", "closed"], ...}: from a field's name to what it was and what it is. The
    -- length is that of two longest descriptions with every character escaped, and some more
    changes text not null
        constraint ticket_event_changes_check check (json_type(changes) = 'object')
        constraint ticket_event_changes_length_check check (length(changes) <= 700000)
) strict;

-- a ticket's own events, the key of the table in PostgreSQL
create unique index ticket_event_ticket_idx on ticket_event (ticket_id, id);

-- of the secret in the link; the secret itself is only with whom it was given
alter table ticket add column follow_sha256 blob
    constraint ticket_follow_sha256_check check (length(follow_sha256) = 32);

-- a ticket that is deleted takes its keys along
create index idempotency_key_ticket_idx on idempotency_key (ticket_id);
