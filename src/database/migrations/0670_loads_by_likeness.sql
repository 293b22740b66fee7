-- Loads from another system ask too who somebody is whom no number makes known. What is decided stands for that system
-- alone, as two systems may use the same number for different people; the next load of the files takes it.

-- Under which name a decision about a number stands: a return's and a file's own, or the system of a load.
create function importing.decides_for(in_source text, in_period text) returns text
  language sql immutable
  set search_path = pg_catalog, pg_temp
begin atomic
  select case when in_source = 'ssd' then 'ssd ' || in_period else in_source end;
end;

create or replace function importing.decide_identity(in_secret text, in_problem uuid, in_person uuid) returns uuid[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  p importing.problem;
  decides text;
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
  decides := importing.decides_for(p.source, p.period);
  insert into importing.identity_decision (source, local_id, person_id, candidates, decided_by)
  values (decides, p.child, in_person, p.candidates, s.account_id)
  on conflict (source, local_id) do update
    set person_id = excluded.person_id, candidates = excluded.candidates, decided_by = excluded.decided_by, decided_at = clock_timestamp();
  waiting := array(select x.id from importing.problem x
                    where importing.decides_for(x.source, x.period) = decides and x.child = p.child and x.candidates is not null
                      and x.state = 'open' order by x.id);
  -- The files of a load are not at hand: it is run again.
  update importing.problem x set state = case when p.source = 'ssd' then 'mended' else 'retrying' end,
         decided_by = s.account_id, decided_at = clock_timestamp() where x.id = any (waiting);
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'subject', in_person, 'action', 'import identity decided',
    'problem', in_problem, 'outcome', 'done', 'session', s.id)));
  return waiting;
end $$;

revoke execute on all routines in schema importing from public;
