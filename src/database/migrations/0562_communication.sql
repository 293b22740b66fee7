-- How somebody is to be spoken and written to (Equality Act 2010; governance N56): language, interpreter, communication need,
-- adjustment. 'Refused' and 'not yet asked' are answers of their own; where there is no row, nobody has recorded anything.

create table record.communication_need (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  topic text not null check (topic in ('language', 'interpreter', 'communication', 'adjustment')),
  answer text not null check (answer in ('known', 'none', 'refused', 'not-yet-asked')),
  words text check ((words is not null) = (answer = 'known')),
  asked_on date not null default current_date,
  to_day date check (to_day >= asked_on),
  origin foundation.origin not null,
  origin_words text,
  ask_first boolean not null default false check (ask_first or origin is distinct from 'police'),
  unique (person_id, natural_key)
);
create index on record.communication_need (person_id);
comment on table record.communication_need is 'What somebody answered about how to be spoken and written to, who said it, and when they were asked.';
call foundation.keep('record.communication_need', 'F06', $$
  topic        | F06 | special | with record | yes
  answer       | F06 | special | with record | yes
  words        | F06 | special | with record | yes
  asked_on     | F06 | special | with record | yes
  to_day       | F06 | special | with record | yes
  origin       | F06 | ordinary | with record | yes
  origin_words | F06 | ordinary | with record | about who told it; released as that person’s rules allow
  ask_first    | F06 | ordinary | with record | how the fact is handled
$$);
insert into foundation.takes_back values ('communication_need');
