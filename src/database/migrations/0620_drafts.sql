-- What somebody is still writing. A draft is no part of the record yet: it belongs to whoever writes it, is emptied in
-- the transaction that files it, and keeps no history (src/forms/drafts.ts says how two who write in one form are
-- brought together). The text is about children all the same, so row security stands on each table.

create schema forms;

create table forms.draft (
  id uuid primary key,
  -- Which form: 'visit-or-note'.
  form text not null check (form ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- Where to go on with it: a path of this service.
  address text not null check (address ~ '^/[^/]'),
  about uuid[] not null check (cardinality(about) between 1 and 50),
  account_id uuid not null references access.account,
  -- The field group of what it will be; and, where several write in one form, what that form is of: an assessment's id.
  field_group text not null,
  shared_as uuid,
  started_at timestamptz not null default clock_timestamp(),
  saved_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  ended_because text check (ended_because in ('filed', 'put away')),
  check ((ended_at is null) = (ended_because is null))
);
create index on forms.draft (account_id) where ended_at is null;
create index on forms.draft using gin (about) where ended_at is null;
create unique index on forms.draft (form, shared_as) where shared_as is not null and ended_at is null;
comment on table forms.draft is 'Not yet filed. Filed: its words are gone from here in the transaction that made the fact. Put away: they wait a month for whoever wants them back.';

create table forms.draft_field (
  draft_id uuid not null references forms.draft,
  name text not null check (length(name) between 1 and 200),
  -- Text, or a list of what was ticked.
  value jsonb not null check (jsonb_typeof(value) in ('string', 'array')),
  version integer not null default 1,
  account_id uuid not null references access.account,
  -- The window it was typed in, and the number of that window's message: a message sent twice is one.
  window_id uuid not null,
  sent integer not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (draft_id, name)
);

create table forms.draft_other (
  id uuid primary key default uuidv7(),
  draft_id uuid not null references forms.draft,
  name text not null,
  value jsonb not null,
  account_id uuid not null references access.account,
  window_id uuid not null,
  kept_at timestamptz not null default clock_timestamp(),
  unique (draft_id, name, account_id, window_id)
);
comment on table forms.draft_other is 'What one person wrote in a field while another wrote something else there: kept beside it until one of them decides.';

create table forms.draft_window (
  draft_id uuid not null references forms.draft,
  window_id uuid not null,
  session_id uuid not null references access.session,
  account_id uuid not null references access.account,
  -- Where the cursor stands: { field, start, end }.
  cursor jsonb,
  admitted_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  primary key (draft_id, window_id)
);
create index on forms.draft_window (session_id);
comment on table forms.draft_window is 'A window in which the draft is open. For a form that several write in, its row is made only under an opening to write.';

-- The drafts this session may write in: its account's own, and shared ones that it opened under an opening to write, as
-- long as need to know still says yes.
create function forms.open_drafts() returns uuid[]
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return array(
    select d.id from access.session_now s join forms.draft d on d.account_id = s.account_id and d.shared_as is null
    union all
    select d.id from access.session_now s
      join forms.draft_window w on w.session_id = s.id
      join forms.draft d on d.id = w.draft_id and d.shared_as is not null and d.ended_at is null
     where (access.decide(s.account_id, d.about[1], array[d.field_group], 'full', true, null)).outcome = 'allowed');

-- Opens a window on a draft, making the draft when there is none. The answer is the draft's id: for a form that several
-- write in, the one that is there. Null: it is somebody else's, or the record was not opened to write. A window that is
-- open stays so; whether its account may still write is asked at every save (open_drafts).
create function forms.open_draft(in_secret text, in_draft uuid, in_form text, in_address text, in_about uuid[], in_group text,
    in_shared_as uuid, in_window uuid) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  d forms.draft;
begin
  select x.* into d from forms.draft_window w join forms.draft x on x.id = w.draft_id
   where w.window_id = in_window and w.session_id = s.id;
  if d.id is not null then
    return d.id;
  end if;
  if in_shared_as is not null then
    if not in_about <@ access.writable_ids(in_group) then
      return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('draft ' || in_form || in_shared_as, 0));
    select * into d from forms.draft x where x.form = in_form and x.shared_as = in_shared_as and x.ended_at is null;
  else
    select * into d from forms.draft x where x.id = in_draft;
    if d.id is not null and (d.account_id <> s.account_id or d.shared_as is not null) then
      return null;
    end if;
  end if;
  if d.id is null then
    insert into forms.draft (id, form, address, about, account_id, field_group, shared_as)
    values (in_draft, in_form, in_address, in_about, s.account_id, in_group, in_shared_as) returning * into d;
  end if;
  insert into forms.draft_window (draft_id, window_id, session_id, account_id) values (d.id, in_window, s.id, s.account_id)
  on conflict (draft_id, window_id) do update set session_id = excluded.session_id, seen_at = clock_timestamp()
   where draft_window.account_id = excluded.account_id;
  return d.id;
