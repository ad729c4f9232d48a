-- Stand-ins for values: where the value of a handle stands, never the value. `scope` is a digest of tenant, agent, person and task.
create table value_handle (
    handle varchar(64) not null,
    scope varchar(128) not null,
    system varchar(256) not null,
    object varchar(256) not null,
    field varchar(256) not null,
    record varchar(256) not null,
    expires bigint not null,
    primary key (handle, scope)
);
create index value_handle_age on value_handle (expires);
