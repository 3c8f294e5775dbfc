-- The log of events as something that can be followed.
--
-- Constraint names are those of migrations/sqlite.

-- Whose transaction an event is: only with it a follower knows which events it has not seen, since the
-- numbers of the log are not in the order of the commits. Events from before have none, and nobody
-- follows them.
alter table ticket_event add column transaction_id xid8;
alter table ticket_event alter column transaction_id set default pg_current_xact_id();
create index ticket_event_transaction_idx on ticket_event (transaction_id)
    where transaction_id is not null;
drop index ticket_event_id_idx;

-- that a ticket was deleted: its events went with it, and nothing of its texts is here
create table ticket_deletion (
    -- of the log of events
    id bigint primary key,
    ticket_id bigint not null,
    -- the ticket's last
    version bigint not null
        constraint ticket_deletion_version_check check (version >= 1),
    transaction_id xid8 not null default pg_current_xact_id()
);

create index ticket_deletion_transaction_idx on ticket_deletion (transaction_id);
