-- Answers that showed what nearly nobody may see, in the slots of what an agent tried.
alter table risk_slot add column sensitive bigint not null default 0;

-- When each version of an agent was first seen, on any node.
create table agent_version (
    agent varchar(256) not null,
    version varchar(128) not null,
    first_seen bigint not null,
    primary key (agent, version)
);
