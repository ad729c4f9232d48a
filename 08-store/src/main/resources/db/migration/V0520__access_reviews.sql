-- What people decided when they reviewed what an agent may do in a workflow.
create table access_review (
    id varchar(64) not null primary key,
    agent varchar(256) not null,
    workflow varchar(256) not null,
    reviewer varchar(256) not null,
    verdict varchar(16) not null,
    dropped text not null,
    policy varchar(80) not null,
    reviewed_at bigint not null,
    next_at bigint not null
);
create index access_review_of on access_review (agent, workflow, reviewed_at);
