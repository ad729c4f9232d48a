-- What a subject has used of a budget, in slots of a twelfth of the budget's window; `slot` is when the slot began.
create table budget_slot (
    subject varchar(600) not null,
    budget varchar(64) not null,
    slot bigint not null,
    used bigint not null check (used >= 0),
    primary key (subject, budget, slot)
);

-- What an agent tried and what was denied, in slots of a minute.
create table risk_slot (
    agent varchar(256) not null,
    slot bigint not null,
    calls bigint not null,
    denied bigint not null,
    primary key (agent, slot)
);
