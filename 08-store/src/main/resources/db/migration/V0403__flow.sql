-- What agents were shown, as labels: classes, systems, trust. Agents, persons, customers and sessions are digests.
create table flow_label (
    subject varchar(128) not null,
    about varchar(128) not null,
    id varchar(128) not null,
    labels text not null,
    seen_at bigint not null,
    primary key (subject, about, id)
);
create index flow_label_age on flow_label (seen_at);
