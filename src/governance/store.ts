import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import type { Layer, Section } from './notice.ts'
import { type Body, bodyOf, type Entry, type Register } from './registers.ts'

// The registers hold nobody's record: no opening is needed to read them.
type Db = Connection

/** Who is asking, as functions of the database want to hear it. */
interface Secret {
  readonly secret: string
}

/** A register as it was in force on a day, as known at a moment: now, when none is said. */
export async function inForce<R extends Register>(
  db: Db,
  register: R,
  on: Day,
  knownAt?: Date,
): Promise<Entry<R>[]> {
  const { rows } = await sql<{ key: string; body: unknown }>`
    select key, body from governance.in_force(${register}, ${on}::date, ${knownAt ?? 'infinity'}::timestamptz) order by key`.execute(
    db,
  )
  return rows.map(({ key, body }) => ({ key, ...bodyOf(register, body) }))
}

/** One version of an entry, with who stands behind it. */
export interface Version {
  readonly id: string
  readonly register: Register
  readonly key: string
  readonly body: Body<Register>
  readonly ends: boolean
  readonly from: Day
  readonly state: 'proposed' | 'approved' | 'refused' | 'taken-back'
  readonly shipped: boolean
  readonly reason: string | null
  readonly proposer: string | null
  readonly proposedBy: string | null
  readonly proposedAt: Date
  readonly decider: string | null
  readonly decidedAt: Date | null
  readonly words: string | null
}

const versions = sql`
  select e.id, e.register, e.key, e.body, e.ends, e.valid_from::text as "from", e.state, e.shipped, e.reason, e.proposed_by as "proposedBy",
         p.display_name as proposer, e.proposed_at as "proposedAt", d.display_name as decider, e.decided_at as "decidedAt", e.words
    from governance.entry e left join access.account p on p.id = e.proposed_by left join access.account d on d.id = e.decided_by`

/** Every version of an entry, the latest first. */
export async function versionsOf(db: Db, register: Register, key: string): Promise<Version[]> {
  const { rows } = await sql<Version>`
    ${versions} where e.register = ${register} and e.key = ${key} order by e.proposed_at desc, e.id desc`.execute(
    db,
  )
  return rows
}

/** Changes that wait for a second person. */
export async function proposals(db: Db): Promise<Version[]> {
  const { rows } = await sql<Version>`${versions} where e.state = 'proposed' order by e.proposed_at`.execute(
    db,
  )
  return rows
}

export interface Proposal {
  readonly register: Register
  readonly key: string
  readonly body: unknown
  readonly ends: boolean
  readonly from: Day
  readonly reason: string
}

/** @returns its id; null where a change of this entry waits already */
export async function propose(db: Db, { secret }: Secret, one: Proposal): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select governance.propose(${secret}, ${one.register}, ${one.key}, ${JSON.stringify(one.body)}::jsonb, ${one.ends}, ${one.from}::date, ${one.reason}) as id`.execute(
    db,
  )
  return rows[0]!.id
}

/** @returns whether it was decided: not when somebody did meanwhile, nor one's own proposal but to take it back */
export async function decide(
  db: Db,
  { secret }: Secret,
  entry: string,
  outcome: 'approved' | 'refused' | 'taken-back',
  words: string,
): Promise<boolean> {
  const { rows } = await sql<{ id: string | null }>`
    select governance.decide(${secret}, ${entry}::uuid, ${outcome}, ${words}) as id`.execute(db)
  return rows[0]!.id !== null
}

/** A field group that the record can hold. */
export interface Group {
  readonly code: string
  readonly name: string
  readonly sensitivity: string
}
export async function groupsHeld(db: Db): Promise<Group[]> {
  const { rows } = await sql<Group>`select code, name, sensitivity from governance.groups_held()`.execute(db)
  return rows
}

/** A version of the notice. */
export interface NoticeVersion {
  readonly id: string
  readonly layer: Layer
  readonly sections: readonly Section[]
  readonly fingerprint: string
  readonly state: 'proposed' | 'published' | 'refused' | 'taken-back'
  readonly proposedBy: string
  readonly proposer: string
  readonly proposedAt: Date
  readonly reason: string
  readonly decider: string | null
  readonly decidedAt: Date | null
  readonly words: string | null
}

/** Every version of a layer, or of all, the latest first. */
export async function notices(db: Db, layer?: Layer): Promise<NoticeVersion[]> {
  const { rows } = await sql<NoticeVersion>`
    select n.id, n.layer, n.sections, n.fingerprint, n.state, n.proposed_by as "proposedBy", p.display_name as proposer, n.proposed_at as "proposedAt",
           n.reason, d.display_name as decider, n.decided_at as "decidedAt", n.words
      from governance.notice n join access.account p on p.id = n.proposed_by left join access.account d on d.id = n.decided_by
     where ${layer ?? null}::text is null or n.layer = ${layer ?? null} order by coalesce(n.decided_at, n.proposed_at) desc, n.id desc`.execute(
    db,
  )
  return rows
}

/** The notice as it is read now: the last that was published. */
export const publishedOf = async (db: Db, layer: Layer): Promise<NoticeVersion | undefined> =>
  (await notices(db, layer)).find(({ state }) => state === 'published')

/** @returns its id; null where a version of this layer waits already */
export async function proposeNotice(
  db: Db,
  { secret }: Secret,
  one: { layer: Layer; sections: readonly Section[]; fingerprint: string; reason: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select governance.propose_notice(${secret}, ${one.layer}, ${JSON.stringify(one.sections)}::jsonb, ${one.fingerprint}, ${one.reason}) as id`.execute(
    db,
  )
  return rows[0]!.id
}

/** @returns whether it was decided, as `decide` */
export async function decideNotice(
  db: Db,
  { secret }: Secret,
  notice: string,
  outcome: 'published' | 'refused' | 'taken-back',
  words: string,
): Promise<boolean> {
  const { rows } = await sql<{ id: string | null }>`
    select governance.decide_notice(${secret}, ${notice}::uuid, ${outcome}, ${words}) as id`.execute(db)
  return rows[0]!.id !== null
}
