-- 1 once the words of the articles are in their index.
alter table "demo_loaded" add column "knowledge" bigint not null default 0;
