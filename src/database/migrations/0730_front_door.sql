-- The front door: what a contact says, who was named in it, who decided what and why; and early help, which one record
-- carries from the request to its end (practice 1 and 2). What has come in and is matched with nobody yet is no part of
-- the record: it lies in schema intake (0731).

call ssd.take_down();

alter table record.contact
  -- One call or message about several people is one contact for each child of them, held together by this.
  add column received_together uuid,
  add column contact_method text check (contact_method in ('phone', 'email', 'web-form', 'police', 'in-person', 'out-of-hours', 'letter', 'api')),
  add column incident_reference text,
  -- Null: it came with an import, decided or not by whoever had it before.
  add column contact_state text check (contact_state in ('screening', 'awaiting-information', 'decided')),
  add column safe_now text check (safe_now in ('yes', 'no', 'unknown')),
  add column safe_words text,
  add column consent text check (consent in ('given', 'refused', 'not-sought', 'not-needed')),
  add column consent_words text,
  add column family_knows text check (family_knows in ('yes', 'no', 'unknown')),
  add column interpreter text,
  add column waiting_for text,
  add column proposed_decision text,
  add column proposed_reason text,
  add column proposed_by uuid references access.account,
  add column decision text check (decision in ('no-further-action', 'information-and-advice', 'signposted', 'early-help',
    'linked-to-open-case', 'referral', 'referral-and-strategy-discussion', 'passed-to-another-authority')),
  add column decision_reason text,
  add column threshold text check (threshold in ('universal', 'early-help', 'child-in-need', 'protection')),
  add column passed_to text,
  add column decided_by uuid references access.account,
  add column decided_at timestamptz,
  add column bad_faith_because text,
  add column informed_on date,
  add column informed_how text check (informed_how in ('letter', 'spoken', 'email')),
  add column not_informed_because text,
  add constraint decided_in_full check ((decision is null) = (contact_state is distinct from 'decided')
    and (decision is null or decision_reason is not null and decided_by is not null and decided_at is not null and decided_on is not null)),
  add constraint bad_faith_is_decided check (bad_faith_because is null or decision is not null);
create index on record.contact (received_together) where received_together is not null;
create index on record.contact (contact_date) where contact_state is not null;
call foundation.extend('record.contact', $$
  received_together    | F11 | ordinary   | R-REF-01 | holds together what was told once of several
  contact_method       | F11 | ordinary   | R-REF-01 | yes
  incident_reference   | F11 | ordinary   | R-REF-01 | the sender’s own number; decided at release
  contact_state        | F11 | ordinary   | R-REF-01 | yes
  safe_now             | F11 | ordinary   | R-REF-01 | yes
  safe_words           | F11 | special    | R-REF-01 | yes
  consent              | F11 | ordinary   | R-REF-01 | yes
  consent_words        | F11 | ordinary   | R-REF-01 | yes
  family_knows         | F11 | ordinary   | R-REF-01 | yes
  interpreter          | F11 | ordinary   | R-REF-01 | yes
  waiting_for          | F11 | ordinary   | R-REF-01 | yes
  proposed_decision    | F11 | ordinary   | R-REF-01 | yes
  proposed_reason      | F11 | special    | R-REF-01 | yes
  proposed_by          | F26 | ordinary   | R-REF-01 | about a worker; shown by name
  decision             | F11 | ordinary   | R-REF-01 | yes
  decision_reason      | F11 | special    | R-REF-01 | yes
  threshold            | F11 | ordinary   | R-REF-01 | yes
  passed_to            | F11 | ordinary   | R-REF-01 | yes
  decided_by           | F26 | ordinary   | R-REF-01 | about a worker; shown by name
  decided_at           | F11 | ordinary   | R-REF-01 | yes
  bad_faith_because    | F11 | restricted | R-REF-01 | speaks of whoever told us; decided at release
  informed_on          | F11 | ordinary   | R-REF-01 | about whoever told us; decided at release
  informed_how         | F11 | ordinary   | R-REF-01 | about whoever told us; decided at release
  not_informed_because | F11 | ordinary   | R-REF-01 | about whoever told us; decided at release
$$);
comment on column record.contact.bad_faith_because is 'Why a manager thinks whoever told us did not mean well: their view, with their name, and shown as that alone.';

