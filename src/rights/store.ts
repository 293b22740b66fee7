import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import type { Asked, Asker, channels, RequestKind, Step, StepKind } from './model.ts'

type Db = Connection
interface Secret {
  readonly secret: string
}

export interface Request extends Asked {
  readonly id: string
  readonly reference: string
  readonly asker: string
  readonly reach: string
  readonly about: string
  readonly words: string
  readonly recordedAt: Date
  readonly recordedBy: string | null
}

export interface StepDone extends Step {
  readonly id: string
  readonly request: string
  readonly by: string
  readonly recordedAt: Date
}

export interface Asking {
  readonly kind: RequestKind
  readonly asker: string
  readonly asksAs: Asker
  readonly reach: string
  readonly about: string
  readonly words: string
}

/** From the public form. @returns the reference, the same whoever is in the record */
export async function ask(db: Db, one: Asking): Promise<string> {
  const { rows } = await sql<{ reference: string }>`
    select rights.ask(${one.kind}, ${one.asker}, ${one.asksAs}, ${one.reach}, ${one.about}, ${one.words}) as reference`.execute(
    db,
  )
  return rows[0]!.reference
}

/** By somebody who works here and was asked. @returns its id */
export async function writeDown(
  db: Db,
  { secret }: Secret,
  one: Asking & { received: Day; channel: keyof typeof channels },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select rights.write_down(${secret}, ${one.kind}, ${one.received}::date, ${one.channel}, ${one.asker}, ${one.asksAs}, ${one.reach}, ${one.about},
                             ${one.words}) as id`.execute(db)
  return rows[0]!.id
}

/** Requests that somebody may read: those they wrote down, or all for who handles them. On the trail. */
export async function requests(db: Db, { secret }: Secret, id?: string): Promise<Request[]> {
  const { rows } = await sql<Request>`
    select r.id, r.reference, r.kind, r.received_on::text as received, r.channel, r.asker, r.asks_as as "asksAs", r.reach, r.about, r.words,
           r.recorded_at as "recordedAt", a.display_name as "recordedBy"
      from rights.requests(${secret}, ${id ?? null}::uuid) r left join access.account a on a.id = r.recorded_by`.execute(
    db,
  )
  return rows
}

/** What was done, in order; nothing for who does not handle requests. */
export async function stepsOf(db: Db, { secret }: Secret, request?: string): Promise<StepDone[]> {
  const { rows } = await sql<StepDone>`
    select s.id, s.request_id as request, s.kind, s.on_day::text as "on", s.body, s.name as by, s.recorded_at as "recordedAt"
      from rights.steps(${secret}, ${request ?? null}::uuid) s`.execute(db)
  return rows
}

/** @returns its id; null where it may not be taken now: before it came, closed, or closed without an answer */
export async function addStep(
  db: Db,
  { secret }: Secret,
  request: string,
  { kind, on, body }: { kind: StepKind; on: Day; body: Readonly<Record<string, unknown>> },
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select rights.add_step(${secret}, ${request}::uuid, ${kind}, ${on}::date, ${JSON.stringify(body)}::jsonb) as id`.execute(
    db,
  )
  return rows[0]!.id
}
