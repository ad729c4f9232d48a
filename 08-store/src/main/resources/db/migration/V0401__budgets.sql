-- Different things that a subject has touched: customers it was shown, records it changed. `item` is a digest.
create table budget_seen (
    subject varchar(600) not null,
    budget varchar(64) not null,
    item varchar(128) not null,
    seen_at bigint not null,
    primary key (subject, budget, item)
);
create index budget_seen_age on budget_seen (seen_at);
create index budget_slot_age on budget_slot (slot);
