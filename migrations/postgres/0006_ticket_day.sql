-- What happened on each day, counted: so that trends cost the days asked for and not the tickets.
--
-- Constraint names are those of migrations/sqlite. What is counted is said in src/tickets/day.rs.

create table ticket_day (
    -- UTC
    day date not null,
    measure text not null
        constraint ticket_day_measure_check check (measure in ('created', 'first_change', 'resolved',
            'category_kept', 'category_changed', 'priority_kept', 'priority_changed')),
    -- a ticket's category/priority, the upper bound of a time, or a source
    word text not null
        constraint ticket_day_word_length_check check (char_length(word) between 1 and 40),
    -- as in ticket_count: only the sum over the slots has a meaning
    slot smallint not null,
    n bigint not null,
    -- how long it took, together
    seconds bigint not null,
    primary key (day, measure, word, slot)
) with (fillfactor = 50);

-- created: the tickets that are there, by what they are now
insert into ticket_day (day, measure, word, slot, n, seconds)
select (created_at at time zone 'UTC')::date, 'created', category || '/' || priority, 0, count(*), 0
from ticket group by 1, 3;

create temporary table resolution on commit drop as
select event.ticket_id, event.id, event.at, (event.at at time zone 'UTC')::date as day
from ticket_event event
where event.kind = 'changed'
    and event.changes::json -> 'status' ->> 0 in ('open', 'in_progress')
    and event.changes::json -> 'status' ->> 1 in ('resolved', 'closed');

-- how long it took until an agent's first change, and until each resolution
insert into ticket_day (day, measure, word, slot, n, seconds)
select day, measure,
    coalesce((select min(bound)::text from unnest(array[300, 900, 1800, 3600, 7200, 14400, 28800,
        86400, 172800, 259200, 604800, 1209600, 2592000]) as bound where bound >= took.seconds), 'more'),
    0, count(*), sum(took.seconds)
from (
    select resolution.day, 'resolved' as measure,
        floor(extract(epoch from resolution.at - ticket.created_at))::bigint as seconds
    from resolution join ticket on ticket.id = resolution.ticket_id
    union all
    select (event.at at time zone 'UTC')::date, 'first_change',
        floor(extract(epoch from event.at - ticket.created_at))::bigint
    from (
        select distinct on (ticket_id) ticket_id, at from ticket_event
        where kind = 'changed' and actor_kind = 'agent' order by ticket_id, id
    ) as event join ticket on ticket.id = event.ticket_id
) as took
group by 1, 2, 3;

-- what of a model's choice was left when the ticket was resolved: the log is read backwards, from what
-- the ticket is now
insert into ticket_day (day, measure, word, slot, n, seconds)
select day, field || case when value = model_value then '_kept' else '_changed' end, model, 0, count(*), 0
from (
    select resolution.day, field.name as field,
        -- what it was just after the resolution
        coalesce((select later.changes::json -> field.name ->> 0 from ticket_event later
            where later.ticket_id = resolution.ticket_id and later.id > resolution.id
                and later.changes::json -> field.name is not null
            order by later.id limit 1), field.value) as value,
        origin.source as model,
        coalesce((select later.changes::json -> field.name ->> 0 from ticket_event later
            where later.ticket_id = resolution.ticket_id and later.id >= origin.id
                and later.changes::json -> field.name is not null
            order by later.id limit 1), field.value) as model_value
    from resolution
    join ticket on ticket.id = resolution.ticket_id
    cross join lateral (values ('category', category, category_source),
        ('priority', priority, priority_source)) as field (name, value, source)
    -- the agent's change that took over from a model, or, where the model's stands, the end of the log
    cross join lateral (
        select took_over.id, took_over.changes::json -> (field.name || '_source') ->> 0 as source
        from ticket_event took_over
        where took_over.ticket_id = resolution.ticket_id and took_over.id <= resolution.id
            and took_over.changes::json -> (field.name || '_source') ->> 0
                in ('gemini', 'anthropic', 'openai', 'local')
            and took_over.changes::json -> (field.name || '_source') ->> 1 = 'agent'
        union all
        select resolution.id + 1, coalesce((
            select later.changes::json -> (field.name || '_source') ->> 0 from ticket_event later
            where later.ticket_id = resolution.ticket_id and later.id > resolution.id
                and later.changes::json -> (field.name || '_source') is not null
            order by later.id limit 1), field.source)
    ) as origin
    where origin.source in ('gemini', 'anthropic', 'openai', 'local')
) as choice
group by 1, 2, 3;
