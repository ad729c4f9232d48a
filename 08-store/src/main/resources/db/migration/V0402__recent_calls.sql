-- What tasks called lately, as digests, so that a loop is seen by every node. `became`: 0 answered, 1 refused, 2 excused.
create table recent_call (
    subject varchar(128) not null,
    id varchar(256) not null,
    at bigint not null,
    tool varchar(256) not null,
    exact varchar(128) not null,
    alike varchar(128) not null,
    became bigint not null,
    primary key (subject, id)
);
create index recent_call_at on recent_call (subject, at);
create index recent_call_age on recent_call (at);
