-- What documents carry, as labels, and which kill switches take their keys away: digests of scopes.
alter table artifact add column labels text not null default '';
create table artifact_end (
    holder varchar(128) not null,
    scope varchar(128) not null,
    primary key (holder, scope)
);
create index artifact_ended on artifact_end (scope);
