-- What servers know a text by that waits for a segment: a ticket's version may come again with another text
-- after a failover that lost the last commits.

alter table search_pending
    add column key bigint not null default (random() * 9007199254740992)::bigint;
