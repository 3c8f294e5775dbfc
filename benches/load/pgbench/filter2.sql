select id, title, description, category, priority, status, created_at from original.ticket
where category = 'billing' order by created_at desc, id desc limit 50;
