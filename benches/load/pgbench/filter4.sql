select id, title, description, category, priority, status, created_at from original.ticket
where status = 'in_progress' and priority = 'critical' order by created_at desc, id desc limit 50;
