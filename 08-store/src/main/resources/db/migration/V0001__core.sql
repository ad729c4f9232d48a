-- Tokens that were used up. A token is used by inserting its id; the row may go once the token has expired.
create table consumed_token (
    token_id varchar(256) not null primary key,
    expires_at bigint not null
);
create index consumed_token_expires on consumed_token (expires_at);

-- Leases: at most one holder at a time; `fence` grows with every new holder and never shrinks.
create table lease (
    name varchar(256) not null primary key,
    holder varchar(256) not null,
    fence bigint not null,
    expires_at bigint not null
);

-- One row: the digest of the migration scripts that made this schema. A start that finds its own skips migrating.
create table schema_mark (
    id bigint not null primary key check (id = 1),
    fingerprint varchar(80) not null
);
insert into schema_mark (id, fingerprint) values (1, '');
