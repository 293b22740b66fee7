-- A child goes from one worker or team to another (practice 12.4): proposed with a summary, answered by a manager of the
-- team that is asked, and carried out on its day. Nobody is without somebody who answers for them: the one leaves on the
-- day the other begins, and until that day both work with the child.

insert into access.rule (rank, code, says) values (29, 'transfer', 'you are asked to take this child on');

-- Whoever decides whether to take a child on reads what there is to know for it, and writes nothing but the answer.
insert into access.role_reach (role, rule, level, groups, may_write)
  select role, 'transfer', 'summary', '{F01,F02,F03,F05,F07,F08,F09,F10,F20,F22,F24,F25,F26}', false
    from unnest('{A-TM,A-SM}'::text[]) as role;

do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'tie_kind_check' and conrelid = 'access.tie'::regclass);
begin
  alter table access.tie drop constraint tie_kind_check;
  execute format('alter table access.tie add constraint tie_kind_check %s', regexp_replace(says, 'ARRAY\[', 'ARRAY[''transfer''::text, '));
  says := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''transfer-asked''::text, ''transfer-accepted''::text, ''transfer-returned''::text, ''transfer-withdrawn''::text, '));
end $$;

create table record.transfer (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  written_together uuid not null,
  from_account_id uuid references access.account,
  from_team_id uuid references access.team,
  to_account_id uuid references access.account,
  to_team_id uuid not null references access.team,
  proposed_on date not null,
  effective_on date not null check (effective_on >= proposed_on),
  summary text not null check (length(btrim(summary)) >= 3),
  answer text check (answer in ('accepted', 'returned', 'withdrawn')),
  answered_on date,
  answered_by uuid references access.account,
  answer_words text,
  accepted_on date generated always as (case when answer = 'accepted' then answered_on end) stored,
  returned_on date generated always as (case when answer = 'returned' then answered_on end) stored,
  check ((answer is null) = (answered_on is null) and (answer is null) = (answered_by is null)),
  check (answer is distinct from 'returned' or length(btrim(answer_words)) >= 3)
);
create index on record.transfer (person_id, proposed_on);
create unique index transfer_one_open on record.transfer (person_id) where answer is null;
create index transfer_waiting on record.transfer (to_team_id) where answer is null;
comment on table record.transfer is 'Written by record.propose_transfer and record.answer_transfer alone.';
call foundation.keep('record.transfer', 'F25', $$
  written_together | F25 | ordinary | with record | holds together what was proposed at once
  from_account_id  | F26 | ordinary | with record | about a worker; shown by name
  from_team_id     | F26 | ordinary | with record | yes
  to_account_id    | F26 | ordinary | with record | about a worker; shown by name
  to_team_id       | F26 | ordinary | with record | yes
  proposed_on      | F26 | ordinary | with record | yes
  effective_on     | F26 | ordinary | with record | yes
  summary          | F25 | special  | with record | yes
  answer           | F26 | ordinary | with record | yes
  answered_on      | F26 | ordinary | with record | yes
  answered_by      | F26 | ordinary | with record | about a worker; shown by name
  answer_words     | F25 | special  | with record | yes
  accepted_on      | F26 | ordinary | with record | says when it was accepted, as answered_on does
  returned_on      | F26 | ordinary | with record | says when it was returned, as answered_on does
$$);
do $$
begin
  call foundation.revoke_from('app', 'insert, update on table record.transfer');
end $$;
call foundation.tells('record.transfer', 'proposed_on', 'transfer-proposed');
call foundation.tells('record.transfer', 'accepted_on', 'transfer-accepted');
call foundation.tells('record.transfer', 'returned_on', 'transfer-returned');

-- Who may take a child on for a team: its managers, or those of the nearest team above that has some.
create function access.receivers_of(in_team uuid) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  team uuid := in_team;
  found_managers uuid[];
