\set id random(1, :tickets)
select id, title, description, category, priority, status, created_at from original.ticket
where (created_at, id) < ((select created_at from original.ticket where id = :id), :id)
order by created_at desc, id desc limit 50;
