-- E-mail: at most one digest a day, to whoever wants it, at the hour they chose, of figures alone. Nothing else is ever sent, so that nothing goes up by a
-- storm of messages. What is to be sent waits here until the mail server has taken it or refused it for good.

create table team.digest (
  account_id uuid primary key references access.account,
  hour smallint not null check (hour between 6 and 20),
  last_on date
);
alter table team.digest enable row level security;

create table team.mail (
  id uuid primary key default uuidv7(),
  account_id uuid not null references access.account,
  kind text not null check (kind in ('digest', 'trial')),
  unread integer not null default 0 check (unread >= 0),
  children integer not null default 0 check (children >= 0),
  made_at timestamptz not null default clock_timestamp(),
  tries smallint not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  given_up_at timestamptz,
  answer text,
  check (sent_at is null or given_up_at is null)
);
create index mail_waiting on team.mail (next_at) where sent_at is null and given_up_at is null;
create unique index mail_one_digest on team.mail (account_id) where kind = 'digest' and sent_at is null and given_up_at is null;
alter table team.mail enable row level security;
comment on table team.mail is 'No words of any record: how much there is to read, and of how many children. The text is made when it is sent (src/notices/digest.ts).';

do $$
begin
  execute format('create policy app_reads on team.digest for select to %I using (account_id = (select access.recorder()))', foundation.role_name('app'));
  call foundation.grant_to('app', 'select on table team.digest');
end $$;

-- Null: no e-mail.
create function team.set_digest(in_hour integer) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if in_hour is null then
    delete from team.digest where account_id = access.recorder();
  else
    insert into team.digest (account_id, hour) values (access.recorder(), in_hour) on conflict (account_id) do update set hour = excluded.hour;
  end if;
end $$;

-- Digests that are due now: to whoever has something unread, has had none today, and chose this hour or one before it. Returns how many.
create function team.make_digests(in_now timestamptz) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  london timestamp := in_now at time zone 'Europe/London';
  made integer;
begin
  -- One that could not be sent for a day says nothing new any more.
  update team.mail set given_up_at = in_now, answer = coalesce(answer || ' ', '') || 'Not sent within a day: the next digest says it anew.'
   where kind = 'digest' and sent_at is null and given_up_at is null and made_at < in_now - interval '20 hours';
  with due as (
    select d.account_id, count(*)::integer as unread, count(distinct n.person_id)::integer as children
      from team.digest d join access.notice n on n.to_account_id = d.account_id and n.read_at is null
     where d.hour <= extract(hour from london) and (d.last_on is null or d.last_on < london::date) and access.is_active(d.account_id)
     group by d.account_id
  ), noted as (
    update team.digest d set last_on = london::date from due where d.account_id = due.account_id
  )
  insert into team.mail (account_id, kind, unread, children) select due.account_id, 'digest', due.unread, due.children from due
  on conflict do nothing;
  get diagnostics made = row_count;
  return made;
end $$;

-- What waits to be sent now: each is put off before it is handed out, so that a process that dies on it comes back to it.
create function team.mail_to_send(in_most integer)
  returns table (id uuid, kind text, address text, name text, unread integer, children integer, made_at timestamptz)
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with chosen as (
    select m.id from team.mail m
     where m.sent_at is null and m.given_up_at is null and m.next_at <= clock_timestamp()
     order by m.next_at limit in_most for update skip locked
  ), put_off as (
    update team.mail m set tries = m.tries + 1, next_at = clock_timestamp() + make_interval(mins => 5 * (2 ^ least(m.tries, 8))::integer)
      from chosen where m.id = chosen.id returning m.*
  )
  select p.id, p.kind, a.email, a.display_name, p.unread, p.children, p.made_at from put_off p join access.account a on a.id = p.account_id
$$;

-- 'sent'; 'later': again when it is due; 'refused': for good, with the server's words.
create function team.mail_answered(in_mail uuid, in_outcome text, in_words text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update team.mail m
     set sent_at = case when in_outcome = 'sent' then clock_timestamp() end,
         given_up_at = case when in_outcome = 'refused' or in_outcome = 'later' and m.tries >= 9 then clock_timestamp() end,
         answer = left(in_words, 500)
   where m.id = in_mail and m.sent_at is null and m.given_up_at is null
$$;

-- For administrators: what waits and what was refused, and the last that was sent.
create function team.mail_listed()
  returns table (id uuid, kind text, to_name text, made_at timestamptz, tries smallint, next_at timestamptz, sent_at timestamptz, given_up_at timestamptz, answer text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select m.id, m.kind, a.display_name, m.made_at, m.tries, m.next_at, m.sent_at, m.given_up_at, m.answer
    from team.mail m join access.account a on a.id = m.account_id
   where 'A-ADM' = any (access.roles_of(access.recorder()))
   order by m.sent_at is not null, m.given_up_at is not null, m.made_at desc limit 200
$$;

-- At once, and not at the next five minutes: where there is a queue.
create function team.send_soon(in_mail uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regprocedure('jobs.enqueue(text,uuid,timestamptz)') is not null then
    perform jobs.enqueue('send-mail', in_mail);
  end if;
end $$;

-- An administrator tries again what was refused, or tries the server with a message to themselves.
create function team.mail_again(in_mail uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update team.mail set given_up_at = null, tries = 0, next_at = clock_timestamp()
   where id = in_mail and given_up_at is not null and 'A-ADM' = any (access.roles_of(access.recorder()))
     and not exists (select from team.mail other where other.account_id = mail.account_id and other.kind = 'digest' and mail.kind = 'digest'
                        and other.sent_at is null and other.given_up_at is null);
  if not found then
    return false;
  end if;
  perform team.send_soon(in_mail);
  return true;
end $$;
create function team.mail_trial() returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made uuid;
begin
  if not 'A-ADM' = any (access.roles_of(access.recorder())) then
    return false;
  end if;
  insert into team.mail (account_id, kind) values (access.recorder(), 'trial') returning id into made;
  perform team.send_soon(made);
  return true;
end $$;

revoke execute on all routines in schema team from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function team.set_digest(integer), team.mail_listed(), team.mail_again(uuid), team.mail_trial()');
  call foundation.grant_to('jobs', 'execute on function team.make_digests(timestamptz), team.mail_to_send(integer), team.mail_answered(uuid, text, text)');
end $$;
