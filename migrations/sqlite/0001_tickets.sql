-- Tickets, what is searched of them, how many there are, and the keys of repeated requests.
--
-- Times are microseconds since 1970-01-01T00:00:00Z. Constraint names are those of
-- migrations/postgres. The white space in the checks is Unicode's White_Space property, as in
-- src/tickets/text.rs.

create table ticket (
    -- autoincrement: an id is never given twice, not even after the newest ticket was deleted
    id integer primary key autoincrement,
    title text not null
        constraint ticket_title_length_check check (length(title) <= 200)
        constraint ticket_title_blank_check check (title <> '')
        constraint ticket_title_nul_check check (instr(title, char(0)) = 0)
        constraint ticket_title_trim_check check (title = trim(title, char(
            9, 10, 11, 12, 13, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199,
            8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288))),
    description text not null
        constraint ticket_description_length_check check (length(description) <= 50000)
        constraint ticket_description_nul_check check (instr(description, char(0)) = 0)
        constraint ticket_description_blank_check check (trim(description, char(
            9, 10, 11, 12, 13, 32, 133, 160, 5760, 8192, 8193, 8194, 8195, 8196, 8197, 8198, 8199,
            8200, 8201, 8202, 8232, 8233, 8239, 8287, 12288)) <> ''),
    category text not null
        constraint ticket_category_check
        check (category in ('billing', 'technical', 'account', 'general')),
    priority text not null
        constraint ticket_priority_check
        check (priority in ('low', 'medium', 'high', 'critical')),
    status text not null default 'open'
        constraint ticket_status_check
        check (status in ('open', 'in_progress', 'resolved', 'closed')),
    category_source text not null
        constraint ticket_category_source_check check (category_source in
            ('requester', 'agent', 'gemini', 'anthropic', 'openai', 'local', 'default')),
    priority_source text not null
        constraint ticket_priority_source_check check (priority_source in
            ('requester', 'agent', 'gemini', 'anthropic', 'openai', 'local', 'default')),
    created_at integer not null,
    updated_at integer not null
        constraint ticket_updated_at_check check (updated_at >= created_at),
    version integer not null default 1
        constraint ticket_version_check check (version >= 1)
) strict;

-- newest first, alone and inside each filter: the filters' own indexes carry the order too, so that
-- a page is a walk along one of them and never a sort
create index ticket_created_idx on ticket (created_at desc, id desc);
create index ticket_category_created_idx on ticket (category, created_at desc, id desc);
create index ticket_priority_created_idx on ticket (priority, created_at desc, id desc);
create index ticket_status_priority_created_idx
    on ticket (status, priority, created_at desc, id desc);

-- the folded text that a search looks through (src/tickets/search.rs); a table of its own, so that
-- a change of status does not touch it
create table ticket_document (
    ticket_id integer primary key references ticket (id) on delete cascade,
    document text not null
) strict;

-- how many tickets there are, kept by the same transaction that writes a ticket
create table ticket_count (
    category text not null,
    priority text not null,
    status text not null,
    n integer not null,
    primary key (category, priority, status)
) strict, without rowid;

create table idempotency_key (
    key text primary key not null
        constraint idempotency_key_length_check check (length(key) between 1 and 255),
    request_sha256 blob not null
        constraint idempotency_key_sha256_check check (length(request_sha256) = 32),
    ticket_id integer not null references ticket (id) on delete cascade,
    created_at integer not null
) strict;

create index idempotency_key_created_idx on idempotency_key (created_at);
