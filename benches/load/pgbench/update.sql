\set id random(1, :tickets)
\set status random(1, 4)
update original.ticket set status = (array['open', 'in_progress', 'resolved', 'closed'])[:status]
where id = :id;
