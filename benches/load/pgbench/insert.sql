insert into original.ticket (title, description, category, priority, status)
values ('Cannot sign in since the update', 'Since this morning the page stays white after I enter my password. I tried two browsers and another network, and a colleague sees the same. The log says: error 502, upstream timed out. Please help, we cannot work. Regards, Ada',
    'account', 'high', 'open');
