-- Documents on their way: ciphertext, and keys that are wrapped twice. Who holds them is a digest.
create table artifact_holder (
    holder varchar(128) not null primary key,
    wrapped bytea not null
);
create table artifact (
    id varchar(64) not null primary key,
    holder varchar(128) not null,
    wrapped bytea not null,
    content bytea not null,
    ends_at bigint not null
);
create index artifact_held on artifact (holder);
create index artifact_age on artifact (ends_at);
