-- Who works here, how they are known again, and what of it is on record.
--
-- Nothing here lets anybody in who reads it: passwords are Argon2id, secrets of sessions, links and
-- tokens are SHA-256 of random values. Times are microseconds since 1970.

create table account (
    id integer primary key autoincrement,
    email text not null
        constraint account_email_key unique
        constraint account_email_length_check check (length(email) between 3 and 254)
        constraint account_email_form_check check (email like '_%@_%'),
    name text not null
        constraint account_name_length_check check (length(name) between 1 and 100),
    role text not null
        constraint account_role_check check (role in ('agent', 'admin')),
    password_hash text
        constraint account_password_hash_check check (password_hash glob '$argon2id$*'),
    totp_secret text
        constraint account_totp_secret_check check (length(totp_secret) between 16 and 128),
    -- the last time step that was used: a code works once
    totp_step integer not null default 0,
    is_active integer not null default 1 check (is_active in (0, 1)),
    created_at integer not null,
    last_sign_in_at integer
) strict;

create table recovery_code (
    account_id integer not null references account (id) on delete cascade,
    code_sha256 blob not null
        constraint recovery_code_sha256_check check (length(code_sha256) = 32),
    primary key (account_id, code_sha256)
) strict;

create table session (
    id integer primary key autoincrement,
    account_id integer not null references account (id) on delete cascade,
    token_sha256 blob not null
        constraint session_token_key unique
        constraint session_token_check check (length(token_sha256) = 32),
    created_at integer not null,
    last_seen_at integer not null,
    expires_at integer not null,
    address text not null
        constraint session_address_check check (length(address) <= 45),
    user_agent text not null
        constraint session_user_agent_check check (length(user_agent) <= 200)
) strict;

create index session_account_idx on session (account_id, last_seen_at);
create index session_expires_idx on session (expires_at);

-- a link that sets a password, once; without an account: one that makes the first admin
create table account_link (
    secret_sha256 blob primary key not null
        constraint account_link_secret_check check (length(secret_sha256) = 32),
    account_id integer references account (id) on delete cascade,
    created_at integer not null,
    expires_at integer not null
) strict;

create table api_token (
    id integer primary key autoincrement,
    account_id integer not null references account (id) on delete cascade,
    name text not null
        constraint api_token_name_length_check check (length(name) between 1 and 100),
    -- the start of the token: enough to recognise it
    hint text not null
        constraint api_token_hint_check check (length(hint) <= 16),
    token_sha256 blob not null
        constraint api_token_token_key unique
        constraint api_token_token_check check (length(token_sha256) = 32),
    scope text not null
        constraint api_token_scope_check check (scope in ('read', 'write', 'admin')),
    created_at integer not null,
    expires_at integer not null,
    last_used_at integer
) strict;

create index api_token_account_idx on api_token (account_id);

-- security events; names as they were, since what they name may go
create table audit_event (
    id integer primary key autoincrement,
    at integer not null,
    action text not null
        constraint audit_event_action_check check (length(action) between 1 and 60),
    actor_id integer,
    actor text not null
        constraint audit_event_actor_check check (length(actor) <= 300),
    subject text not null
        constraint audit_event_subject_check check (length(subject) <= 300),
    address text not null
        constraint audit_event_address_check check (length(address) <= 45)
) strict;
