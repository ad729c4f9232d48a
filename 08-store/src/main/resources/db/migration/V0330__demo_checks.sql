-- What a fraud check looks at, and which policies a case falls under.

alter table "demo_account" add column "fraud_status" text not null default 'clear';
alter table "demo_case" add column "policy_set" text not null default 'standard';
