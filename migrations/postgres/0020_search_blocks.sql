-- Pieces of the search's index in their rows, whole. They are packed already: PostgreSQL tried to compress each of more
-- than 2,000 bytes in vain, and then cut it in pieces for a table beside. Those that are there stay there until they are
-- merged.
alter table search_block
    alter column postings set storage external,
    set (toast_tuple_target = 8160);
