-- How many findings the returns of the running year would have on each child: worked out every night, so without
-- history, like the cards of lists; read by the list of one's own work, under that list's opening.

create table returns.record_count (
  person_id uuid primary key references record.person on delete cascade,
  -- As the DfE names it: 2024-25.
  collection text not null check (collection ~ '^20\d\d-\d\d$'),
  errors integer not null,
  queries integer not null,
  checked_at timestamptz not null default transaction_timestamp(),
  check (errors + queries > 0)
);
comment on table returns.record_count is 'Findings on each child who has some, as of the night: nobody else has a row.';
alter table returns.record_count enable row level security;

-- When the record was last checked as a whole, whatever was found.
create table returns.record_checked (
  only_one boolean primary key default true check (only_one),
  collection text not null,
  checked_at timestamptz not null
);

do $$
begin
  call foundation.grant_to('app', 'select on table returns.record_count, returns.record_checked');
  call foundation.grant_to('jobs', 'select, insert, delete on table returns.record_count');
  call foundation.grant_to('jobs', 'select, insert, delete on table returns.record_checked');
  execute format('create policy app_reads on returns.record_count for select to %I using (person_id = any ((select access.listed_ids())::uuid[]))', foundation.role_name('app'));
  execute format('create policy jobs_write on returns.record_count for all to %I using ((select access.run_is_open())) with check ((select access.run_is_open()))', foundation.role_name('jobs'));
end $$;
