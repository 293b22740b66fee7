-- How far each role reaches, by the rule that gives it a reason to look (governance E.2, D.1). Data, dated: a later
-- policy adds rows and ends others. What no row names is refused.

-- Rules, in plain words; src/access/words.ts says them on pages.
create table access.rule (
  code text primary key,
  says text not null,
  rank integer not null unique
);
insert into access.rule (rank, code, says) values
  (1, 'allocated', 'you are the allocated worker'),
  (2, 'co-working', 'you work with this child beside the allocated worker'),
  (3, 'advising', 'you are the personal adviser'),
  (4, 'reviewing', 'you chair this child’s reviews or conferences'),
  (5, 'adoption', 'you are the adoption worker'),
  (6, 'supporting-carer', 'you support this carer'),
  (7, 'supervising-line', 'you supervise the worker'),
  (8, 'named', 'you are named for this restricted record'),
  (9, 'cover', 'you cover for the worker'),
  (10, 'duty', 'you are on duty for this child’s team'),
  (11, 'open-contact', 'there is an open contact about this child'),
  (12, 'joint-visit', 'you visit this child together with the worker'),
  (13, 'meeting', 'you attend a meeting about this child'),
  (14, 'panel', 'this child is on your panel'),
  (15, 'matter', 'you act in a legal matter about this child'),
  (16, 'rights-request', 'you handle a request about this record'),
  (17, 'sampled-audit', 'this record is in your audit sample'),
  (18, 'inspection', 'this record is in your inspection'),
  (19, 'shared-view', 'this record is shared with you by agreement'),
  (20, 'team', 'your team works with this child'),
  (21, 'household', 'you work with a child of this family'),
  (22, 'sibling', 'you work with a sister or brother'),
  (23, 'unallocated', 'nobody works with this child yet'),
  (24, 'any-child', 'your work may be about any child'),
  (25, 'reason', 'you gave a reason that your office allows'),
  (26, 'new-person', 'you are adding this person'),
  (27, 'break-glass', 'you asked for emergency access'),
  (28, 'search', 'you may look for anyone by name');

-- Levels: index (who is this), summary (what happens with them), full. may_write only counts at full.
create table access.role_reach (
  role text not null references access.role,
  rule text not null references access.rule,
  level text not null check (level in ('index', 'summary', 'full')),
  groups text[] not null check (cardinality(groups) > 0),
  may_write boolean not null default false check (not may_write or level = 'full'),
  needs_reason boolean not null default false,
  from_day date not null default '2000-01-01',
  to_day date check (to_day >= from_day),
  primary key (role, rule, level, may_write, from_day)
);

create table access.restriction_rule (
  level smallint primary key check (level between 0 and 4),
  name text not null,
  -- To whom search says that a restricted record may exist, and who may break glass on it.
  hint_roles text[] not null,
  break_glass_roles text[],
  -- Roles that need not be named; null: no list, the ordinary rules.
  also_roles text[],
  only_roles text[],
  most_named integer,
  -- Who may see who looked (F33), and nothing else of it.
  log_roles text[] not null default '{}'
);
insert into access.restriction_rule values
  (0, 'normal', '{}', null, null, null, null, '{}'),
  (1, 'sensitive section', '{}', null, null, null, null, '{}'),
  (2, 'restricted', '{A-DUTY,A-EDT}', '{A-DUTY,A-EDT}', '{A-SM}', null, null, '{A-DPO,A-CG}'),
  (3, 'sealed', '{}', '{A-EDT}', '{}', '{A-ADO}', null, '{A-DPO,A-CG}'),
  (4, 'not to be known', '{}', '{}', '{}', null, 2, '{}');

do $$
declare
  everything text[] := array(select code from foundation.field_group order by code);
  -- Global exclusions of D.1: only a row that names them gives them.
  excluded text[] := '{F04,F21,F23,F28,F29,F33,F34,F36}';
  standard text[] := array(select unnest(everything) except select unnest(excluded) order by 1);
  -- What the allocated worker needs besides: where the child lives, the adults, the child's own words, the court.
  worker text[] := array(select unnest(standard || '{F04,F23,F28,F29,F34,F36}') order by 1);
  colleague text[] := array(select unnest(standard || '{F04,F29,F34}') order by 1);
  adults text[] := '{F01,F02,F03,F05,F06,F07,F08,F11,F12,F23,F24,F25,F26,F27}';
  summary text[] := '{F01,F02,F05,F07,F08,F09,F10,F20,F22,F24,F26}';
  caseload text[] := '{F01,F09,F10,F26}';
  involvement text[] := '{F01,F02,F03,F05,F07,F09,F10,F11,F24,F26}';
  role text;
