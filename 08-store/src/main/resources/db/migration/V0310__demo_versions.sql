-- A row of the demo CRM tells its state: the number grows with every change, and a change names the one it was decided on.

alter table "demo_account" add column "row_version" bigint not null default 1;
alter table "demo_contact" add column "row_version" bigint not null default 1;
alter table "demo_lead" add column "row_version" bigint not null default 1;
alter table "demo_opportunity" add column "row_version" bigint not null default 1;
alter table "demo_case" add column "row_version" bigint not null default 1;
alter table "demo_order" add column "row_version" bigint not null default 1;
alter table "demo_invoice" add column "row_version" bigint not null default 1;
alter table "demo_payment" add column "row_version" bigint not null default 1;
alter table "demo_activity" add column "row_version" bigint not null default 1;
alter table "demo_note" add column "row_version" bigint not null default 1;
alter table "demo_escalation_note" add column "row_version" bigint not null default 1;
alter table "demo_article" add column "row_version" bigint not null default 1;
alter table "demo_refund_request" add column "row_version" bigint not null default 1;
