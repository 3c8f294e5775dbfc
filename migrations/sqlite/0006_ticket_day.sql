-- What happened on each day, counted: so that trends cost the days asked for and not the tickets.
--
-- Constraint names are those of migrations/postgres. What is counted is said in src/tickets/day.rs.

create table ticket_day (
    -- UTC, as 2026-11-23
    day text not null,
    measure text not null
        constraint ticket_day_measure_check check (measure in ('created', 'first_change', 'resolved',
            'category_kept', 'category_changed', 'priority_kept', 'priority_changed')),
    -- a ticket's category/priority, the upper bound of a time, or a source
    word text not null
        constraint ticket_day_word_length_check check (length(word) between 1 and 40),
    n integer not null,
    -- how long it took, together
    seconds integer not null,
    primary key (day, measure, word)
) strict, without rowid;

-- created: the tickets that are there, by what they are now. Days and seconds are rounded down, also
-- before 1970
insert into ticket_day (day, measure, word, n, seconds)
select date((created_at - ((created_at % 1000000 + 1000000) % 1000000)) / 1000000, 'unixepoch'),
    'created', category || '/' || priority, count(*), 0
from ticket group by 1, 3;

create temporary table resolution as
select event.ticket_id, event.id, event.at,
    date((event.at - ((event.at % 1000000 + 1000000) % 1000000)) / 1000000, 'unixepoch') as day
from ticket_event event
where event.kind = 'changed'
    and event.changes ->> '$.status[0]' in ('open', 'in_progress')
    and event.changes ->> '$.status[1]' in ('resolved', 'closed');

create temporary table bound (seconds integer primary key);
insert into bound values (300), (900), (1800), (3600), (7200), (14400), (28800), (86400), (172800),
    (259200), (604800), (1209600), (2592000);

-- how long it took until an agent's first change, and until each resolution
insert into ticket_day (day, measure, word, n, seconds)
select day, measure,
    coalesce((select cast(min(seconds) as text) from bound where bound.seconds >= took.seconds), 'more'),
    count(*), sum(took.seconds)
from (
    select resolution.day, 'resolved' as measure, (resolution.at - ticket.created_at) / 1000000 as seconds
    from resolution join ticket on ticket.id = resolution.ticket_id
    union all
    select date((event.at - ((event.at % 1000000 + 1000000) % 1000000)) / 1000000, 'unixepoch'),
        'first_change', (event.at - ticket.created_at) / 1000000
    from ticket_event event join ticket on ticket.id = event.ticket_id
    where event.id in (
        select min(id) from ticket_event where kind = 'changed' and actor_kind = 'agent'
        group by ticket_id
    )
) as took
group by 1, 2, 3;

-- what of a model's choice was left when the ticket was resolved: the log is read backwards, from what
-- the ticket is now
create temporary table field (name text, value_path text, source_path text);
insert into field values ('category', '$.category', '$.category_source'),
    ('priority', '$.priority', '$.priority_source');

create temporary table origin as
select resolution.id as resolution, field.name as field, took_over.id as id,
    took_over.changes ->> (field.source_path || '[0]') as source
from resolution cross join field
join ticket_event took_over
    on took_over.ticket_id = resolution.ticket_id and took_over.id <= resolution.id
where took_over.changes ->> (field.source_path || '[0]') in ('gemini', 'anthropic', 'openai', 'local')
    and took_over.changes ->> (field.source_path || '[1]') = 'agent'
union all
-- where the model's choice stands: the end of the log
select resolution.id, field.name, resolution.id + 1, coalesce(
    (select later.changes ->> (field.source_path || '[0]') from ticket_event later
        where later.ticket_id = resolution.ticket_id and later.id > resolution.id
            and later.changes -> field.source_path is not null
        order by later.id limit 1),
    case field.name when 'category' then ticket.category_source else ticket.priority_source end)
from resolution cross join field join ticket on ticket.id = resolution.ticket_id;

insert into ticket_day (day, measure, word, n, seconds)
select day, field || case when value = model_value then '_kept' else '_changed' end, model, count(*), 0
from (
    select resolution.day, field.name as field, origin.source as model,
        -- what it was just after the resolution
        coalesce(
            (select later.changes ->> (field.value_path || '[0]') from ticket_event later
                where later.ticket_id = resolution.ticket_id and later.id > resolution.id
                    and later.changes -> field.value_path is not null
                order by later.id limit 1),
            case field.name when 'category' then ticket.category else ticket.priority end) as value,
        coalesce(
            (select later.changes ->> (field.value_path || '[0]') from ticket_event later
                where later.ticket_id = resolution.ticket_id and later.id >= origin.id
                    and later.changes -> field.value_path is not null
                order by later.id limit 1),
            case field.name when 'category' then ticket.category else ticket.priority end) as model_value
    from origin
    join resolution on resolution.id = origin.resolution
    join field on field.name = origin.field
    join ticket on ticket.id = resolution.ticket_id
    where origin.source in ('gemini', 'anthropic', 'openai', 'local')
) as choice
group by 1, 2, 3;

drop table origin;
drop table field;
drop table bound;
drop table resolution;
