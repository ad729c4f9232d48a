-- What people decided, on its way into the audit log of a node that runs. Written with the decision itself.
create table governance_note (
    id varchar(128) not null primary key,
    event varchar(32) not null,
    by_whom varchar(256) not null,
    at bigint not null,
    detail text not null
);
create index governance_note_at on governance_note (at, id);