begin
  for step in 1 .. 10 loop
    select array_agg(distinct m.account_id) into found_managers
      from access.membership m
      join access.account_role r on r.account_id = m.account_id and r.role in ('A-TM', 'A-SM')
       and r.from_day <= current_date and (r.to_day is null or r.to_day >= current_date)
     where m.team_id = team and m.from_day <= current_date and (m.to_day is null or m.to_day >= current_date)
       and access.is_active(m.account_id);
    exit when found_managers is not null;
    select t.parent_id into team from access.team t where t.id = team;
    exit when team is null;
  end loop;
  return coalesce(found_managers, '{}');
end $$;

create function record.carry_out_transfer(in_transfer record.transfer) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  people uuid[] := access.alias_set(in_transfer.person_id);
begin
  set constraints record.involvement_one_allocated_worker deferred;
  update record.involvement set to_day = in_transfer.effective_on
   where person_id = any (people) and from_day <= in_transfer.effective_on and (to_day is null or to_day > in_transfer.effective_on)
     and (kind = 'allocated' or kind = 'team' and (in_transfer.to_account_id is not null or team_id is distinct from in_transfer.to_team_id));
  insert into record.involvement (person_id, kind, account_id, team_id, from_day)
  values (in_transfer.person_id, case when in_transfer.to_account_id is null then 'team' else 'allocated' end,
          in_transfer.to_account_id, in_transfer.to_team_id, in_transfer.effective_on);
  -- Until then the one who comes works beside the one who goes.
  if in_transfer.to_account_id is not null and in_transfer.effective_on > current_date then
    insert into record.involvement (person_id, kind, account_id, from_day, to_day)
    values (in_transfer.person_id, 'co-working', in_transfer.to_account_id, current_date, in_transfer.effective_on);
  end if;
end $$;

-- Proposes a transfer of each of these children. Where whoever proposes answers for the team that takes them, it is accepted at once.
-- Returns the children it was proposed for: a child whose record is not open for writing, who has no worker or team, or who
-- waits for the answer to another transfer is left out.
create function record.propose_transfer(in_people uuid[], in_summaries text[], in_to_account uuid, in_to_team uuid, in_on date)
  returns table (person uuid, transfer uuid, accepted boolean)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  me uuid := access.recorder();
  together uuid := uuidv7();
  receivers uuid[] := access.receivers_of(in_to_team);
  at_once boolean := me = any (receivers);
  child uuid;
  made record.transfer;
  present record;
begin
  if me is null or in_on < current_date then
    return;
  end if;
  if in_to_account is not null and not (access.is_active(in_to_account) and in_to_team = any (access.teams_of(in_to_account))) then
    return;
  end if;
  for place in 1 .. cardinality(in_people) loop
    child := in_people[place];
    continue when child <> all (access.writable_ids('F25')) or child <> all (access.writable_ids('F26'))
      or exists (select from record.transfer t where t.person_id = child and t.answer is null);
    select i.account_id, i.team_id into present from record.involvement i
     where i.person_id = any (access.alias_set(child)) and i.kind in ('allocated', 'team') and i.from_day <= current_date
       and (i.to_day is null or i.to_day > current_date)
     order by i.kind = 'allocated' desc, i.from_day desc limit 1;
    continue when not found or present.account_id is not distinct from in_to_account and present.team_id is not distinct from in_to_team;
    insert into record.transfer (person_id, written_together, from_account_id, from_team_id, to_account_id, to_team_id, proposed_on, effective_on,
                                 summary, answer, answered_on, answered_by)
    values (child, together, present.account_id, present.team_id, in_to_account, in_to_team, current_date, in_on, in_summaries[place],
            case when at_once then 'accepted' end, case when at_once then current_date end, case when at_once then me end)
    returning * into made;
    if at_once then
      perform record.carry_out_transfer(made);
      perform access.tell(array_remove(array[in_to_account, present.account_id], me), 'transfer-accepted', child, me, made.id);
    else
      insert into access.tie (account_id, person_id, kind, from_day, to_day, why, made_by)
        select r, child, 'transfer', current_date, in_on + 28, 'asked to take the child on', me from unnest(receivers) as r;
      perform access.tell(receivers, 'transfer-asked', child, me, made.id);
    end if;
    person := child;
    transfer := made.id;
    accepted := at_once;
    return next;
  end loop;
