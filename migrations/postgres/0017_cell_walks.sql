-- The pages of every filter are merged from walks along the index of cells (src/tickets/cell.rs), so those of
-- single fields, which each ticket was written into when it was filed and with each change, are not needed.

drop index ticket_category_created_idx;
drop index ticket_priority_created_idx;
drop index ticket_status_created_idx;
