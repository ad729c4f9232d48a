-- Personal values that the audit log only commits to. Erasing one empties its row and leaves the row, so that a check
-- can tell erased from lost. The only table of these that cannot be rebuilt from the log.
create table audit_payload (
    commitment varchar(64) not null primary key,
    entry varchar(64) not null,
    name varchar(32) not null,
    subject_scope varchar(256),
    subject_id varchar(256),
    salt varchar(64),
    content text,
    erased_at bigint
);
create index audit_payload_subject on audit_payload (subject_id);
create index audit_payload_entry on audit_payload (entry);

-- How far the log is indexed. Everything below is derived from the log.
create table audit_position (
    id bigint not null primary key check (id = 1),
    indexed bigint not null
);
insert into audit_position (id, indexed) values (1, 0);

create table audit_event (
    log_index bigint not null primary key,
    at bigint not null,
    kind varchar(32) not null,
    request_id varchar(256),
    decision_index bigint,
    agent varchar(256),
    user_id varchar(256),
    result varchar(64),
    decision_id varchar(256),
    token_id varchar(256)
);
create index audit_event_who on audit_event (agent, user_id, log_index);
create index audit_event_request on audit_event (request_id);
create index audit_event_decision on audit_event (decision_index);
create index audit_event_decision_id on audit_event (decision_id);
create index audit_event_token on audit_event (token_id);

create table audit_commitment (
    commitment varchar(64) not null primary key,
    log_index bigint not null
);
create index audit_commitment_index on audit_commitment (log_index);
