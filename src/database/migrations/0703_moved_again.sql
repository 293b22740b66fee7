-- What was moved off one wrong record onto another wrong one is moved again: an entry leaves as many records as it stood in
-- (0560 took it to leave one).
alter table record.taken_back drop constraint taken_back_fact_id_key;
create index on record.taken_back (fact_id);
