-- What is old is found by its time alone.
create index journal_change_old on journal_change (at);
create index rollback_run_old on rollback_run (ended_at);
