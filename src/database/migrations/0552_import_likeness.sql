-- Imports match by identifier, then by likeness with a person deciding: whoever is new by number and alike to somebody
-- the record knows waits on the problems page until somebody has said whether they are the same.

alter table importing.problem add candidates uuid[];
comment on column importing.problem.candidates is 'People who may be meant: a person decides which, or that it is none of them.';

-- What was decided stands by the other system's own number, so that the next file asks nothing.
create table importing.identity_decision (
  source text not null,
  local_id text not null,
  -- Null: none of those who were shown.
  person_id uuid references record.person,
  candidates uuid[] not null,
  decided_by uuid not null references access.account,
  decided_at timestamptz not null default clock_timestamp(),
  primary key (source, local_id)
);
alter table importing.identity_decision enable row level security;
do $$
begin
  execute format('create policy jobs_read on importing.identity_decision for select to %I using ((select access.run_is_open()))', foundation.role_name('jobs'));
  call foundation.grant_to('jobs', 'select on table importing.identity_decision');
end $$;

-- Whether names are alike, of people born the same day: each word of the one is a word of the other, or sounds or looks
-- like one. First what costs little: nearly everybody born that day shares no word and looks quite different.
create function foundation.names_alike(in_words text[], in_known text[]) returns boolean
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  word text;
begin
  if not in_words && in_known
     and public.similarity(array_to_string(in_words, ' '), array_to_string(in_known, ' ')) < 0.4 then
    return false;
  end if;
  foreach word in array in_words loop
    if word <> all (in_known)
       and not exists (select from unnest(in_known) as known where public.similarity(known, word) >= 0.4)
       and not exists (select from unnest(in_known) as known where foundation.sounds_of(known) && foundation.sounds_of(word)) then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- Who in the record is like people of a file. in_people: [{ place, name, day, near, postcode, numbers }]; name, the first and
-- last; near, the day and those one slip away; numbers as cards have them. in_kind: the identifier by which the source
-- calls people: whoever has one of that kind is somebody else to it. Nobody restricted: who decides must not learn of them.
create function importing.people_alike(in_people jsonb, in_kind text) returns table (place integer, person_id uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_seqscan = off
  set jit = off
begin atomic
  with asked as materialized (
    select a.place, foundation.name_words(a.name) as words, a.day, array(select jsonb_array_elements_text(a.near)::date) as near,
           foundation.plain_number(a.postcode) as postcode, array(select jsonb_array_elements_text(a.numbers)) as numbers
      from jsonb_to_recordset(in_people) as a (place integer, name text, day date, near jsonb, postcode text, numbers jsonb)
  ), named as (
    -- Born on the day.
    select a.place, c.person_id from asked a
      join record.index_card c on c.date_of_birth = a.day
     where c.restriction < 2 and c.same_as is null and c.name is not null and cardinality(a.words) > 0
       and foundation.names_alike(a.words, c.name_keys)
    union
    -- A slip in the day: the words themselves, first and last.
    select a.place, c.person_id from asked a
      join record.index_card c on c.name_keys @> a.words
     where cardinality(a.words) > 1 and c.date_of_birth = any (a.near) and c.restriction < 2 and c.same_as is null
    union
    -- No day on one side: the same words, at the same postcode.
    select a.place, c.person_id from asked a
      join record.index_card c on c.postcodes @> array[a.postcode] and c.name_keys @> a.words
     where a.postcode <> '' and cardinality(a.words) > 1 and (a.day is null or c.date_of_birth is null) and c.restriction < 2 and c.same_as is null
    union
    select a.place, c.person_id from asked a
      join record.index_card c on c.identifiers && a.numbers
     where cardinality(a.numbers) > 0 and c.restriction < 2 and c.same_as is null
  )
  select n.place, n.person_id from named n
   where not exists (select from record.person_identifier i where i.person_id = n.person_id and i.kind = in_kind and i.source_authority is null);
end;

-- Opens the cards of those who may be meant, as the import's problem names them.
create function importing.open_candidates(in_secret text, in_problem uuid, in_correlation text default null) returns uuid[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  seen uuid[];
begin
  perform importing.require_analyst(s);
  select array(select c.person_id from record.index_card c where c.person_id = any (p.candidates) and c.restriction < 2
                  and c.person_id not in (select x.person_id from access.conflicts_of(s.account_id) x)) into seen
    from importing.problem p where p.id = in_problem;
  perform access.keep_open(s.id, 'list', coalesce(seen, '{}'), '{import-candidates}', null, 'import-problems', false, access.opening_ends());
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)),
    'action', 'list', 'rule', 'import-problems', 'purpose', 'deciding who a person of an import is', 'problem', in_problem, 'shown', to_jsonb(seen),
    'session', s.id, 'correlation', in_correlation, 'outcome', 'allowed')));
  return coalesce(seen, '{}');
end $$;

-- Says who it is: in_person one of those shown, or null for none of them. Everything of that person that waits is tried
-- again, their own row first. Returns the problems to try, in order; empty when somebody decided it meanwhile.
create function importing.decide_identity(in_secret text, in_problem uuid, in_person uuid) returns uuid[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  p importing.problem;
  waiting uuid[];
begin
  perform importing.require_analyst(s);
  select x.* into p from importing.problem x where x.id = in_problem for update;
  if p.id is null or p.state <> 'open' or p.candidates is null or p.child is null
     or in_person is not null and (not in_person = any (p.candidates)
       or not exists (select from record.index_card c where c.person_id = in_person and c.restriction < 2)
       or exists (select from access.conflicts_of(s.account_id) x where x.person_id = in_person)) then
    return '{}';
  end if;
  insert into importing.identity_decision (source, local_id, person_id, candidates, decided_by)
  values (p.source, p.child, in_person, p.candidates, s.account_id)
  on conflict (source, local_id) do update
    set person_id = excluded.person_id, candidates = excluded.candidates, decided_by = excluded.decided_by, decided_at = clock_timestamp();
  waiting := array(select x.id from importing.problem x
                    where x.source = p.source and x.child = p.child and x.candidates is not null and x.state = 'open' order by x.id);
  update importing.problem x set state = 'retrying', decided_by = s.account_id, decided_at = clock_timestamp() where x.id = any (waiting);
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'action', 'import identity decided',
    'problem', in_problem, 'outcome', 'done', 'session', s.id)));
  return waiting;
end $$;

revoke execute on all routines in schema importing, foundation from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function importing.open_candidates(text, uuid, text), importing.decide_identity(text, uuid, uuid)');
  call foundation.grant_to('jobs', 'execute on function importing.people_alike(jsonb, text)');
end $$;
