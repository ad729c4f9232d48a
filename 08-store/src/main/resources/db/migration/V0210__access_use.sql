-- What agents used of what policies let them do, by day (`day` counts days since the epoch). Rebuildable from the audit log.
create table access_use (
    agent varchar(256) not null,
    workflow varchar(256) not null,
    verb varchar(32) not null,
    class varchar(256) not null,
    destination varchar(256) not null,
    day bigint not null,
    times bigint not null,
    primary key (agent, workflow, verb, class, destination, day)
);
create index access_use_day on access_use (day);

-- How far each log is counted.
create table access_use_position (
    log_id bigint not null primary key,
    counted bigint not null
);
