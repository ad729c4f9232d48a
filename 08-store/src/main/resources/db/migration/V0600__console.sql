-- People's passkeys for the console: what a signature is checked with. `source` is WebAuthn's attested credential data.
create table console_passkey (
    credential varchar(1400) not null primary key,
    user_id varchar(256) not null,
    source text not null,
    counter bigint not null,
    enrolled_at bigint not null,
    used_at bigint
);
create index console_passkey_user on console_passkey (user_id);

-- One-time enrolment codes, as digests.
create table console_code (
    code varchar(80) not null primary key,
    user_id varchar(256) not null,
    expires_at bigint not null
);

-- Who is signed in, by the digest of the cookie.
create table console_session (
    session varchar(80) not null primary key,
    user_id varchar(256) not null,
    began_at bigint not null,
    seen_at bigint not null
);
create index console_session_user on console_session (user_id, began_at);
