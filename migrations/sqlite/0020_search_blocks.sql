-- Pieces of the search's index under a key of one integer, one behind the other in the leaves of their table. With a
-- key of two columns they were in an index, where SQLite gives each of more than a quarter of a page a page of its own
-- for the rest: twice the space, and near twice the time to write one.
create table search_block_packed (
    -- the segment, and its bucket in the last 16 bits: segment << 16 | bucket
    key integer primary key,
    postings blob not null,
    segment integer not null generated always as (key >> 16) virtual,
    bucket integer not null generated always as (key & 65535) virtual
) strict;

insert into search_block_packed (key, postings)
select segment << 16 | bucket, postings from search_block order by segment, bucket;

drop table search_block;
alter table search_block_packed rename to search_block;
