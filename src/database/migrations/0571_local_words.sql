-- Local words of another system and the national codes they stand for: data that the authority edits and signs off. A
-- load uses a word only when it is signed; the others are counted.

create table importing.word (
  id uuid primary key default uuidv7(),
  system text not null,
  field text not null,
  -- As the files spell it; told apart without regard to capitals.
  word text not null check (word <> ''),
  code_set text not null,
  -- The code it stands for; null while nobody said, or where it means nothing (nothing = true).
  code text,
  nothing boolean not null default false check (not (nothing and code is not null)),
  times integer not null default 0,
  last_seen_at timestamptz,
  said_by uuid references access.account,
  said_at timestamptz,
  signed_by uuid references access.account,
  signed_at timestamptz,
  check ((signed_by is null) = (signed_at is null)),
  check (signed_at is null or code is not null or nothing)
);
create unique index word_told_apart on importing.word (system, field, lower(word));
comment on table importing.word is 'A word of another system, in one field of its files, and the code it stands for once somebody has signed that.';

create table importing.word_history (
  word_id uuid not null references importing.word,
  code text,
  nothing boolean not null,
  signed boolean not null,
  by_account uuid references access.account,
  at timestamptz not null default clock_timestamp()
);
create index on importing.word_history (word_id, at);

-- Says what a word stands for. A word that stood for something else is no longer signed.
create function importing.say_word(in_secret text, in_word uuid, in_code text, in_nothing boolean) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  perform importing.require_analyst(s);
  update importing.word w set code = case when not in_nothing then in_code end, nothing = in_nothing,
         said_by = s.account_id, said_at = clock_timestamp(), signed_by = null, signed_at = null
   where w.id = in_word and (w.code, w.nothing) is distinct from (case when not in_nothing then in_code end, in_nothing);
  if not found then
    return false;
  end if;
  insert into importing.word_history (word_id, code, nothing, signed, by_account)
  select w.id, w.code, w.nothing, false, s.account_id from importing.word w where w.id = in_word;
  perform audit.write(jsonb_strip_nulls(jsonb_build_object('actor', s.account_id, 'action', 'local word mapped', 'word', in_word,
    'code', in_code, 'session', s.id, 'outcome', 'done')));
  return true;
end $$;

-- Signs what the words of a field stand for, as shown: those said since are left unsigned. Returns how many.
create function importing.sign_words(in_secret text, in_system text, in_field text, in_shown timestamptz) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  signed integer;
begin
  perform importing.require_analyst(s);
  with done as (
    update importing.word w set signed_by = s.account_id, signed_at = clock_timestamp()
     where w.system = in_system and w.field = in_field and w.signed_at is null and (w.code is not null or w.nothing) and w.said_at <= in_shown
    returning w.id, w.code, w.nothing
  ), kept as (
    insert into importing.word_history (word_id, code, nothing, signed, by_account)
    select d.id, d.code, d.nothing, true, s.account_id from done d returning 1
  ) select count(*) into signed from kept;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'local words signed off', 'system', in_system, 'field', in_field,
    'resultCount', signed, 'session', s.id, 'outcome', 'done'));
  return signed;
end $$;

revoke execute on all routines in schema importing from public;
do $$
begin
  call foundation.grant_to('app', 'select on table importing.word, importing.word_history');
  call foundation.grant_to('app', 'execute on function importing.say_word(text, uuid, text, boolean), importing.sign_words(text, text, text, timestamptz)');
  call foundation.grant_to('jobs', 'select, insert, update on table importing.word');
end $$;
