-- Behind the queries' own clauses (docs/adr/0030): rows of a tenant are there only for the tenant that the transaction
-- names, or for work that says why it sees every tenant. Runs again after each migration, so that a table that is new is
-- behind the wall from its first row on. Owners are not let through either.
do $$
declare
    walled record;
    kin constant text[] := array[
        'approval_shown', 'approval', 'approval',
        'approval_vote', 'approval', 'approval',
        'exception_evidence', 'exception_case', 'exception_id',
        'rollback_fate', 'rollback_run', 'run'];
begin
    for walled in
        select c.relname as name,
            format('%I = (select current_setting(''tollgate.tenant'', true))'
                ' or (select current_setting(''tollgate.across'', true)) <> ''''', a.attname) as rule
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
            and a.attname in ('tenant', 'tenant_id') and not a.attisdropped
        union all
        -- Lines of a row that is a tenant's: whoever sees the row sees them.
        select kin[at], format('exists (select 1 from %I whole where whole.id = %I.%I)', kin[at + 1], kin[at], kin[at + 2])
        from generate_series(1, array_length(kin, 1), 3) as at
    loop
        execute format('alter table %I enable row level security', walled.name);
        execute format('alter table %I force row level security', walled.name);
        execute format('drop policy if exists tenant_wall on %I', walled.name);
        execute format('create policy tenant_wall on %I using (%s)', walled.name, walled.rule);
    end loop;
end
$$
