-- Supervision (practice 12.5): what a worker and whoever supervises them talk about. What is decided for a child stands on the child's
-- record as a note; what is said of the worker stands here, and two people read it.

create schema team;
comment on schema team is 'How a team works together: supervision, the register of practice audits, what somebody was told, mail that waits. No part of a child’s record.';
do $$
begin
  call foundation.grant_to('app', 'usage on schema team');
  call foundation.grant_to('jobs', 'usage on schema team');
end $$;

create table team.supervision (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  supervisor_id uuid not null references access.account,
  held_on date not null,
  wellbeing text,
  agreed text,
  next_on date check (next_on > held_on),
  filed_at timestamptz not null default clock_timestamp(),
  signed_at timestamptz,
  signed_words text,
  check (account_id <> supervisor_id),
  check (signed_at is not null or signed_words is null)
);
create index on team.supervision (account_id, held_on);
create index on team.supervision (supervisor_id);
comment on table team.supervision is 'Filed and so signed by whoever supervises; signed_at: by the worker. Never changed after that.';

create table team.supervision_child (
  supervision_id uuid not null references team.supervision,
  person_id uuid not null references record.person,
  -- The note on the child's record; gone with it when it was recorded on the wrong one.
  case_note_id uuid references record.case_note on delete set null,
  primary key (supervision_id, person_id)
);
create index on team.supervision_child (person_id);
create index on team.supervision_child (case_note_id) where case_note_id is not null;

alter table team.supervision enable row level security;
alter table team.supervision_child enable row level security;
do $$
begin
  execute format('create policy app_reads on team.supervision for select to %I using ((select access.recorder()) in (account_id, supervisor_id))', foundation.role_name('app'));
  execute format('create policy app_reads on team.supervision_child for select to %I using (supervision_id in (select s.id from team.supervision s))', foundation.role_name('app'));
  call foundation.grant_to('app', 'select on table team.supervision, team.supervision_child');
end $$;

-- Whom this session's account supervises: those named in the line, and for a team manager the workers of the team. With when
-- they were last supervised, by anybody.
create function team.my_workers()
  returns table (account_id uuid, name text, job_title text, last_on date, next_on date, last_id uuid, last_signed boolean, leaves_on date)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select a.id, a.display_name, a.job_title, last.held_on, last.next_on, case when me.id = last.supervisor_id then last.id end, last.signed_at is not null, a.active_to
    from (select access.recorder() as id) me
    join access.account a on a.id <> me.id and access.is_active(a.id)
    left join lateral (select s.* from team.supervision s where s.account_id = a.id order by s.held_on desc, s.id desc limit 1) last on true
   where exists (select from access.supervision s where s.account_id = a.id and s.supervisor_id = me.id
                    and s.from_day <= current_date and (s.to_day is null or s.to_day >= current_date))
      or 'A-TM' = any (access.roles_of(me.id)) and access.stands_above(me.id, a.id)
   order by last.held_on nulls first, lower(a.display_name)
$$;

-- Files a supervision by this session's account. in_children: [{ "person": …, "note": … }], notes that it has just written.
-- Null where it does not supervise that worker.
create function team.file_supervision(in_account uuid, in_held_on date, in_wellbeing text, in_agreed text, in_next_on date, in_children jsonb) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  made uuid;
begin
  if me is null or not access.stands_above(me, in_account) or in_held_on > current_date then
    return null;
  end if;
  insert into team.supervision (account_id, supervisor_id, held_on, wellbeing, agreed, next_on)
  values (in_account, me, in_held_on, in_wellbeing, in_agreed, in_next_on) returning id into made;
  insert into team.supervision_child (supervision_id, person_id, case_note_id)
    select made, c.person, n.id from jsonb_to_recordset(in_children) as c (person uuid, note uuid)
      join record.case_note n on n.id = c.note and n.person_id = c.person and n.author_id = me;
  perform access.tell(array[in_account], 'supervision-to-sign', null, me, made);
  return made;
end $$;

-- The worker signs, with words of their own if they like. False where it is not theirs, or is signed.
create function team.sign_supervision(in_supervision uuid, in_words text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s team.supervision;
begin
  update team.supervision x set signed_at = clock_timestamp(), signed_words = nullif(btrim(in_words), '')
   where x.id = in_supervision and x.account_id = access.recorder() and x.signed_at is null returning * into s;
  if s.id is null then
    return false;
  end if;
  perform access.tell(array[s.supervisor_id], 'supervision-signed', null, s.account_id, s.id);
  return true;
end $$;

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''supervision-to-sign''::text, ''supervision-signed''::text, ''audit-asked''::text, ''audit-found''::text, '));
end $$;

revoke execute on all routines in schema team from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function team.my_workers(), team.file_supervision(uuid, date, text, text, date, jsonb), team.sign_supervision(uuid, text)');
end $$;
