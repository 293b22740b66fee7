-- What is said once of a person is said by the record that leads: the functions of 0298 read it from any of those that
-- are one.
do $$
declare
  of_summary constant text := pg_get_functiondef('record.summary_of(uuid[], date)'::regprocedure);
  of_identity constant text := pg_get_functiondef('record.identity_of(uuid, uuid[], date)'::regprocedure);
  summary_now constant text := replace(of_summary, 'where c.person_id = any (in_people) limit 1)',
    'where c.person_id = any (in_people) order by case when cardinality(in_people) > 1 then c.person_id = record.leader_of(in_people[1]) end desc limit 1)');
  identity_now constant text := replace(of_identity, 'where g.person_id = any (in_people) limit 1)',
    'where g.person_id = any (in_people) order by g.person_id = in_person desc limit 1)');
begin
  if summary_now = of_summary or identity_now = of_identity then
    raise exception 'The functions of a record’s front are not as this migration knows them';
  end if;
  execute summary_now;
  execute identity_now;
end $$;
