-- The registers that the privacy notice is made from: lawful bases, recipients, retention, automated work, transfers,
-- sources, contact points, processors. Each entry is in force from a day on until another of the same key replaces it;
-- two people stand behind every change, and how things stood on a day, as known at a moment, can be told again (T16).
create schema governance;
comment on schema governance is 'Registers of what is done with personal information, and the privacy notices made from them. Holds nobody’s record.';

create table governance.entry (
  id uuid primary key default uuidv7(),
  register text not null check (register in ('lawful-bases', 'recipients', 'retention', 'automated', 'transfers', 'sources', 'contacts', 'processors')),
  key text not null check (key ~ '^[A-Z]+(-[A-Z0-9]+)+$'),
  body jsonb not null,
  -- The entry ends its key: nothing of that key is in force from the day on.
  ends boolean not null default false,
  valid_from date not null,
  state text not null check (state in ('proposed', 'approved', 'refused', 'taken-back')),
  -- What came with the software: nobody proposed it.
  shipped boolean not null default false,
  reason text,
  proposed_by uuid references access.account,
  proposed_at timestamptz not null default clock_timestamp(),
  decided_by uuid references access.account,
  decided_at timestamptz,
  words text,
  check (shipped = (proposed_by is null)),
  check (shipped or length(btrim(reason)) >= 3),
  check (state = 'proposed' or decided_at is not null),
  check (state <> 'refused' or length(btrim(words)) >= 3),
  -- T13: never one's own.
  constraint never_ones_own check (state = 'taken-back' or decided_by is distinct from proposed_by or decided_by is null)
);
create index on governance.entry (register, key, valid_from);
-- One proposal at a time for a key: two that wait would each be decided without the other.
create unique index one_proposal on governance.entry (register, key) where state = 'proposed';

-- What was in force on a day, as it was known at a moment.
create function governance.in_force(in_register text, in_on date, in_known timestamptz default 'infinity') returns setof governance.entry
  language sql stable
  set search_path = pg_catalog, pg_temp
begin atomic
  select (e).* from (
    select distinct on (e.key) e from governance.entry e
     where e.register = in_register and e.state = 'approved' and e.valid_from <= in_on and e.decided_at <= in_known
     order by e.key, e.valid_from desc, e.decided_at desc
  ) latest where not (e).ends;
end;

create table governance.notice (
  id uuid primary key default uuidv7(),
  layer text not null check (layer in ('families', 'children', 'carers', 'workforce')),
  -- The sections as they are read, with what of the registers each covers.
  sections jsonb not null,
  fingerprint text not null,
  state text not null check (state in ('proposed', 'published', 'refused', 'taken-back')),
  proposed_by uuid not null references access.account,
  proposed_at timestamptz not null default clock_timestamp(),
  reason text not null check (length(btrim(reason)) >= 3),
  decided_by uuid references access.account,
  decided_at timestamptz,
  words text,
  check (state = 'proposed' or decided_at is not null),
  check (state <> 'refused' or length(btrim(words)) >= 3),
  constraint never_ones_own check (state = 'taken-back' or decided_by is distinct from proposed_by)
);
create index on governance.notice (layer, decided_at);
create unique index one_notice_proposed on governance.notice (layer) where state = 'proposed';
comment on table governance.notice is 'Every version of the privacy notice that was published, as it was read.';

-- Who keeps the registers (governance E.2: A-IG, A-CG, A-DPO).
create function governance.keeper(in_secret text, in_decides boolean) returns access.session
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not (access.is_active(s.account_id)
          and access.roles_of(s.account_id) && case when in_decides then '{A-DPO,A-CG,A-SM}'::text[] else '{A-IG,A-DPO,A-CG}'::text[] end) then
    raise exception 'Registers are kept by information governance' using errcode = 'CA006';
  end if;
  return s;
end $$;

