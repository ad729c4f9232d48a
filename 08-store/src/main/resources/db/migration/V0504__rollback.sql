-- What people ask to be taken back: a node that runs does it. `which` says which changes, as canonical JSON.
create table rollback_run (
    id varchar(64) not null primary key,
    tenant varchar(256) not null,
    which text not null,
    apply bigint not null,
    asked_by varchar(256) not null,
    why varchar(1000) not null,
    asked_at bigint not null,
    state varchar(16) not null,
    claimed_until bigint,
    ended_at bigint,
    problem varchar(500)
);
create index rollback_run_state on rollback_run (state, asked_at);
create index rollback_run_list on rollback_run (tenant, asked_at, id);

-- What became of each change of a run, the newest first.
create table rollback_fate (
    run varchar(64) not null references rollback_run (id),
    position bigint not null,
    change_id varchar(256) not null,
    fate varchar(16) not null,
    edited_by varchar(256),
    primary key (run, position)
);