alter table record.referral
  add column referral_reason text,
  add column priority text check (priority in ('today', 'this-week', 'ordinary')),
  add column outcomes text[] not null default '{}',
  add column outcome_reason text,
  add column outcome_on date,
  add column outcome_by uuid references access.account;
call foundation.extend('record.referral', $$
  referral_reason | F11 | special  | R-CIN-01 | yes
  priority        | F11 | ordinary | R-CIN-01 | yes
  outcomes        | F11 | ordinary | R-CIN-01 | yes
  outcome_reason  | F11 | special  | R-CIN-01 | yes
  outcome_on      | F11 | ordinary | R-CIN-01 | yes
  outcome_by      | F26 | ordinary | R-CIN-01 | about a worker; shown by name
$$);
comment on column record.referral.outcomes is 'What followed, words in src/front-door/words.ts: more than one may.';

create table record.contact_paragraph (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  contact_id uuid not null references record.contact,
  place smallint not null check (place >= 0),
  words text not null check (words <> ''),
  -- Who told it, and about whom else it speaks: what redaction and sharing rest on.
  origin foundation.origin not null,
  about_words text,
  child_may_read boolean not null default true,
  parent_may_read boolean not null default true,
  unique (contact_id, place)
);
create index on record.contact_paragraph (person_id);
call foundation.keep('record.contact_paragraph', 'F11', $$
  contact_id      | F11 | ordinary | R-REF-01 | says which contact it belongs to
  place           | F11 | ordinary | R-REF-01 | the order of paragraphs
  words           | F11 | special  | R-REF-01 | yes
  origin          | F11 | ordinary | R-REF-01 | about who told it; released as that person’s rules allow
  about_words     | F11 | ordinary | R-REF-01 | about somebody else; released as that person’s rules allow
  child_may_read  | F11 | ordinary | R-REF-01 | how the paragraph is handled
  parent_may_read | F11 | ordinary | R-REF-01 | how the paragraph is handled
$$);

create table record.contact_named (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  received_together uuid not null,
  named_on date not null,
  named_as text not null check (named_as in ('mother', 'father', 'partner', 'carer', 'relative', 'lodger', 'other')),
  in_the_home boolean not null,
  unique (person_id, received_together)
);
create index on record.contact_named (received_together);
call foundation.keep('record.contact_named', 'F11', $$
  received_together | F11 | ordinary | R-REF-01 | says with which contact
  named_on          | F11 | ordinary | R-REF-01 | that somebody spoke of them; decided at release
  named_as          | F11 | ordinary | R-REF-01 | that somebody spoke of them; decided at release
  in_the_home       | F11 | ordinary | R-REF-01 | that somebody spoke of them; decided at release
$$);
comment on table record.contact_named is 'An adult of whom a contact about children speaks, so that a worry is found from each of them.';

-- ---------------------------------------------------------------------------------------------------------
-- Early help and family help: one record from the request to its end (practice 0.3, 2).

