-- Which list of clocks the record was counted by: when a version brings another, everybody is counted again.
create table clocks.list (
  only_one boolean primary key default true check (only_one),
  fingerprint text not null
);
