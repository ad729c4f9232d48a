-- What was noticed of an agent, each thing once: texts, cases and calls are digests.
create table risk_sign (
    agent varchar(256) not null,
    sign varchar(64) not null,
    item varchar(128) not null,
    seen_at bigint not null,
    primary key (agent, sign, item)
);
