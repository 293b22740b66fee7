-- For you says what waits for one's signature and what became of what one submitted; and what has been answered is no longer unread.

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''sign-asked''::text, ''sign-returned''::text, ''sign-authorised''::text, '));
end $$;

create or replace function access.is_for_you(in_kind text) returns boolean
  language sql immutable
  set search_path = pg_catalog, pg_temp
  return in_kind = 'happened' or in_kind ~ '^(transfer|supervision|audit|sign)-';

-- One line for one piece of work however many children it is about, and anew each time it is submitted.
create function foundation.tell_of_signature() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  people uuid[] := access.alias_set(new.person_id);
  told uuid[];
begin
  if session_user <> foundation.role_name('app') then
    return null;
  end if;
  if new.act = 'submitted' then
    told := array(
      select one from (select unnest(access.managers_over(people)) as one
                       union select w.account_id from access.works_with w where w.person_id = any (people) and w.account_id is not null) near
       where one is distinct from new.account_id and access.is_active(one) and access.conflict_between(one, people) is null
         and access.roles_of(one) && (select k.roles from foundation.signed_kind k where k.kind = new.kind)
         and (select held.level < 2 or held.named from access.restriction_held(people, one) held));
  else
    -- It waits for nobody any more.
    update access.notice set read_at = coalesce(read_at, clock_timestamp()) where kind = 'sign-asked' and about_id = new.work_id;
    told := array(select distinct s.account_id from record.sign_off s
                   where s.fact_id = new.fact_id and s.act = 'submitted' and s.account_id <> new.account_id and new.act in ('returned', 'authorised'));
  end if;
  insert into access.notice (to_account_id, kind, person_id, about_account_id, about_id)
    select one, case new.act when 'submitted' then 'sign-asked' else 'sign-' || new.act end, new.person_id, new.account_id, new.work_id
      from unnest(told) as one
  on conflict (to_account_id, kind, about_id) do update set made_at = excluded.made_at, read_at = null, about_account_id = excluded.about_account_id
    where access.notice.person_id = excluded.person_id;
  return null;
end $$;
create trigger tell_of_signature after insert on record.sign_off for each row execute function foundation.tell_of_signature();

-- Signed, and answered: nobody has to say besides that they have read it.
create function foundation.read_when_answered() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update access.notice set read_at = clock_timestamp() where kind = tg_argv[0] and about_id = new.id and read_at is null;
  return null;
end $$;
create trigger read_when_signed after update on team.supervision for each row when (new.signed_at is not null)
  execute function foundation.read_when_answered('supervision-to-sign');
create trigger read_when_answered after update on record.transfer for each row when (new.answer is not null)
  execute function foundation.read_when_answered('transfer-asked');

revoke execute on all routines in schema foundation, access from public;
