-- Adoption, and leaving care.

create table record.adoption (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  collection_year codes.collection_year,
  date_int date,
  date_match date,
  foster_care boolean,
  nb_adoptr codes.number_of_adopters,
  sex_adoptr codes.sex_of_adopters,
  ls_adoptr codes.legal_status_of_adopters,
  unique (person_id, natural_key)
);
comment on table record.adoption is 'AD1 of the return: the decision, the match, and what is said of the adopters.';
call foundation.keep('record.adoption', 'F21', $$
  collection_year | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  date_int        | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  date_match      | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  foster_care     | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  nb_adoptr       | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  sex_adoptr      | F21 | special  | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  ls_adoptr       | F21 | special  | R-ADO-01 | sealed: given under the adoption regulations, not by access request
$$);

create table record.placed_for_adoption (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  natural_key text,
  date_placed date not null,
  date_placed_ceased date,
  reason_placed_ceased codes.reason_placed_ceased,
  unique (person_id, natural_key)
);
comment on table record.placed_for_adoption is 'The decision that a child should be placed for adoption, and its reversal.';
call foundation.keep('record.placed_for_adoption', 'F21', $$
  date_placed          | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  date_placed_ceased   | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
  reason_placed_ceased | F21 | ordinary | R-ADO-01 | sealed: given under the adoption regulations, not by access request
$$);

create table record.care_leaver_outcome (
  id uuid primary key default uuidv7(),
  person_id uuid not null references record.person,
  collection_year codes.collection_year not null,
  in_touch codes.in_touch,
  activ codes.activity,
  accom codes.accommodation,
  unique (person_id, collection_year)
);
comment on table record.care_leaver_outcome is 'OC3 of the return: contact, activity and accommodation about the birthday in a year.';
call foundation.keep('record.care_leaver_outcome', 'F22', $$
  collection_year | F22 | ordinary | R-CL-01 | yes
  in_touch        | F22 | ordinary | R-CL-01 | yes
  activ           | F22 | ordinary | R-CL-01 | yes
  accom           | F22 | ordinary | R-CL-01 | yes
$$);
