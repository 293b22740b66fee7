-- What comes in and is matched with nobody yet: notifications of the police and others as e-mail, table or by the
-- programming interface, and what professionals write on the public page. It is no part of the record: nobody is found by
-- it, its words can be read only through a function that puts the reading on the trail, and they are gone from here in
-- the transaction that files them.

create schema intake;

create table intake.sender (
  id uuid primary key default uuidv7(),
  name text not null unique check (name <> ''),
  source_code codes.referral_source not null,
  token_hash bytea not null unique check (length(token_hash) = 32),
  per_hour integer not null default 200 check (per_hour between 1 and 5000),
  made_by uuid not null references access.account,
  made_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
comment on table intake.sender is 'Another system that may send notifications, known by a token of which only the digest is here.';

create table intake.notification (
  id uuid primary key default uuidv7(),
  channel text not null check (channel in ('email', 'csv', 'api', 'web')),
  sender_id uuid references intake.sender,
  received_at timestamptz not null default clock_timestamp(),
  source_code codes.referral_source not null,
  incident text,
  people integer not null check (people between 0 and 40),
  urgent boolean not null default false,
  -- As it came, read by src/front-door/notification.ts; gone once it is filed.
  told jsonb,
  fold_key text not null,
  state text not null default 'waiting' check (state in ('waiting', 'folded', 'filed', 'set-aside')),
  folded_into uuid references intake.notification,
  looked_at timestamptz,
  ended_at timestamptz,
  ended_by uuid references access.account,
  ended_because text,
  received_together uuid,
  reference text unique,
  tracking_hash bytea unique,
  tracking_until timestamptz,
  check (state <> 'filed' or told is null and received_together is not null),
  check ((state = 'folded') = (folded_into is not null)),
  check ((tracking_hash is null) = (tracking_until is null))
);
create index on intake.notification (state, received_at);
create index on intake.notification (fold_key, received_at);
create index on intake.notification (sender_id, received_at);
create index on intake.notification (received_together) where received_together is not null;

create table intake.attachment (
  id uuid primary key default uuidv7(),
  notification_id uuid not null references intake.notification,
  stored_id uuid not null,
  file_name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  filed_at timestamptz
);
create index on intake.attachment (notification_id);
comment on table intake.attachment is 'A file that came with a notification: its bytes lie in the vault, its key is wrapped for the notification until it is filed for the children.';

alter table intake.sender enable row level security;
alter table intake.notification enable row level security;
alter table intake.attachment enable row level security;

-- Takes a notification in. The same incident, or the same people on the same day, waiting already: it is folded into that.
create function intake.receive(in_channel text, in_sender uuid, in_told jsonb, in_source text, in_incident text, in_people integer, in_urgent boolean,
    in_fold_key text, in_tracking_hash bytea, in_reference text, out id uuid, out folded_into uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  into_id uuid;
begin
  if pg_column_size(in_told) > 200000 then
    raise exception 'A notification has two hundred thousand bytes at most' using errcode = 'CA004';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('intake ' || in_fold_key, 0));
  select n.id into into_id from intake.notification n
   where n.fold_key = in_fold_key and n.state = 'waiting' and n.received_at > now() - interval '30 days' order by n.received_at limit 1;
  insert into intake.notification (channel, sender_id, told, source_code, incident, people, urgent, fold_key, state, folded_into, reference, tracking_hash, tracking_until)
  values (in_channel, in_sender, in_told, in_source, in_incident, in_people, in_urgent, in_fold_key, case when into_id is null then 'waiting' else 'folded' end, into_id,
          in_reference, in_tracking_hash, case when in_tracking_hash is not null then now() + interval '30 days' end)
  returning notification.id into id;
  if in_urgent and into_id is not null then
    update intake.notification n set urgent = true where n.id = into_id;
  end if;
  folded_into := into_id;
end $$;

-- Which sender a token is of, and whether they have sent as much as they may in this hour.
create function intake.sender_of(in_token_hash bytea, out sender_id uuid, out name text, out source_code text, out may_send boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select s.id, s.name, s.source_code::text,
         (select count(*) < s.per_hour from intake.notification n where n.sender_id = s.id and n.received_at > now() - interval '1 hour')
    from intake.sender s where s.token_hash = in_token_hash and s.ended_at is null
$$;

-- The line of the queue, without a word of what was told.
create function intake.queue(out id uuid, out channel text, out sender text, out source_code text, out received_at timestamptz, out incident text, out people integer,
    out urgent boolean, out folded integer, out filed_before boolean, out looked_at timestamptz) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select n.id, n.channel, s.name, n.source_code::text, n.received_at, n.incident, n.people, n.urgent,
         (select count(*) from intake.notification f where f.folded_into = n.id)::integer,
         exists (select from intake.notification b where b.fold_key = n.fold_key and b.state = 'filed' and b.received_at > n.received_at - interval '30 days'),
         n.looked_at
    from intake.notification n left join intake.sender s on s.id = n.sender_id
   where n.state = 'waiting' and access.works_the_front_door(access.recorder())
   order by n.urgent desc, n.received_at, n.id
$$;

-- What one notification says, with those folded into it; put on the trail.
create function intake.open_notification(in_secret text, in_id uuid, out id uuid, out channel text, out sender text, out source_code text, out received_at timestamptz,
    out incident text, out told jsonb, out also jsonb, out state text, out filed_together uuid, out attachments jsonb, out reference text)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.works_the_front_door(s.account_id) then
    return;
  end if;
  select n.id, n.channel, x.name, n.source_code::text, n.received_at, n.incident, n.told, n.state, n.reference,
         (select b.received_together from intake.notification b where b.fold_key = n.fold_key and b.state = 'filed' order by b.received_at desc limit 1),
         coalesce((select jsonb_agg(f.told order by f.received_at) from intake.notification f where f.folded_into = n.id), '[]'),
         coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'stored', a.stored_id, 'fileName', a.file_name, 'media', a.media_type, 'size', a.size_bytes, 'sha256', a.sha256,
                                                       'notification', a.notification_id) order by a.id)
                     from intake.attachment a where a.filed_at is null and a.notification_id in (select m.id from intake.notification m where m.id = n.id or m.folded_into = n.id)), '[]')
    into id, channel, sender, source_code, received_at, incident, told, state, reference, filed_together, also, attachments
    from intake.notification n left join intake.sender x on x.id = n.sender_id where n.id = in_id;
  if id is null then
    return;
  end if;
  update intake.notification n set looked_at = coalesce(n.looked_at, clock_timestamp()) where n.id = in_id;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'view',
    'purpose', 'looking at a notification', 'notification', in_id, 'session', s.id, 'outcome', 'allowed'));
