-- What the counts of days need to know of a ticket's past when it is changed (src/tickets/past.rs), with the version
-- of the ticket that it is of. Null, or of another version: the events tell it.

alter table ticket add column past text;
