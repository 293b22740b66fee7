-- The outbox: what somebody outside has to be told. A row is written by the transaction that changes the record, so that
-- the two cannot part; a job sends it, again and again until the other side has acknowledged it or a person has to do
-- something. A row says of whom and to whom, never what: what is told is worked out of the record when it is sent, so
-- that nothing old overtakes something new. Rows are never deleted.

create schema outbox;
comment on schema outbox is 'What partners have to be told, and what became of it.';
do $$
begin
  call foundation.grant_to('app', 'usage on schema outbox');
  call foundation.grant_to('jobs', 'usage on schema outbox');
end $$;

create table outbox.message (
  id uuid primary key default uuidv7(),
  partner text not null check (partner ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- A child, or another thing that the partner is told of. Messages about one thing go in the order they were written.
  about_id uuid not null,
  cause text not null check (cause ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  -- Written again by whoever cannot know whether it was written, it stays one message.
  key text not null unique,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'acknowledged', 'refused', 'held', 'nothing-to-say')),
  attempts integer not null default 0,
  next_try_at timestamptz not null default clock_timestamp(),
  -- A code that the partner has words for: why it waits, is held or was refused.
  says text,
  -- By what the partner knows it: the number of a file, the id of a letter.
  carrier text,
  written_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  answered_at timestamptz,
  changed_at timestamptz not null default clock_timestamp()
);
create index on outbox.message (partner, next_try_at) where state = 'waiting';
create index on outbox.message (partner, about_id) where state in ('waiting', 'sent', 'refused', 'held');
create index on outbox.message (partner, carrier) where carrier is not null and state = 'sent';
create index on outbox.message (partner, state, written_at);
comment on column outbox.message.state is
  'waiting to be sent; sent and not answered; acknowledged; refused by the other side, or held back by us: a person has to do something; nothing-to-say: the other side knows already.';

-- Asks for the sending of one message at once. What a run writes, which may be much, the next turn of a minute finds.
create function outbox.wake(in_id uuid, in_at timestamptz default null) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is not null then
    perform jobs.enqueue('outbox-send', in_id, in_at);
  end if;
end $$;

create function outbox.put(in_partner text, in_about uuid, in_cause text, in_key text, in_wake boolean default true) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made uuid;
begin
  insert into outbox.message (partner, about_id, cause, key) values (in_partner, in_about, in_cause, in_key)
  on conflict (key) do nothing returning id into made;
  if made is not null and in_wake then
    perform outbox.wake(made);
  end if;
  return made;
end $$;
comment on function outbox.put is 'Writes a message in the transaction that calls it; null when one with this key is there already.';

-- What whoever looks after exchanges sees: states, times, codes. A person is told by their reference alone, and to an
-- administrator of the program not even by that. The page notes on the trail whom it showed.
create function outbox.listed(in_secret text, in_partner text, in_states text[], in_most integer, in_offset integer,
    out id uuid, out partner text, out about_id uuid, out reference text, out cause text, out state text, out attempts integer, out next_try_at timestamptz,
    out says text, out carrier text, out written_at timestamptz, out sent_at timestamptz, out answered_at timestamptz, out total bigint) returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  s access.session := access.require_session(in_secret);
  roles text[] := access.roles_of(s.account_id);
  names_them boolean := roles && '{A-IG,A-DPO,A-CG,A-BS}'::text[];
begin
  if not (names_them or 'A-ADM' = any (roles)) then
    return;
  end if;
  return query
    select m.id, m.partner, case when names_them and c.restriction < 2 then m.about_id end, case when names_them and c.restriction < 2 then p.reference end,
           m.cause, m.state, m.attempts, m.next_try_at, m.says, m.carrier, m.written_at, m.sent_at, m.answered_at, count(*) over ()
      from outbox.message m left join record.person p on p.id = m.about_id left join record.index_card c on c.person_id = m.about_id
     where (in_partner is null or m.partner = in_partner) and m.state = any (in_states)
     order by m.changed_at desc, m.id desc limit in_most offset in_offset;
end $$;

create function outbox.counts(out partner text, out state text, out count bigint, out oldest timestamptz) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  begin atomic
    select m.partner, m.state, count(*), min(m.written_at) from outbox.message m group by m.partner, m.state;
  end;

-- A person asks for another try: of one message, or of all of a partner that wait, are held or were refused.
create function outbox.try_again(in_secret text, in_partner text, in_id uuid default null) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  touched uuid[];
begin
  if not access.roles_of(s.account_id) && '{A-IG,A-DPO,A-CG,A-BS,A-ADM}'::text[] then
    return 0;
  end if;
  with again as (
    update outbox.message m set state = 'waiting', says = 'asked-again', next_try_at = clock_timestamp(), changed_at = clock_timestamp()
     where m.partner = in_partner and (in_id is null or m.id = in_id) and m.state in ('waiting', 'held', 'refused')
    returning m.id
  ) select coalesce(array_agg(a.id), '{}') into touched from again a;
  if cardinality(touched) > 0 then
    perform outbox.wake(touched[1]);
    perform audit.note(in_secret, 'try again', 'a message to ' || in_partner, null, jsonb_build_object('messages', cardinality(touched)));
  end if;
  return cardinality(touched);
end $$;

revoke execute on all routines in schema outbox from public;
do $$
begin
  call foundation.grant_to('jobs', 'select, insert, update on table outbox.message');
  call foundation.grant_to('app', 'execute on function outbox.put(text, uuid, text, text, boolean), outbox.listed(text, text, text[], integer, integer), outbox.counts(), outbox.try_again(text, text, uuid)');
  call foundation.grant_to('jobs', 'execute on function outbox.put(text, uuid, text, text, boolean), outbox.wake(uuid, timestamptz), outbox.counts()');
end $$;
