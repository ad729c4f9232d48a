-- What was answered on cases of the demo CRM, as the customer reads it.

create table "demo_case_reply" (
    "id" varchar(256) not null primary key,
    "case_id" varchar(256) not null,
    "account_id" varchar(256) not null,
    "contact_id" varchar(256) not null,
    "sent_to" text,
    "body" text not null,
    "tenant_id" varchar(256) not null,
    "created_at" bigint not null
);
create index "demo_case_reply_case" on "demo_case_reply" ("case_id");
