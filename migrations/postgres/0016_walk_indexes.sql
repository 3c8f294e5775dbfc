-- The indexes that a filter's page is a walk along, each kind in an order of its own (src/tickets/postgres/
-- query.rs says why). A moment that is turned into UTC once or several times has the order that it had.

drop index ticket_category_created_idx;
drop index ticket_priority_created_idx;
drop index ticket_status_created_idx;
drop index ticket_cell_created_idx;
drop index ticket_undecided_idx;

create index ticket_category_created_idx
    on ticket (category, (created_at at time zone 'UTC') desc, id desc);
create index ticket_priority_created_idx
    on ticket (priority, (created_at at time zone 'UTC') desc, id desc);
create index ticket_status_created_idx
    on ticket (status, (created_at at time zone 'UTC') desc, id desc);

create index ticket_cell_created_idx
    on ticket (category, priority, status,
        ((created_at at time zone 'UTC') at time zone 'UTC') desc, id desc);

create index ticket_undecided_idx
    on ticket (category, priority, status,
        (((created_at at time zone 'UTC') at time zone 'UTC') at time zone 'UTC') desc, id desc)
    where category_source not in ('requester', 'agent')
        or priority_source not in ('requester', 'agent');
