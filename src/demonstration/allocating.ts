import { sql, type Transaction } from 'kysely'
import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import { aCommunity, fullName } from './communities.ts'
import type { Employed } from './employing.ts'
import type { Family } from './families.ts'
import type { Allocation } from './service.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Writing = Transaction<any>

interface InvolvementRow {
  /** The authority's own number of the child. */
  child: string
  kind: string
  account: string | null
  team: string | null
  worker: string | null
  from: Day
  to: Day | null
}

/** What allocations come to as rows: who works with the child now, who did before, who chairs. */
export function involvements(allocation: Allocation, employed: Employed, seed: number): InvolvementRow[] {
  const { child, post, from, reviewer } = allocation
  const chance = new Chance(seed + 404, Number(child.id.replace(/\D/g, '')))
  const team = employed.team(post.team)
  const of = { child: child.id, account: null, team: null, worker: null, to: null } as const
  const rows: InvolvementRow[] = [
    post.worker
      ? { ...of, kind: 'allocated', account: employed.account(post.worker.email), team, from }
      : { ...of, kind: 'team', team, from },
  ]
  if (post.worker && post.kind === 'leaving-care')
    rows.push({ ...of, kind: 'personal-adviser', account: employed.account(post.worker.email), team, from })
  if (reviewer) {
    const kind = allocation.standing === 'protected' ? 'conference-chair' : 'reviewing-officer'
    rows.push({ ...of, kind, account: employed.account(reviewer.email), from })
  }
  // Whoever had the child before has left, and is a name on file.
  const referral = child.life.need.at(-1)?.referral
  if (referral && referral < addDays(from, -60)) {
    const { forename, surname } = aCommunity(chance).adult(chance, chance.happens(0.78) ? 'F' : 'M')
    rows.push({ ...of, kind: 'allocated', worker: fullName({ forename, surname }), from: referral, to: from })
  }
  return rows
}

export const enterInvolvements = (trx: Writing, rows: readonly InvolvementRow[]) =>
  sql`
    insert into involvement (person_id, kind, account_id, team_id, worker_name, from_day, to_day)
    select i.person_id, r.kind, r.account, r.team, r.worker, r."from", r."to"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r (child text, kind text, account uuid, team uuid, worker text, "from" date, "to" date)
      join person_identifier i on i.kind = 'la-child-id' and i.value = r.child`.execute(trx)

export const hazardsOf = ({ hazard, children }: Family, today: Day) =>
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
