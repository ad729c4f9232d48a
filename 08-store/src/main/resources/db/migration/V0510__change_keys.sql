-- Names that agents give to changes; what became of one is in the journal.
create table change_key (
    tenant varchar(256) not null,
    agent varchar(256) not null,
    name varchar(128) not null,
    digest varchar(128) not null,
    change_id varchar(256) not null,
    claimed_at bigint not null,
    primary key (tenant, agent, name)
);
create index change_key_age on change_key (claimed_at);
