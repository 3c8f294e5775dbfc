select id, title, description, category, priority, status, created_at from original.ticket
where category = 'technical' and priority = 'low' and status = 'closed' order by created_at desc, id desc limit 50;
