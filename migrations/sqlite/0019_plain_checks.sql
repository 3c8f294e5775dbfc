-- The checks of words, said so that SQLite compares them: for `x in (...)` of more than two words it makes a table
-- in memory for each row that is written, which was a quarter of the cost of filing a ticket. The words stay the
-- same.
--
-- Only the text of the schema changes, in the way that SQLite describes for changes of checks
-- (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"): no row is read or
-- written. Of two columns the one with the longer name comes first, since the other's may be its end.

pragma writable_schema = on;

update sqlite_schema set sql =
    replace(replace(replace(replace(replace(sql,
        'category_source in
            (''requester'', ''agent'', ''gemini'', ''anthropic'', ''openai'', ''local'', ''default'')',
        '(category_source = ''requester'' or category_source = ''agent'' or category_source = ''gemini''
            or category_source = ''anthropic'' or category_source = ''openai''
            or category_source = ''local'' or category_source = ''default'')'),
        'priority_source in
            (''requester'', ''agent'', ''gemini'', ''anthropic'', ''openai'', ''local'', ''default'')',
        '(priority_source = ''requester'' or priority_source = ''agent'' or priority_source = ''gemini''
            or priority_source = ''anthropic'' or priority_source = ''openai''
            or priority_source = ''local'' or priority_source = ''default'')'),
        'category in (''billing'', ''technical'', ''account'', ''general'')',
        '(category = ''billing'' or category = ''technical'' or category = ''account''
            or category = ''general'')'),
        'priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(priority = ''low'' or priority = ''medium'' or priority = ''high'' or priority = ''critical'')'),
        'status in (''open'', ''in_progress'', ''resolved'', ''closed'')',
        '(status = ''open'' or status = ''in_progress'' or status = ''resolved'' or status = ''closed'')')
    where type = 'table' and name = 'ticket';

update sqlite_schema set sql =
    replace(sql,
        'scope in (''read'', ''write'', ''admin'')',
        '(scope = ''read'' or scope = ''write'' or scope = ''admin'')')
    where type = 'table' and name = 'api_token';

update sqlite_schema set sql =
    replace(sql,
        'actor_kind in (''requester'', ''agent'', ''classifier'')',
        '(actor_kind = ''requester'' or actor_kind = ''agent'' or actor_kind = ''classifier'')')
    where type = 'table' and name = 'ticket_event';

update sqlite_schema set sql =
    replace(sql,
        'measure in (''created'', ''first_change'', ''resolved'',
            ''category_kept'', ''category_changed'', ''priority_kept'', ''priority_changed'')',
        '(measure = ''created'' or measure = ''first_change'' or measure = ''resolved''
            or measure = ''category_kept'' or measure = ''category_changed''
            or measure = ''priority_kept'' or measure = ''priority_changed'')')
    where type = 'table' and name = 'ticket_day';

update sqlite_schema set sql =
    replace(replace(replace(replace(replace(replace(sql,
        'chosen_category in (''billing'', ''technical'', ''account'', ''general'')',
        '(chosen_category = ''billing'' or chosen_category = ''technical'' or chosen_category = ''account''
            or chosen_category = ''general'')'),
        'chosen_priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(chosen_priority = ''low'' or chosen_priority = ''medium'' or chosen_priority = ''high''
            or chosen_priority = ''critical'')'),
        'occasion in (''form'', ''filing'', ''late'')',
        '(occasion = ''form'' or occasion = ''filing'' or occasion = ''late'')'),
        'category in (''billing'', ''technical'', ''account'', ''general'')',
        '(category = ''billing'' or category = ''technical'' or category = ''account''
            or category = ''general'')'),
        'priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(priority = ''low'' or priority = ''medium'' or priority = ''high'' or priority = ''critical'')'),
        'source in (''gemini'', ''anthropic'', ''openai'', ''local'')',
        '(source = ''gemini'' or source = ''anthropic'' or source = ''openai'' or source = ''local'')')
    where type = 'table' and name = 'ticket_suggestion';

update sqlite_schema set sql =
    replace(replace(replace(replace(replace(replace(sql,
        'shipped_category in (''billing'', ''technical'', ''account'', ''general'')',
        '(shipped_category = ''billing'' or shipped_category = ''technical''
            or shipped_category = ''account'' or shipped_category = ''general'')'),
        'shipped_priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(shipped_priority = ''low'' or shipped_priority = ''medium'' or shipped_priority = ''high''
            or shipped_priority = ''critical'')'),
        'learnt_category in (''billing'', ''technical'', ''account'', ''general'')',
        '(learnt_category = ''billing'' or learnt_category = ''technical'' or learnt_category = ''account''
            or learnt_category = ''general'')'),
        'learnt_priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(learnt_priority = ''low'' or learnt_priority = ''medium'' or learnt_priority = ''high''
            or learnt_priority = ''critical'')'),
        'category in (''billing'', ''technical'', ''account'', ''general'')',
        '(category = ''billing'' or category = ''technical'' or category = ''account''
            or category = ''general'')'),
        'priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(priority = ''low'' or priority = ''medium'' or priority = ''high'' or priority = ''critical'')')
    where type = 'table' and name = 'correction';

update sqlite_schema set sql =
    replace(replace(replace(sql,
        'category in (''billing'', ''technical'', ''account'', ''general'')',
        '(category = ''billing'' or category = ''technical'' or category = ''account''
            or category = ''general'')'),
        'priority in (''low'', ''medium'', ''high'', ''critical'')',
        '(priority = ''low'' or priority = ''medium'' or priority = ''high'' or priority = ''critical'')'),
        'source in (''gemini'', ''anthropic'', ''openai'', ''local'')',
        '(source = ''gemini'' or source = ''anthropic'' or source = ''openai'' or source = ''local'')')
    where type = 'table' and name = 'ticket_shadow';

update sqlite_schema set sql =
    replace(replace(sql,
        'measure in (''call'', ''cache_hit'', ''input'',
            ''cached_input'', ''output'', ''failure'', ''opened'', ''shadow'', ''shadow_failure'',
            ''shadow_drop'')',
        '(measure = ''call'' or measure = ''cache_hit'' or measure = ''input''
            or measure = ''cached_input'' or measure = ''output'' or measure = ''failure''
            or measure = ''opened'' or measure = ''shadow'' or measure = ''shadow_failure''
            or measure = ''shadow_drop'')'),
        'source in (''gemini'', ''anthropic'', ''openai'', ''local'')',
        '(source = ''gemini'' or source = ''anthropic'' or source = ''openai'' or source = ''local'')')
    where type = 'table' and name = 'classifier_day';

-- which tells every connection that the schema is another one
create table checks_are_said_anew (x);
drop table checks_are_said_anew;
pragma writable_schema = reset;
