import { sql, type Transaction } from 'kysely'
import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import { aCommunity, fullName } from './communities.ts'
import type { Employed } from './employing.ts'
import type { Family } from './families.ts'
import type { Allocation } from './service.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Writing = Transaction<any>

export interface InvolvementRow {
  /** The authority's own number of the child. */
  child: string
  kind: string
  /** The worker's e-mail address. */
  worker: string | null
  team: string | null
  /** Of whoever has left, the name alone. */
  called: string | null
  from: Day
  to: Day | null
}

/** What an allocation comes to as rows: who works with the child now, who did before, who chairs. */
export function involvements(allocation: Allocation, seed: number): InvolvementRow[] {
  const { child, post, from, reviewer } = allocation
  const chance = new Chance(seed + 404, Number(child.id.replace(/\D/g, '')))
  const { worker, team } = post
  const of = { child: child.id, worker: null, team: null, called: null, to: null } as const
  const rows: InvolvementRow[] = [
    worker
      ? { ...of, kind: 'allocated', worker: worker.email, team, from }
      : { ...of, kind: 'team', team, from },
  ]
  if (worker && post.kind === 'leaving-care')
    rows.push({ ...of, kind: 'personal-adviser', worker: worker.email, team, from })
  if (reviewer) {
    const kind = allocation.standing === 'protected' ? 'conference-chair' : 'reviewing-officer'
    rows.push({ ...of, kind, worker: reviewer.email, from })
  }
  // Whoever had the child before has left, and is a name on file.
  const referral = child.life.need.at(-1)?.referral
  if (referral && referral < addDays(from, -60)) {
    const { forename, surname } = aCommunity(chance).adult(chance, chance.happens(0.78) ? 'F' : 'M')
    rows.push({ ...of, kind: 'allocated', called: fullName({ forename, surname }), from: referral, to: from })
  }
  return rows
}

export const enterInvolvements = (trx: Writing, rows: readonly InvolvementRow[], employed: Employed) => {
  const given = rows.map((row) => ({
    ...row,
    worker: row.worker && employed.account(row.worker),
    team: row.team && employed.team(row.team),
  }))
  return sql`
    insert into involvement (person_id, kind, account_id, team_id, worker_name, from_day, to_day)
    select i.person_id, r.kind, r.worker, r.team, r.called, r."from", r."to"
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as r (child text, kind text, worker uuid, team uuid, called text, "from" date, "to" date)
      join person_identifier i on i.kind = 'la-child-id' and i.value = r.child`.execute(trx)
}

/** Days after which the outcome of an enquiry is authorised. */
const daysOfEnquiry = 11

/** When enquiries had their outcome, which no return tells. */
export const endEnquiries = (trx: Writing, today: Day) =>
  sql`update section_47 set s47_end_date = s47_start_date + ${daysOfEnquiry}::int
       where s47_end_date is null and s47_start_date + ${daysOfEnquiry}::int <= ${today}::date`.execute(trx)

export const hazardsOf = ({ hazard, children }: Pick<Family, 'hazard' | 'children'>, today: Day) =>
  hazard
    ? children.map(({ id }) => ({
        ...{ child: id, kind: hazard.kind, words: hazard.words },
        from: addDays(today, -90),
        review: addDays(today, 90),
      }))
    : []

export const enterHazards = (trx: Writing, rows: readonly ReturnType<typeof hazardsOf>[number][]) =>
  sql`
    insert into hazard (person_id, kind, words, from_day, review_on)
    select i.person_id, r.kind, r.words, r."from", r.review
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (child text, kind text, words text, "from" date, review date)
      join person_identifier i on i.kind = 'la-child-id' and i.value = r.child`.execute(trx)
