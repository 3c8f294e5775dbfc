-- Views of the list that people keep under a name, and an index for one that everybody has: tickets that
-- no agent has decided.
--
-- Constraint names are those of migrations/postgres.

create table saved_view (
    -- autoincrement: a link to a view that was deleted never leads to another
    id integer primary key autoincrement,
    -- whose it is, where nobody else sees it: it goes with the account
    personal_of integer references account (id) on delete cascade,
    -- who shares it with everybody; null: an account that is gone, or somebody without one
    shared_by integer references account (id) on delete set null,
    name text not null
        constraint saved_view_name_length_check check (length(name) between 1 and 60)
        constraint saved_view_name_nul_check check (instr(name, char(0)) = 0),
    -- the list's conditions, as they stand in a URL
    query text not null
        constraint saved_view_query_length_check check (length(query) <= 8000)
        constraint saved_view_query_nul_check check (instr(query, char(0)) = 0),
    -- in the order of its shelf: everybody's, or its owner's
    position integer not null
        constraint saved_view_position_check check (position >= 1),
    created_at integer not null,
    updated_at integer not null
        constraint saved_view_updated_at_check check (updated_at >= created_at),
    version integer not null default 1
        constraint saved_view_version_check check (version >= 1),
    constraint saved_view_owner_check check (personal_of is null or shared_by is null)
) strict;

create index saved_view_personal_idx on saved_view (personal_of);
create index saved_view_shared_idx on saved_view (shared_by);

-- of them, those whose category or priority a machine set and nobody has confirmed
alter table ticket_count add column undecided integer not null default 0;

-- newest first inside each combination, as ticket_cell_created_idx, of those alone: what people decide
-- themselves costs nothing here
create index ticket_undecided_idx on ticket (category, priority, status, created_at desc, id desc)
    where category_source not in ('requester', 'agent')
        or priority_source not in ('requester', 'agent');

update ticket_count set undecided = (
    select count(*) from ticket
    where ticket.category = ticket_count.category and ticket.priority = ticket_count.priority
        and ticket.status = ticket_count.status
        and (category_source not in ('requester', 'agent')
            or priority_source not in ('requester', 'agent'))
);
