-- The index of a search (src/tickets/search/), and an index for every filter.
--
-- Constraint names are those of migrations/postgres.

-- Tickets whose text no segment has yet: every search compares them itself. No reference to the
-- ticket: one that was deleted is left out where this is read.
create table search_pending (
    ticket_id integer primary key,
    -- the ticket's, when its text was last written
    version integer not null
) strict;

-- a segment: which of some thousand tickets have which gram; never changed
create table search_segment (
    id integer primary key autoincrement,
    tickets integer not null
        constraint search_segment_tickets_check check (tickets between 1 and 65536),
    -- the tickets' ids, the newest ticket first
    ids blob not null,
    -- when its newest and its oldest ticket were filed
    newest integer not null,
    oldest integer not null
        constraint search_segment_oldest_check check (oldest <= newest),
    -- a gram's bucket is the rest of its number by this, a power of two
    buckets integer not null
        constraint search_segment_buckets_check
        check (buckets between 1 and 65536 and (buckets & (buckets - 1)) = 0)
) strict;

-- a segment's postings, by bucket. No reference to the segment, which would be checked for each of its
-- thousands of rows: they are only read by way of it, and written and deleted with it.
create table search_block (
    segment integer not null,
    bucket integer not null
        constraint search_block_bucket_check check (bucket between 0 and 65535),
    postings blob not null,
    primary key (segment, bucket)
) strict, without rowid;

insert into search_pending (ticket_id, version) select id, version from ticket;

-- newest first inside each value of one filter, and inside each combination of all three: a page of any
-- filter is a walk along one of them, or along a few at once
drop index ticket_status_priority_created_idx;
create index ticket_status_created_idx on ticket (status, created_at desc, id desc);
create index ticket_cell_created_idx
    on ticket (category, priority, status, created_at desc, id desc);
