-- The log of events as something that can be followed: there is one writer, so its numbers are in the
-- order of the commits.
--
-- Constraint names are those of migrations/postgres.

-- that a ticket was deleted: its events went with it, and nothing of its texts is here
create table ticket_deletion (
    -- of the log of events, taken from its sequence
    id integer primary key,
    ticket_id integer not null,
    -- the ticket's last
    version integer not null
        constraint ticket_deletion_version_check check (version >= 1)
) strict;