begin
  -- Social workers and their managers.
  foreach role in array array['A-SW', 'A-TM', 'A-SM'] loop
    insert into access.role_reach (role, rule, level, groups, may_write) values
      (role, 'allocated', 'full', worker, true),
      (role, 'co-working', 'full', colleague, true),
      (role, 'named', 'full', worker, true),
      (role, 'cover', 'full', worker, true),
      (role, 'duty', 'full', colleague, true),
      (role, 'joint-visit', 'summary', summary || '{F03,F25}', false),
      (role, 'meeting', 'summary', summary || '{F12,F13,F14,F15}', false),
      (role, 'household', 'full', adults, true),
      (role, 'sibling', 'summary', summary, false),
      (role, 'new-person', 'full', worker, true),
      (role, 'break-glass', 'full', standard, true),
      (role, 'search', 'index', '{F01,F26}', false);
  end loop;
  insert into access.role_reach (role, rule, level, groups, may_write) values
    ('A-SW', 'team', 'index', caseload, false);
  foreach role in array array['A-TM', 'A-SM'] loop
    insert into access.role_reach (role, rule, level, groups, may_write) values
      (role, 'supervising-line', 'full', worker, true),
      (role, 'team', 'full', worker, true),
      (role, 'unallocated', 'index', caseload, false),
      (role, 'unallocated', 'full', '{F26}', true);
  end loop;

  -- Front door and emergency duty.
  insert into access.role_reach (role, rule, level, groups, may_write, needs_reason) values
    ('A-DUTY', 'any-child', 'summary', involvement, false, false),
    ('A-DUTY', 'open-contact', 'full', standard || '{F23,F28,F36}', true, false),
    ('A-DUTY', 'duty', 'full', colleague, true, false),
    ('A-DUTY', 'new-person', 'full', worker, true, false),
    ('A-DUTY', 'break-glass', 'full', standard, true, false),
    ('A-DUTY', 'search', 'index', '{F01,F26}', false, false),
    ('A-EDT', 'any-child', 'summary', involvement, false, false),
    ('A-EDT', 'any-child', 'full', standard || '{F04,F23}', true, true),
    ('A-EDT', 'new-person', 'full', worker, true, false),
    ('A-EDT', 'break-glass', 'full', standard || '{F04}', true, false),
    ('A-EDT', 'search', 'index', '{F01,F26}', false, false);

  -- Chairs write their own reviews and nothing else.
  insert into access.role_reach (role, rule, level, groups, may_write) values
    ('A-IRO', 'reviewing', 'full', worker, false),
    ('A-IRO', 'reviewing', 'full', '{F14,F15,F28}', true),
    ('A-IRO', 'named', 'full', worker, false),
    ('A-IRO', 'meeting', 'summary', summary || '{F12,F13,F14,F15}', false),
    ('A-IRO', 'break-glass', 'full', standard, true),
    ('A-IRO', 'search', 'index', '{F01,F26}', false),
    ('A-SW', 'advising', 'full', array(select unnest(standard || '{F04,F28,F29}')), true),
    ('A-PA', 'advising', 'full', array(select unnest(standard || '{F04,F28,F29}')), true),
    ('A-PA', 'co-working', 'full', standard, true),
    ('A-PA', 'cover', 'full', standard, true),
    ('A-PA', 'break-glass', 'full', standard, true),
    ('A-PA', 'search', 'index', '{F01,F26}', false),
    ('A-FOS', 'supporting-carer', 'full', '{F01,F02,F03,F04,F05,F06,F07,F24,F26,F30,F35}', true),
    ('A-FOS', 'cover', 'full', '{F01,F02,F03,F04,F05,F06,F07,F24,F26,F30,F35}', true),
    ('A-ADO', 'adoption', 'full', array(select unnest(worker || '{F21}')), true),
    ('A-ADO', 'cover', 'full', array(select unnest(worker || '{F21}')), true),
    ('A-ADO', 'named', 'full', array(select unnest(worker || '{F21}')), true),
    ('A-PNL', 'panel', 'summary', '{F01,F06,F07,F08,F10,F12,F15,F16,F17,F18,F20,F35}', false),
    ('A-QA', 'sampled-audit', 'full', standard, false),
    ('A-FIN', 'any-child', 'summary', '{F01,F30}', false),
    ('A-BS', 'meeting', 'full', '{F01,F03,F07,F14,F26}', true),
    ('A-BS', 'team', 'index', caseload, false),
    ('A-LEG', 'matter', 'full', array(select unnest(standard || '{F23,F28,F29}')), false),
    ('A-LEG', 'matter', 'full', '{F34}', true),
    ('A-IG', 'rights-request', 'full', array(select unnest(everything) except select 'F21'), false),
    ('A-IG', 'search', 'index', '{F01,F26}', false),
    ('A-ADM', 'break-glass', 'full', standard, false),
    ('A-PTR', 'shared-view', 'summary', summary, false),
    ('A-INS', 'inspection', 'full', standard, false);
  foreach role in array array['A-CG', 'A-DPO'] loop
    insert into access.role_reach (role, rule, level, groups, may_write, needs_reason) values
      (role, 'reason', 'full', array(select unnest(standard || '{F23,F28,F33,F36}')), false, true),
      (role, 'search', 'index', '{F01,F26}', false, false);
  end loop;
end $$;

do $$
declare
  kind text;
begin
  foreach kind in array array['app', 'jobs'] loop
    call foundation.grant_to(kind, 'select on table access.rule, access.role_reach, access.restriction_rule');
  end loop;
end $$;
