-- What was withheld from agents and what they were shown, as keyed fingerprints: eight bytes each, without the key no
-- more than a length. Agents, persons, customers and sessions are digests. `word` is `shown`, `withheld:CLASS`, or
-- `full` where more was to be kept than has a place.
create table flow_print (
    subject varchar(128) not null,
    about varchar(128) not null,
    word varchar(160) not null,
    id varchar(128) not null,
    prints bytea not null,
    seen_at bigint not null,
    primary key (subject, about, word, id)
);
create index flow_print_age on flow_print (seen_at);
