-- Changes that were made, or tried: written before each, completed after it. `seq` counts the changes of one record.
create table journal_change (
    id varchar(256) not null primary key,
    tenant varchar(256) not null,
    agent varchar(256) not null,
    user_id varchar(256) not null,
    task varchar(256) not null,
    rule varchar(256) not null,
    system varchar(256) not null,
    object varchar(64) not null,
    record_id varchar(256),
    change text not null,
    reason varchar(256) not null,
    decision_index bigint not null,
    at bigint not null,
    seq bigint not null,
    outcome varchar(16) not null,
    after_image text,
    new_version text,
    finished_at bigint,
    revert varchar(16),
    claimed_until bigint,
    revert_from text,
    revert_to text,
    reverted_at bigint
);
create index journal_change_agent on journal_change (tenant, agent, at);
create index journal_change_at on journal_change (tenant, at);
create index journal_change_task on journal_change (tenant, task, at);
create index journal_change_record on journal_change (tenant, system, object, record_id, seq);