end $$;

-- Filed: the words now stand in the record, and no longer here.
create function forms.end_draft(in_draft uuid, in_because text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update forms.draft d set ended_at = clock_timestamp(), ended_because = in_because
   where d.id = in_draft and d.ended_at is null and d.id = any (forms.open_drafts());
  if not found then
    return false;
  end if;
  if in_because = 'filed' then
    delete from forms.draft_field where draft_id = in_draft;
    delete from forms.draft_other where draft_id = in_draft;
  end if;
  delete from forms.draft_window where draft_id = in_draft;
  return true;
end $$;

create function forms.take_up_again(in_draft uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update forms.draft d set ended_at = null, ended_because = null, saved_at = clock_timestamp()
   where d.id = in_draft and d.ended_because = 'put away' and d.account_id = access.recorder()
     and exists (select from forms.draft_field f where f.draft_id = d.id);
  return found;
end $$;

-- Decided: what was kept beside a field goes.
create function forms.drop_others(in_draft uuid, in_name text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  delete from forms.draft_other o where o.draft_id = in_draft and o.name = in_name and o.draft_id = any (forms.open_drafts())
$$;

-- Nightly: what was put away a month ago, and windows nobody has looked at for a day.
create function forms.clear_old() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  cleared uuid[] := array(select d.id from forms.draft d where d.ended_because = 'put away' and d.ended_at < clock_timestamp() - interval '30 days');
begin
  delete from forms.draft_field where draft_id = any (cleared);
  delete from forms.draft_other where draft_id = any (cleared);
  delete from forms.draft_window where seen_at < clock_timestamp() - interval '1 day';
  return cardinality(cleared);
end $$;

alter table forms.draft enable row level security;
alter table forms.draft_field enable row level security;
alter table forms.draft_other enable row level security;
alter table forms.draft_window enable row level security;
revoke execute on all routines in schema forms from public;
do $$
declare
  app name := foundation.role_name('app');
  held name;
begin
  call foundation.grant_to('app', 'usage on schema forms');
  call foundation.grant_to('jobs', 'usage on schema forms');
  call foundation.grant_to('app', 'select on table forms.draft, forms.draft_field, forms.draft_other, forms.draft_window');
  call foundation.grant_to('app', 'update (saved_at, address) on table forms.draft');
  call foundation.grant_to('app', 'insert, update on table forms.draft_field, forms.draft_other');
  call foundation.grant_to('app', 'update (cursor, seen_at) on table forms.draft_window');
  call foundation.grant_to('app', 'execute on function forms.open_drafts(), forms.open_draft(text, uuid, text, text, uuid[], text, uuid, uuid), '
    || 'forms.end_draft(uuid, text), forms.take_up_again(uuid), forms.drop_others(uuid, text)');
  call foundation.grant_to('jobs', 'execute on function forms.clear_old()');
  execute format('create policy writer on forms.draft for all to %I using (id = any ((select forms.open_drafts())::uuid[]))', app);
  foreach held in array array['draft_field', 'draft_other', 'draft_window']::name[] loop
    execute format('create policy writer on forms.%I for all to %I using (draft_id = any ((select forms.open_drafts())::uuid[])) with check (draft_id = any ((select forms.open_drafts())::uuid[]))', held, app);
  end loop;
end $$;