create table record.early_help (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  -- Targeted early help, or section 17 once stepped up: the same record goes on.
  requested_on date not null,
  requested_by uuid references access.account,
  came_from text not null check (came_from in ('contact', 'step-down', 'direct')),
  contact_id uuid references record.contact,
  referral_id uuid references record.referral,
  state text not null default 'requested'
    check (state in ('requested', 'assessing', 'plan-active', 'consent-withdrawn', 'closed', 'stepped-up')),
  reason text not null,
  consent_by text,
  consent_on date,
  consent_scope text,
  consent_withdrawn_on date,
  lead_account_id uuid references access.account,
  lead_words text,
  organisation text,
  accepted_on date,
  accepted_by uuid references access.account,
  assessment_on date,
  assessed_by_organisation text,
  agreed_by uuid references access.account,
  plan_headline text,
  ended_on date,
  end_reason text check (end_reason in ('needs-met', 'no-need', 'stepped-up', 'consent-withdrawn', 'moved', 'not-engaged')),
  end_words text,
  ended_by uuid references access.account,
  step_up_asked_on date,
  step_up_reason text,
  check ((ended_on is null) = (end_reason is null)),
  check ((state in ('closed', 'stepped-up')) = (ended_on is not null)),
  check (state = 'requested' or state = 'closed' or accepted_on is not null),
  check (came_from <> 'step-down' or referral_id is not null),
  unique (person_id, natural_key)
);
create index on record.early_help (contact_id);
create index on record.early_help (referral_id);
create unique index early_help_one_open on record.early_help (person_id) where ended_on is null;
call foundation.keep('record.early_help', 'F12', $$
  requested_on             | F12 | ordinary | R-EH-01 | yes
  requested_by             | F26 | ordinary | R-EH-01 | about a worker; shown by name
  came_from                | F12 | ordinary | R-EH-01 | yes
  contact_id               | F11 | ordinary | R-EH-01 | yes
  referral_id              | F11 | ordinary | R-EH-01 | yes
  state                    | F12 | ordinary | R-EH-01 | yes
  reason                   | F12 | special  | R-EH-01 | yes
  consent_by               | F12 | ordinary | R-EH-01 | yes
  consent_on               | F12 | ordinary | R-EH-01 | yes
  consent_scope            | F12 | ordinary | R-EH-01 | yes
  consent_withdrawn_on     | F12 | ordinary | R-EH-01 | yes
  lead_account_id          | F26 | ordinary | R-EH-01 | yes
  lead_words               | F26 | ordinary | R-EH-01 | yes
  organisation             | F26 | ordinary | R-EH-01 | yes
  accepted_on              | F12 | ordinary | R-EH-01 | yes
  accepted_by              | F26 | ordinary | R-EH-01 | about a worker; shown by name
  assessment_on            | F12 | ordinary | R-EH-01 | yes
  assessed_by_organisation | F12 | ordinary | R-EH-01 | yes
  agreed_by                | F26 | ordinary | R-EH-01 | about a worker; shown by name
  plan_headline            | F12 | special  | R-EH-01 | yes
  ended_on                 | F12 | ordinary | R-EH-01 | yes
  end_reason               | F12 | ordinary | R-EH-01 | yes
  end_words                | F12 | special  | R-EH-01 | yes
  ended_by                 | F26 | ordinary | R-EH-01 | about a worker; shown by name
  step_up_asked_on         | F12 | ordinary | R-EH-01 | yes
  step_up_reason           | F12 | special  | R-EH-01 | yes
$$);

create table record.early_help_meeting (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  early_help_id uuid not null references record.early_help,
  kind text not null check (kind in ('team-around-family', 'review')),
  met_on date not null,
  words text not null,
  team_around_family_on date generated always as (case when kind = 'team-around-family' then met_on end) stored,
  review_on date generated always as (case when kind = 'review' then met_on end) stored
);
create index on record.early_help_meeting (early_help_id);
create index on record.early_help_meeting (person_id);
call foundation.keep('record.early_help_meeting', 'F12', $$
  early_help_id         | F12 | ordinary | R-EH-01 | says which episode it belongs to
  kind                  | F12 | ordinary | R-EH-01 | yes
  met_on                | F12 | ordinary | R-EH-01 | yes
  words                 | F12 | special  | R-EH-01 | yes
  team_around_family_on | F12 | ordinary | R-EH-01 | worked out from the kind
  review_on             | F12 | ordinary | R-EH-01 | worked out from the kind
$$);

call access.guard_keys_to_people();
call foundation.tells('record.early_help', 'requested_on', 'early-help-requested');
call foundation.tells('record.early_help', 'accepted_on', 'early-help-accepted');
call foundation.tells('record.early_help', 'assessment_on', 'early-help-assessed');
call foundation.tells('record.early_help', 'ended_on', 'early-help-ended');
call foundation.tells('record.early_help_meeting', 'team_around_family_on', 'team-around-family-met');
call foundation.tells('record.early_help_meeting', 'review_on', 'early-help-reviewed');

-- ---------------------------------------------------------------------------------------------------------
-- Who works the front door, and who decides there (practice 19: a screener proposes; a qualified manager decides; at
-- night the duty social worker does both).

