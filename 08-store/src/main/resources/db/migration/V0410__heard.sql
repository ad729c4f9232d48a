-- What tasks were told, as filters over keyed digests: nothing in here can be read, only recognised.
create table heard_words (
    task varchar(128) not null,
    hearing varchar(32) not null,
    entries bigint not null,
    words bytea not null,
    ends_at bigint not null,
    primary key (task, hearing)
);
create index heard_words_age on heard_words (ends_at);
