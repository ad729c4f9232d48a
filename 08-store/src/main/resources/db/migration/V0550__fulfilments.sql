-- What was fulfilled in tasks, and until when it counts. Tasks are digests.
create table fulfilment (
    task varchar(128) not null,
    name varchar(256) not null,
    about_system varchar(64) not null,
    about_object varchar(64) not null,
    about_record varchar(256) not null,
    ends_at bigint not null,
    primary key (task, name, about_system, about_object, about_record)
);
create index fulfilment_age on fulfilment (ends_at);