end $$;

-- The answer: a manager who was asked accepts, naming the worker, or returns it with reasons; whoever proposed it, or stands
-- above them, takes it back. False where it is not theirs to answer, or has been answered.
create function record.answer_transfer(in_transfer uuid, in_answer text, in_words text, in_to_account uuid, in_on date) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  me uuid := access.recorder();
  t record.transfer := (select x from record.transfer x where x.id = in_transfer and x.answer is null);
  asked uuid[] := access.receivers_of(t.to_team_id);
begin
  if t.id is null or me is null or t.person_id <> all (access.open_ids('F25')) then
    return false;
  end if;
  if in_answer = 'withdrawn' and not (me = t.recorded_by or access.stands_above(me, t.recorded_by))
     or in_answer in ('accepted', 'returned') and me <> all (asked)
     or in_answer = 'accepted' and (in_on < current_date
        or in_to_account is not null and not (access.is_active(in_to_account) and t.to_team_id = any (access.teams_of(in_to_account)))) then
    return false;
  end if;
  update record.transfer x
     set answer = in_answer, answered_on = current_date, answered_by = me, answer_words = nullif(btrim(in_words), ''),
         to_account_id = case when in_answer = 'accepted' then in_to_account else x.to_account_id end,
         effective_on = case when in_answer = 'accepted' then in_on else x.effective_on end
   where x.id = t.id and x.answer is null returning * into t;
  if t.id is null then
    return false;
  end if;
  if in_answer = 'accepted' then
    perform record.carry_out_transfer(t);
    -- Until the child is the team's by its own right.
    update access.tie set to_day = t.effective_on where person_id = t.person_id and kind = 'transfer' and ended_at is null;
  else
    update access.tie set ended_at = clock_timestamp() where person_id = t.person_id and kind = 'transfer' and ended_at is null;
  end if;
  perform access.tell(array_remove(array_remove(array[t.recorded_by, t.from_account_id, case when in_answer = 'accepted' then t.to_account_id end], me), null),
    'transfer-' || in_answer, t.person_id, me, t.id);
  return true;
end $$;

-- Transfers that this session's account proposed, is asked about, gives or takes, or whose proposer it stands above: those that
-- wait, and those answered since a day. The summary is on the record.
create function record.transfers_around(in_since date)
  returns table (id uuid, person_id uuid, written_together uuid, from_worker text, from_team text, to_worker text, to_team text, proposed_on date,
                 proposed_by text, effective_on date, answer text, answered_on date, mine boolean, asked boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select t.id, t.person_id, t.written_together, fa.display_name, ft.name, ta.display_name, tt.name, t.proposed_on, p.display_name, t.effective_on, t.answer,
         t.answered_on, t.recorded_by = me.id, t.answer is null and me.id = any (access.receivers_of(t.to_team_id))
    from (select access.recorder() as id) me
    join record.transfer t on t.answer is null or t.answered_on >= in_since
    left join access.account fa on fa.id = t.from_account_id left join access.team ft on ft.id = t.from_team_id
    left join access.account ta on ta.id = t.to_account_id join access.team tt on tt.id = t.to_team_id
    left join access.account p on p.id = t.recorded_by
   where me.id is not null and (me.id in (t.recorded_by, t.from_account_id, t.to_account_id, t.answered_by)
      or me.id = any (access.receivers_of(t.to_team_id)) or access.stands_above(me.id, t.recorded_by))
   order by t.answer is not null, t.effective_on, t.id
$$;

revoke execute on all routines in schema record, access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.propose_transfer(uuid[], text[], uuid, uuid, date), record.answer_transfer(uuid, text, text, uuid, date), record.transfers_around(date), access.receivers_of(uuid)');
end $$;
