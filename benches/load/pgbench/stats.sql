select priority, count(*) from original.ticket group by priority;
select category, count(*) from original.ticket group by category;
select count(*), count(*) filter (where status = 'open'), min(created_at) from original.ticket;
