-- times are microseconds since 1970-01-01T00:00:00Z
create table ticket (
    id integer primary key autoincrement,
    title text not null,
    description text not null,
    category text not null,
    priority text not null,
    status text not null default 'open',
    created_at integer not null,
    updated_at integer not null,
    version integer not null default 1
) strict;

with recursive series (n) as (select 1 union all select n + 1 from series where n < 100000)
insert into ticket (title, description, category, priority, status, created_at, updated_at,
    version)
select
    'Cannot sign in after the password was reset, attempt ' || printf('%06d', n),
    substr(replace(hex(zeroblob(5)), '00',
        'Since this morning the page answers with an error, report ' || n || '. '), 1, 300),
    case n % 4 when 0 then 'billing' when 1 then 'technical' when 2 then 'account'
        else 'general' end,
    case n / 4 % 4 when 0 then 'low' when 1 then 'medium' when 2 then 'high'
        else 'critical' end,
    case n / 16 % 4 when 0 then 'open' when 1 then 'in_progress' when 2 then 'resolved'
        else 'closed' end,
    1735689600000000 + n * 60000000,
    1735689600000000 + n * 60000000,
    1
from series;

create index ticket_created_idx on ticket (created_at desc, id desc);
analyze;