create function governance.propose(in_secret text, in_register text, in_key text, in_body jsonb, in_ends boolean, in_from date, in_reason text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := governance.keeper(in_secret, false);
  made uuid;
begin
  insert into governance.entry (register, key, body, ends, valid_from, state, reason, proposed_by)
  values (in_register, in_key, in_body, in_ends, in_from, 'proposed', btrim(in_reason), s.account_id)
  on conflict (register, key) where state = 'proposed' do nothing
  returning id into made;
  if made is not null then
    perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'register change proposed', 'entry', made, 'register', in_register,
      'key', in_key, 'outcome', 'done', 'session', s.id));
  end if;
  return made;
end $$;

-- Decides on a proposal. Returns null when it waits no more, or is one’s own to approve.
create function governance.decide(in_secret text, in_entry uuid, in_outcome text, in_words text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := governance.keeper(in_secret, in_outcome <> 'taken-back');
  decided uuid;
begin
  update governance.entry e set state = in_outcome, decided_by = s.account_id, decided_at = clock_timestamp(), words = nullif(btrim(in_words), '')
   where e.id = in_entry and e.state = 'proposed' and in_outcome in ('approved', 'refused', 'taken-back')
     and (in_outcome = 'taken-back') = (e.proposed_by is not distinct from s.account_id)
  returning e.id into decided;
  if decided is not null then
    perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'register change ' || in_outcome, 'entry', decided, 'outcome', 'done',
      'session', s.id));
  end if;
  return decided;
end $$;

create function governance.propose_notice(in_secret text, in_layer text, in_sections jsonb, in_fingerprint text, in_reason text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := governance.keeper(in_secret, false);
  made uuid;
begin
  insert into governance.notice (layer, sections, fingerprint, state, proposed_by, reason)
  values (in_layer, in_sections, in_fingerprint, 'proposed', s.account_id, btrim(in_reason))
  on conflict (layer) where state = 'proposed' do nothing
  returning id into made;
  if made is not null then
    perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'notice proposed', 'notice', made, 'layer', in_layer, 'outcome', 'done',
      'session', s.id));
  end if;
  return made;
end $$;

create function governance.decide_notice(in_secret text, in_notice uuid, in_outcome text, in_words text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := governance.keeper(in_secret, in_outcome <> 'taken-back');
  decided uuid;
begin
  update governance.notice n set state = in_outcome, decided_by = s.account_id, decided_at = clock_timestamp(), words = nullif(btrim(in_words), '')
   where n.id = in_notice and n.state = 'proposed' and in_outcome in ('published', 'refused', 'taken-back')
     and (in_outcome = 'taken-back') = (n.proposed_by = s.account_id)
  returning n.id into decided;
  if decided is not null then
    perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'notice ' || in_outcome, 'notice', decided, 'outcome', 'done',
      'session', s.id));
  end if;
  return decided;
end $$;

-- What the record can hold, for whoever makes a notice: field groups that have a column, and which are special.
create function governance.groups_held() returns table (code text, name text, sensitivity text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
begin atomic
  select g.code, g.name, g.sensitivity from foundation.field_group g
   where exists (select from foundation.field f where f.field_group = g.code)
      or exists (select from foundation.kept_table t where t.field_group = g.code) order by g.code;
end;

revoke execute on all routines in schema governance from public;
do $$
begin
  call foundation.grant_to('app', 'usage on schema governance');
  call foundation.grant_to('app', 'select on table governance.entry, governance.notice');
  call foundation.grant_to('app', 'execute on function governance.in_force(text, date, timestamptz), governance.groups_held(), '
    || 'governance.propose(text, text, text, jsonb, boolean, date, text), governance.decide(text, uuid, text, text), '
    || 'governance.propose_notice(text, text, jsonb, text, text), governance.decide_notice(text, uuid, text, text)');
  call foundation.grant_to('jobs', 'usage on schema governance');
  call foundation.grant_to('jobs', 'select on table governance.entry, governance.notice');
  call foundation.grant_to('jobs', 'execute on function governance.in_force(text, date, timestamptz), governance.groups_held()');
end $$;
