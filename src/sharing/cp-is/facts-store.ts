import { type Kysely, sql } from 'kysely'
import type { Day } from '../../web/words.ts'
import type { ChildFacts, NumberFacts, PersonFacts, Told } from './alerts.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Any = Kysely<any>

interface PersonRow {
  id: string
  reference: string
  given: string | null
  family: string | null
  born: Day | null
  expected: Day | null
  died: Day | null
  numbers: NumberFacts[]
}

interface Row {
  leader: string
  child: PersonRow
  mother: PersonRow | null
  plans: { id: string; start: Day; end: Day | null }[]
  care: { id: string; start: Day; end: Day | null; shortBreaks: boolean }[]
  statuses: { status: string; start: Day; end: Day | null }[]
  twins: ChildFacts['twins']
  adopted: boolean
  hidden: boolean
  told: (Omit<Told, 'acknowledged' | 'deleteOn' | 'code'> &
    Record<'acknowledged' | 'deleteOn' | 'code', never>)[]
}

/** What an alert is worked out of, of one child. */
export interface Child {
  readonly person: string
  readonly facts: ChildFacts
  readonly told: readonly Told[]
}

/** A person by their registered name, with the numbers that hold today or were traced, under whatever ids. */
const personOf = (people: ReturnType<typeof sql>, leader: ReturnType<typeof sql>) => sql`(
  select jsonb_build_object('id', p.id, 'reference', p.reference,
           'given', coalesce(nullif(n.forename, ''), nullif(regexp_replace(n.full_name, '\\s+\\S+$', ''), n.full_name)),
           'family', coalesce(nullif(n.surname, ''), substring(n.full_name from '\\S+$')),
           'born', b.born, 'expected', b.expected, 'died', b.died,
           'numbers', coalesce((
             select jsonb_agg(jsonb_build_object('value', i.value, 'status', coalesce(t.status, 'entered')) order by i.from_day desc nulls last, i.id desc)
               from (select distinct on (value) value, from_day, id from record.person_identifier
                      where person_id = any (${people}) and kind = 'nhs-number' and (to_day is null or to_day > current_date)
                      order by value, id desc) i
               left join lateral (
                 select case t.status when 'not-matched' then 'entered' else t.status end as status from record.nhs_number_trace t
                  where t.person_id = any (${people}) and t.nhs_number = i.value order by t.traced_on desc, t.id desc limit 1) t on true), '[]'))
    from record.person p
    left join lateral (
      select * from record.person_name n where n.person_id = any (${people}) and n.kind in ('legal', 'preferred') and (n.to_day is null or n.to_day > current_date)
       order by n.kind <> 'legal', n.person_id = p.id desc, n.from_day desc nulls last, n.id desc limit 1) n on true
    cross join lateral (
      select min(q.date_of_birth) as born, min(q.expected_date_of_birth) as expected, min(q.died_on) as died from record.person q where q.id = any (${people})) b
   where p.id = ${leader})`

/**
 * What the record says of these children, each by the record that leads, with what has been told of them. Inside a run.
 */
export async function childrenOf(trx: Any, people: readonly string[]): Promise<Child[]> {
  if (people.length === 0) return []
  const { rows } = await sql<Row>`
    with human as materialized (
      select l.leader, array_agg(distinct w.one) as people
        from unnest(${[...people]}::uuid[]) as asked (id)
        cross join lateral (select record.leader_of(asked.id) as leader) l
        cross join lateral unnest(cpis.ids_of(l.leader)) as w (one)
       group by l.leader
    ), with_mother as materialized (
      select h.*, record.leader_of(m.mother) as mother
        from human h left join lateral (
          select mother from (
            select r.other_person_id as mother, r.from_day, r.id from record.relationship r
             where r.person_id = any (h.people) and r.kind = 'mother' and (r.to_day is null or r.to_day > current_date)
            union all
            select r.person_id, r.from_day, r.id from record.relationship r join record.person p on p.id = r.person_id
             where r.other_person_id = any (h.people) and r.kind = 'child' and p.sex = 'F' and (r.to_day is null or r.to_day > current_date)) r
           order by r.from_day desc nulls last, r.id desc limit 1) m on true
    )
    select h.leader, ${personOf(sql`h.people`, sql`h.leader`)} as child,
           case when h.mother is not null then ${personOf(sql`cpis.ids_of(h.mother)`, sql`h.mother`)} end as mother,
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'start', p.cp_plan_start_date, 'end', p.cp_plan_end_date) order by p.cp_plan_start_date), '[]')
              from record.child_protection_plan p where p.person_id = any (h.people) and p.cp_plan_ola is not true) as plans,
           (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'start', p.start_date, 'end', p.end_date, 'shortBreaks', p.short_breaks) order by p.start_date), '[]')
              from record.period_of_care p where p.person_id = any (h.people)) as care,
           (select coalesce(jsonb_agg(jsonb_build_object('status', s.legal_status, 'start', s.start_date, 'end', s.end_date) order by s.start_date), '[]')
              from record.legal_status s where s.person_id = any (h.people)) as statuses,
           coalesce((
             select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('born', t.date_of_birth, 'expected', t.expected_date_of_birth, 'died', t.died_on,
                      'plans', (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('id', p.id, 'start', p.cp_plan_start_date, 'end', p.cp_plan_end_date)))
                                  from record.child_protection_plan p where p.person_id = t.id and p.cp_plan_ola is not true))))
               from record.relationship r join record.person t on t.id = r.person_id
              where r.kind = 'mother' and r.other_person_id = any (cpis.ids_of(h.mother)) and t.id <> all (h.people)
                and exists (select from record.child_protection_plan p where p.person_id = t.id)), '[]') as twins,
           exists (select from record.period_of_care p where p.person_id = any (h.people) and p.end_reason in ('E11', 'E12')) as adopted,
           exists (select from record.index_card c where c.person_id = any (h.people) and c.restriction >= 4) as hidden,
           (select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'nhsNumber', a.nhs_number, 'type', a.plan_type, 'start', a.plan_start, 'source', a.source_id,
                     'state', a.state, 'sent', a.sent, 'acknowledged', a.acknowledged, 'deleteOn', a.delete_on, 'code', a.code) order by a.id), '[]')
              from record.cpis_alert a where a.person_id = any (h.people)) as told
      from with_mother h`.execute(trx)
  return rows.map((row) => ({
    person: row.leader,
    facts: {
      child: present(row.child),
      mother: row.mother ? present(row.mother) : undefined,
      plans: row.plans.map(withoutNulls),
      care: row.care.map(withoutNulls),
      statuses: row.statuses.map(withoutNulls),
      twins: row.twins.filter(({ plans }) => plans !== undefined),
      adopted: row.adopted,
      hidden: row.hidden,
    },
    told: row.told.map((one) => withoutNulls(one) as Told),
  }))
}

const withoutNulls = <T extends object>(row: T) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    [K in keyof T]: Exclude<T[K], null>
  }

const present = (row: PersonRow): PersonFacts => withoutNulls(row) as PersonFacts
