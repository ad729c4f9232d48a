-- Changes that wait for a person, or waited. `bound` is the digest of everything that an approval covers; `call_key` is the
-- digest of who calls what on which record, without values: it finds approvals that something else has overtaken.
create table approval (
    id varchar(64) not null primary key,
    tenant varchar(256) not null,
    agent varchar(256) not null,
    user_id varchar(256) not null,
    bound varchar(80) not null,
    call_key varchar(80) not null,
    digest varchar(80) not null,
    change text not null,
    rule varchar(256) not null,
    approvers bigint not null,
    step_up bigint not null,
    roles text not null,
    justification text not null,
    agent_owner varchar(256),
    nonce varchar(64) not null,
    decoy bigint not null,
    state varchar(16) not null,
    why varchar(64),
    asked_at bigint not null,
    expires_at bigint not null,
    granted_at bigint,
    granted_until bigint
);
create index approval_bound on approval (bound, state);
create index approval_call on approval (call_key, state);
create index approval_open on approval (tenant, state, asked_at, id);
create index approval_state on approval (state, agent);
create index approval_expires on approval (expires_at);

-- When an approver first saw a change: nobody decides before the dwell time is over.
create table approval_shown (
    approval varchar(64) not null references approval (id),
    approver varchar(256) not null,
    shown_at bigint not null,
    primary key (approval, approver)
);

-- Who decided, once each.
create table approval_vote (
    approval varchar(64) not null references approval (id),
    approver varchar(256) not null,
    verdict varchar(16) not null,
    justification text not null,
    step_up_at bigint,
    step_up_method varchar(64),
    voted_at bigint not null,
    primary key (approval, approver)
);
create index approval_vote_rate on approval_vote (approver, voted_at);

-- Kill switches that are on.
create table halt (
    kind varchar(16) not null,
    subject varchar(600) not null,
    set_by varchar(256) not null,
    why varchar(1000) not null,
    set_at bigint not null,
    primary key (kind, subject)
);

-- Every time one was switched, on or off.
create table halt_history (
    id varchar(64) not null primary key,
    kind varchar(16) not null,
    subject varchar(600) not null,
    switched_on bigint not null,
    switched_by varchar(256) not null,
    why varchar(1000) not null,
    switched_at bigint not null
);
create index halt_history_at on halt_history (switched_at, id);