create function access.works_the_front_door(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.roles_of(in_account) && '{A-DUTY,A-EDT}'::text[];

create function access.decides_contacts(in_account uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  return access.roles_of(in_account) && '{A-EDT}'::text[]
      or (access.roles_of(in_account) @> '{A-DUTY}'::text[] and access.roles_of(in_account) && '{A-TM,A-SM}'::text[]);

insert into access.role_reach (role, rule, level, groups, may_write)
select 'A-EDT', r.rule, r.level, r.groups, r.may_write from access.role_reach r where r.role = 'A-DUTY' and r.rule = 'open-contact';

create function record.contact_decision_is_a_managers() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if session_user = foundation.role_name('app')
     and (new.decision, new.bad_faith_because) is distinct from (old.decision, old.bad_faith_because)
     and (not access.decides_contacts(access.recorder()) or new.decision is not null and new.decided_by is distinct from access.recorder()) then
    raise exception 'A contact is decided by a manager of the front door, in their own name' using errcode = 'CA004';
  end if;
  return new;
end $$;
create trigger decided_by_a_manager before update on record.contact
  for each row execute function record.contact_decision_is_a_managers();

-- ---------------------------------------------------------------------------------------------------------
-- Taking a contact. Whoever works the front door may look at any child and write on none: with the contact they may
-- (rule open-contact). So the first row is written here, for children whose referral facts this session has open, and
-- nothing else of them.

create function record.take_contact(in_told jsonb, in_children uuid[], in_named jsonb, in_paragraphs jsonb, in_informant jsonb,
    out contact_id uuid, out child_id uuid) returns setof record
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  by_account uuid := access.recorder();
  together uuid := coalesce((in_told ->> 'together')::uuid, gen_random_uuid());
  told record.contact := jsonb_populate_record(null::record.contact, in_told);
begin
  if by_account is null or not access.works_the_front_door(by_account) then
    raise exception 'Contacts are taken by the front door' using errcode = 'CA004';
  end if;
  if cardinality(in_children) = 0 or not in_children <@ access.open_ids('F11')
     or not array(select (n ->> 'person')::uuid from jsonb_array_elements(in_named) n) <@ access.open_ids('F11') then
    raise exception 'A contact is about somebody whose record is open' using errcode = 'CA004';
  end if;
  foreach child_id in array in_children loop
    insert into record.contact (person_id, contact_date, contact_at, contact_source_code, contact_source_desc, received_together, contact_method,
        incident_reference, contact_state, safe_now, safe_words, consent, consent_words, family_knows, interpreter, recorded_by)
    values (child_id, told.contact_date, told.contact_at, told.contact_source_code, told.contact_source_desc, together, told.contact_method,
        told.incident_reference, 'screening', told.safe_now, told.safe_words, told.consent, told.consent_words, told.family_knows, told.interpreter, by_account)
    returning id into contact_id;
    insert into record.contact_paragraph (person_id, contact_id, place, words, origin, about_words, child_may_read, parent_may_read, recorded_by)
    select child_id, contact_id, row_number() over (order by p.place) - 1, p.words, p.origin, p.about, p.child_may_read, p.parent_may_read, by_account
      from jsonb_to_recordset(in_paragraphs) as p (place smallint, words text, origin text, about text, child_may_read boolean, parent_may_read boolean, only_for uuid)
     where p.only_for is null or p.only_for = child_id;
    if in_informant is not null then
      insert into record.informant (person_id, contact_id, informant_name, reached_by, asked_to_stay_unnamed, recorded_by)
      values (child_id, contact_id, in_informant ->> 'name', in_informant ->> 'reached_by', (in_informant ->> 'unnamed')::boolean, by_account);
    end if;
    perform audit.write(jsonb_build_object('actor', by_account, 'roles', to_jsonb(access.roles_of(by_account)), 'subject', child_id,
      'section', '["F11"]'::jsonb, 'action', 'write', 'purpose', 'taking a contact', 'rule', 'any-child', 'outcome', 'allowed'));
    return next;
  end loop;
  insert into record.contact_named (person_id, received_together, named_on, named_as, in_the_home, recorded_by)
  select n.person, together, told.contact_date, n.named_as, n.in_the_home, by_account
    from jsonb_to_recordset(in_named) as n (person uuid, named_as text, in_the_home boolean)
   where n.person <> all (in_children);
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- Every earlier worry about these people, a line each: when, from what kind of source, what was decided. Whose record is
-- open here is asked about; who told us is not said, nor which other child of a family a worry was about. Children who
-- are restricted are left out.

create function record.worries_of(in_people uuid[], out person_id uuid, out kind text, out happened_on date, out source_code text,
    out source_desc text, out decision text, out outcome text, out still_open boolean, out how text, out children integer, out fact_id uuid) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  with asked as materialized (
    select p as person_id, access.alias_set(p) as ids from unnest(in_people) as p where p = any (access.open_ids('F11'))
  ), family as (
    -- For a grown-up: the children whose parent they are, or with whom they share a home.
    select a.person_id, c.child, case when c.kind in ('mother', 'father', 'parent', 'step-parent', 'guardian') then 'parent' else 'household' end as how
      from asked a
     cross join lateral (
       select r.person_id as child, r.kind from record.relationship r
        where r.other_person_id = any (a.ids) and (r.kind in ('mother', 'father', 'parent', 'step-parent', 'guardian')
              or r.same_household and r.kind not in ('brother', 'sister', 'sibling', 'half-sibling', 'step-sibling'))
     ) c
  ), near as (
    select f.person_id, f.child, f.how from family f
     where not exists (select from access.restricted x where x.person_id = f.child and x.level >= 2)
       and access.conflict_between(access.recorder(), array[f.child]) is null
  ), named as (
    select distinct on (a.person_id, n.received_together) a.person_id, c.contact_date, c.contact_source_code, c.contact_source_desc, c.decision,
           c.contact_outcome, c.contact_state, c.decided_on, n.received_together,
           (select count(*) from record.contact k where k.received_together = n.received_together)::integer as children, c.id
      from asked a join record.contact_named n on n.person_id = any (a.ids)
      join record.contact c on c.received_together = n.received_together
     order by a.person_id, n.received_together, c.decided_on desc nulls last
  )
  select a.person_id, 'contact', c.contact_date, c.contact_source_code::text, c.contact_source_desc, c.decision, c.contact_outcome,
         coalesce(c.contact_state <> 'decided', false), 'self', 1, c.id
    from asked a join record.contact c on c.person_id = any (a.ids)
  union all
  select a.person_id, 'referral', r.referral_date, r.referral_source_code::text, null, case when r.referral_nfa then 'no-further-action' end,
         r.close_reason::text, r.close_date is null and r.referral_nfa is not true, 'self', 1, r.id
    from asked a join record.referral r on r.person_id = any (a.ids)
  union all
  select n.person_id, 'contact', n.contact_date, n.contact_source_code::text, n.contact_source_desc, n.decision, n.contact_outcome,
         coalesce(n.contact_state <> 'decided', false), 'named', n.children, n.id
    from named n
  union all
  select n.person_id, 'contact', c.contact_date, min(c.contact_source_code::text), min(c.contact_source_desc), min(c.decision), min(c.contact_outcome),
         coalesce(bool_or(c.contact_state <> 'decided'), false), min(n.how), count(*)::integer, min(c.id::text)::uuid
    from near n join record.contact c on c.person_id = n.child
   where not exists (select from named m where m.person_id = n.person_id and m.received_together = c.received_together)
   group by n.person_id, c.contact_date, coalesce(c.received_together, c.id)
  union all
  select n.person_id, 'referral', r.referral_date, min(r.referral_source_code::text), null, case when bool_and(r.referral_nfa) then 'no-further-action' end,
         min(r.close_reason::text), bool_or(r.close_date is null and r.referral_nfa is not true), min(n.how), count(*)::integer, min(r.id::text)::uuid
    from near n join record.referral r on r.person_id = n.child
   group by n.person_id, r.referral_date
   order by 1, 3 desc
$$;

-- Contacts of the last month, for the front door’s own page: which children, by whom taken, how far. Who they are is read
-- from the index under a list that was opened.
create function record.contacts_in_hand(in_days integer default 30, out together uuid, out contact_date date, out contact_at timestamptz, out method text,
    out source_code text, out source_desc text, out state text, out decision text, out decided_on date, out proposed text, out waiting_for text,
    out safe_now text, out informed boolean, out taken_by text, out children uuid[], out contacts uuid[], out re_referral boolean) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select c.received_together, min(c.contact_date), min(c.contact_at), min(c.contact_method), min(c.contact_source_code::text), min(c.contact_source_desc),
         case when bool_or(c.contact_state = 'awaiting-information') then 'awaiting-information' when bool_and(c.contact_state = 'decided') then 'decided' else 'screening' end,
         min(c.decision), max(c.decided_on), min(c.proposed_decision), min(c.waiting_for), min(c.safe_now),
         bool_and(c.informed_on is not null or c.not_informed_because is not null),
         (select a.display_name from access.account a where a.id = (array_agg(c.recorded_by order by c.id))[1]),
         array_agg(c.person_id order by c.id), array_agg(c.id order by c.id),
         bool_or(exists (select from record.referral r join record.referral e on e.person_id = r.person_id and e.id <> r.id
                          and e.referral_date < r.referral_date and e.referral_date >= r.referral_date - interval '1 year' where r.contact_id = c.id))
    from record.contact c
   where c.contact_state is not null and c.contact_date > current_date - in_days
     and (access.works_the_front_door(access.recorder()) or access.roles_of(access.recorder()) && '{A-SM}'::text[])
   group by c.received_together
   order by bool_and(c.contact_state = 'decided'), min(c.contact_at)
$$;

-- Who a contact is about, and who else was named, for the page that opens each of them next.
create function record.people_of_contact(in_together uuid, out children uuid[], out named jsonb) returns record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce((select array_agg(c.person_id order by c.id) from record.contact c where c.received_together = in_together and may.may), '{}'),
         coalesce((select jsonb_agg(jsonb_build_object('person', n.person_id, 'as', n.named_as, 'home', n.in_the_home) order by n.id)
                     from record.contact_named n where n.received_together = in_together and may.may), '[]')
    from (select access.works_the_front_door(access.recorder()) or access.roles_of(access.recorder()) && '{A-SW,A-TM,A-SM}'::text[] as may) may
$$;

-- Any contact about a child whose case is open is told to the worker and the managers the same day (practice 1.3).
do $$
declare
  says text := (select pg_get_constraintdef(oid) from pg_constraint where conname = 'notice_kind_check' and conrelid = 'access.notice'::regclass);
begin
  alter table access.notice drop constraint notice_kind_check;
  execute format('alter table access.notice add constraint notice_kind_check %s',
    regexp_replace(says, 'ARRAY\[', 'ARRAY[''contact-on-open-case''::text, '));
end $$;

create function record.tell_of_contact(in_contacts uuid[]) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  select access.tell(array_agg(w.account_id) || array_agg(manager), 'contact-on-open-case', c.person_id, access.recorder(), c.id)
    from record.contact c
    join access.works_with w on w.person_id = any (access.alias_set(c.person_id)) and w.kind = 'allocated' and w.account_id is not null
    left join lateral unnest(access.managers_of(w.account_id)) as manager on true
   where c.id = any (in_contacts) and c.person_id = any (access.open_ids('F11'))
   group by c.id, c.person_id
$$;

revoke execute on all routines in schema record from public;
revoke execute on all routines in schema access from public;
do $$
begin
  call foundation.grant_to('app', 'execute on function record.take_contact(jsonb, uuid[], jsonb, jsonb, jsonb), record.worries_of(uuid[]), '
    || 'record.contacts_in_hand(integer), record.people_of_contact(uuid), record.tell_of_contact(uuid[]), access.works_the_front_door(uuid), access.decides_contacts(uuid)');
end $$;

-- A contact is written down before anybody knows who it is about.
alter table forms.draft drop constraint draft_about_check;
alter table forms.draft add constraint draft_about_check check (cardinality(about) <= 50 and (cardinality(about) > 0 or form = 'contact'));

-- ---------------------------------------------------------------------------------------------------------
-- Early help in the shape of the dataset.

update ssd.published set body = $$
  select e.id::text as earl_episode_id, c.pers_person_id as earl_person_id, e.requested_on as earl_episode_start_date, e.ended_on as earl_episode_end_date,
         e.reason as earl_episode_reason, e.end_reason as earl_episode_end_reason, e.organisation as earl_episode_organisation,
         e.lead_account_id::text as earl_episode_worker_id
    from early_help e join human_key c on c.person_id = e.person_id
$$ where name = 'ssd_early_help_episodes';
call ssd.put_up_again();
