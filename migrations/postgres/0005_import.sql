-- How far each import has come, so that one that was interrupted goes on and files no ticket twice.
--
-- Written in the transaction that files the tickets. Constraint names are those of migrations/sqlite.

create table import_progress (
    -- of what is imported: a file's bytes, or another system's table
    source_sha256 bytea primary key
        constraint import_progress_sha256_check check (octet_length(source_sha256) = 32),
    -- a file's records so far, refused ones too; a table's last id
    position bigint not null
        constraint import_progress_position_check check (position >= 0),
    -- how many tickets were filed
    tickets bigint not null
        constraint import_progress_tickets_check check (tickets >= 0)
);
