-- Nodes that share a database have a log each: the index tells them apart. An entry names its personal values by a
-- number that only grows, so that values are appended and not scattered: a random key for each cost a call more than
-- its decision. Made before the first release: no log whose values must be kept is older.
drop table audit_commitment;
drop table audit_event;
drop table audit_position;
drop table audit_payload;

create table audit_log (
    id bigint not null primary key,
    name varchar(64) not null unique,
    indexed bigint not null
);

-- Personal values that the audit log only commits to. Erasing one empties its row and leaves the row, so that a check
-- can tell erased from lost. The only table of these that cannot be rebuilt from the log.
create table audit_value (
    id bigint not null,
    name varchar(32) not null,
    commitment varchar(64) not null,
    subject_scope varchar(256),
    subject_id varchar(256),
    salt varchar(64),
    content text,
    erased_at bigint,
    primary key (id, name)
);
create index audit_value_subject on audit_value (subject_id) where subject_id is not null;

create table audit_event (
    log_id bigint not null,
    log_index bigint not null,
    at bigint not null,
    kind varchar(32) not null,
    request_id varchar(256),
    decision_index bigint,
    agent varchar(256),
    user_id varchar(256),
    result varchar(64),
    decision_id varchar(256),
    token_id varchar(256),
    value_id bigint,
    primary key (log_id, log_index)
);
create index audit_event_who on audit_event (agent, user_id, log_index) where agent is not null;
create index audit_event_request on audit_event (request_id) where request_id is not null;
create index audit_event_decision on audit_event (decision_index) where decision_index is not null;
create index audit_event_decision_id on audit_event (decision_id) where decision_id is not null;
create index audit_event_value on audit_event (value_id) where value_id is not null;
