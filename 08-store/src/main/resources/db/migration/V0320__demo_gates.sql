-- What people must approve before an agent changes it, and what the notes of a case are about.

alter table "demo_account" add column "compliance_status" text not null default 'clear';
alter table "demo_case" add column "internal_notes_category" text not null default 'none';
