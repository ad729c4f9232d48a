-- Policy bundles that were activated here, by digest, with every byte: what decided an old call can be read again.
create table policy_bundle (
    version varchar(80) not null primary key,
    name varchar(256) not null,
    label varchar(256) not null,
    compiled bytea not null,
    added_at bigint not null
);

create table policy_file (
    version varchar(80) not null references policy_bundle (version),
    path varchar(256) not null,
    content bytea not null,
    primary key (version, path)
);

-- Which version is in force, as a history; the highest number counts.
create table policy_activation (
    activation bigint not null primary key,
    version varchar(80) not null references policy_bundle (version),
    activated_by varchar(256) not null,
    activated_at bigint not null
);
