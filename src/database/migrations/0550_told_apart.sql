-- Adding and correcting people: who was looked at and found to be somebody else; and what is hidden, hidden as it stood
-- before too.

create table record.told_apart (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  other_person_id uuid not null references record.person,
  occasion text not null check (occasion in ('adding', 'importing', 'clean-up', 'undoing')),
  words text,
  check (person_id <> other_person_id),
  unique (person_id, other_person_id)
);
create index on record.told_apart (other_person_id);
comment on table record.told_apart is
  'Somebody looked at both and said: these are two people. Not asked again; read from either end.';
call foundation.keep('record.told_apart', 'F05', $$
  other_person_id | F05 | ordinary | with record | about another person, who was shown as alike
  occasion        | F05 | ordinary | with record | yes
  words           | F05 | ordinary | with record | may speak of another person; decided at release
$$);

call access.guard_keys_to_people();

-- What is hidden now was hidden always: how an address or a number stood before is for nobody who may not read it today.
create function foundation.hide_what_stood_before() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('update history.%I set field_group = %L where id = $1', tg_table_name, 'F04') using new.id;
  return null;
end $$;
create trigger hide_what_stood_before after update of protected on record.address
  for each row when (new.protected and not old.protected) execute function foundation.hide_what_stood_before();
create trigger hide_what_stood_before after update of protected on record.contact_detail
  for each row when (new.protected and not old.protected) execute function foundation.hide_what_stood_before();

revoke execute on all routines in schema foundation from public;
do $$
begin
  call foundation.revoke_from('app', 'update on table record.told_apart');
end $$;
