-- Segments of the search's index that have more grams than those before (src/tickets/search/gram.rs).
--
-- Constraint names are those of migrations/postgres.

alter table search_segment add column grams integer not null default 1
    constraint search_segment_grams_check check (grams >= 1);