end $$;

-- Filed, set aside or put back, by whoever works the front door, in the transaction that writes what it became.
create function intake.end_notification(in_id uuid, in_state text, in_because text, in_together uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not access.works_the_front_door(access.recorder()) then
    return false;
  end if;
  update intake.notification n
     set state = in_state, ended_at = case when in_state = 'waiting' then null else clock_timestamp() end,
         ended_by = case when in_state = 'waiting' then null else access.recorder() end, ended_because = in_because, received_together = in_together,
         told = case when in_state = 'filed' then null else n.told end
   where n.id = in_id and n.state = case in_state when 'waiting' then 'set-aside' else 'waiting' end;
  if not found then
    return false;
  end if;
  if in_state = 'filed' then
    update intake.notification f set told = null, received_together = in_together where f.folded_into = in_id;
  end if;
  return true;
end $$;

create function intake.attach(in_notification uuid, in_stored uuid, in_name text, in_media text, in_size bigint, in_sha256 text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into intake.attachment (notification_id, stored_id, file_name, media_type, size_bytes, sha256)
  select n.id, in_stored, in_name, in_media, in_size, in_sha256 from intake.notification n
   where n.id = in_notification and n.received_at > now() - interval '1 hour' and n.state in ('waiting', 'folded')
$$;

create function intake.attachments_filed(in_attachments uuid[]) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update intake.attachment a set filed_at = clock_timestamp() where a.id = any (in_attachments) and access.works_the_front_door(access.recorder())
$$;

-- Which notification a tracking link is of, so that a file can be added within the hour.
create function intake.notification_of(in_tracking_hash bytea) returns uuid
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return (select n.id from intake.notification n
           where n.tracking_hash = in_tracking_hash and n.received_at > now() - interval '1 hour' and n.state in ('waiting', 'folded')
             and (select count(*) from intake.attachment a where a.notification_id = n.id) < 5);

-- How far what came on the public page has got: three words, for thirty days, to whoever has its link.
create function intake.track(in_tracking_hash bytea, out reference text, out received_at timestamptz, out how_far text, out until_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select n.reference, n.received_at,
         case when n.received_together is not null and not exists (select from record.contact c where c.received_together = n.received_together and c.contact_state is distinct from 'decided')
                then 'decided'
              when n.state = 'set-aside' then 'decided'
              when n.received_together is not null or n.looked_at is not null then 'being-looked-at'
              else 'received' end,
         n.tracking_until
    from intake.notification n where n.tracking_hash = in_tracking_hash and n.tracking_until > now()
$$;

-- Senders are an administrator's.
create function intake.senders(in_secret text, out id uuid, out name text, out source_code text, out per_hour integer, out made_at timestamptz, out ended_at timestamptz, out sent integer)
  returns setof record
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not access.roles_of((access.live_session(in_secret)).account_id) && '{A-ADM}'::text[] then
    return;
  end if;
  return query select s.id, s.name, s.source_code::text, s.per_hour, s.made_at, s.ended_at,
      (select count(*) from intake.notification n where n.sender_id = s.id and n.received_at > now() - interval '30 days')::integer
    from intake.sender s order by s.ended_at is not null, s.name;
end $$;

create function intake.add_sender(in_secret text, in_name text, in_source text, in_per_hour integer, in_token_hash bytea) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
begin
  if not access.roles_of(s.account_id) && '{A-ADM}'::text[] then
    return null;
  end if;
  insert into intake.sender (name, source_code, per_hour, token_hash, made_by) values (in_name, in_source, in_per_hour, in_token_hash, s.account_id) returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'setting',
    'purpose', 'letting another system send notifications', 'sender', made, 'session', s.id, 'outcome', 'done'));
  return made;
end $$;

create function intake.end_sender(in_secret text, in_sender uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  if not access.roles_of(s.account_id) && '{A-ADM}'::text[] then
    return false;
  end if;
  update intake.sender x set ended_at = clock_timestamp() where x.id = in_sender and x.ended_at is null;
  return found;
end $$;

-- Nightly: what was set aside or never filed, and links that ended. What waits is never cleared.
create function intake.clear_old() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  cleared integer;
begin
  update intake.notification n set told = null where n.state = 'set-aside' and n.told is not null and n.ended_at < now() - interval '30 days';
  get diagnostics cleared = row_count;
  return cleared;
end $$;

revoke execute on all routines in schema intake from public;
do $$
begin
  call foundation.grant_to('app', 'usage on schema intake');
  call foundation.grant_to('jobs', 'usage on schema intake');
  call foundation.grant_to('app', 'execute on function intake.receive(text, uuid, jsonb, text, text, integer, boolean, text, bytea, text), intake.sender_of(bytea), intake.queue(), '
    || 'intake.open_notification(text, uuid), intake.end_notification(uuid, text, text, uuid), intake.attach(uuid, uuid, text, text, bigint, text), intake.track(bytea), intake.attachments_filed(uuid[]), intake.notification_of(bytea), '
    || 'intake.senders(text), intake.add_sender(text, text, text, integer, bytea), intake.end_sender(text, uuid)');
  call foundation.grant_to('jobs', 'execute on function intake.clear_old()');
end $$;
