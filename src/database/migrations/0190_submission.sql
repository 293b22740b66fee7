-- Forms that were already filed: a form sent twice is filed once (src/web/once.ts).

create table access.submission (
  key uuid primary key,
  account_id uuid not null,
  led_to text,
  received_at timestamptz not null default now()
);

comment on table access.submission is
  'One row for each form that was filed, made in the transaction of its fact. Kept for a week; it holds an address and no content.';

create index on access.submission (received_at);

do $$
begin
  call foundation.grant_to('app', 'select, insert on table access.submission');
  call foundation.grant_to('app', 'update (led_to) on table access.submission');
  call foundation.grant_to('jobs', 'select, delete on table access.submission');
end $$;
