-- Segments of the search's index that have more grams than those before (src/tickets/search/gram.rs), and
-- that servers can keep in memory; and cheaper filing.
--
-- Constraint names are those of migrations/sqlite.

alter table search_segment
    add column grams smallint not null default 1
        constraint search_segment_grams_check check (grams >= 1),
    -- what servers know it by: an id may come again after a failover that lost the last commits
    add column key uuid not null default gen_random_uuid();

-- A ticket's text to be searched and its events are only ever written by the statement that writes the
-- ticket, which has it locked. To look the ticket up again for each of them, and to lock it again, cost as
-- much as writing them. What has to happen is that they go with their ticket.
alter table ticket_document drop constraint ticket_document_ticket_id_fkey;
alter table ticket_event drop constraint ticket_event_ticket_id_fkey;

create function delete_what_tickets_had() returns trigger language plpgsql as $$
begin
    delete from ticket_document using gone where ticket_document.ticket_id = gone.id;
    delete from ticket_event using gone where ticket_event.ticket_id = gone.id;
    return null;
end
$$;

create trigger ticket_deleted after delete on ticket
    referencing old table as gone
    for each statement execute function delete_what_tickets_had();
