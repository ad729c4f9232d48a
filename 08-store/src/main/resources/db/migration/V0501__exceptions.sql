-- Calls that failed a rule, tripped a budget or an anomaly, and wait for a person. `amount` counts those that came in a flood.
create table exception_case (
    id varchar(64) not null primary key,
    tenant varchar(256) not null,
    kind varchar(32) not null,
    agent varchar(256) not null,
    user_id varchar(256),
    rule varchar(256) not null,
    owner varchar(256) not null,
    reason varchar(500) not null,
    severity varchar(16) not null,
    state varchar(16) not null,
    amount bigint not null,
    opened_at bigint not null,
    last_at bigint not null,
    review_by bigint not null,
    remedy_by bigint not null,
    review_escalated_at bigint,
    remedy_escalated_at bigint,
    taken_by varchar(256),
    taken_at bigint,
    resolution varchar(32),
    remark varchar(2000),
    resolved_by varchar(256),
    resolved_at bigint
);
create index exception_case_list on exception_case (tenant, state, opened_at, id);
create index exception_case_flood on exception_case (tenant, agent, kind, rule, opened_at);
create index exception_case_review on exception_case (state, review_by);
create index exception_case_remedy on exception_case (state, remedy_by);

-- Where the audit log has the calls, up to a hundred an exception.
create table exception_evidence (
    exception_id varchar(64) not null references exception_case (id),
    log_index bigint not null,
    primary key (exception_id, log_index)
);
