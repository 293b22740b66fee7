import { sql } from 'kysely'
import type { Connection } from '../../database/connection.ts'
import type { Danger, IncidentKind, Step, StepKind } from './model.ts'

type Db = Connection
interface Secret {
  readonly secret: string
}

export interface Incident {
  readonly id: string
  readonly reference: string
  readonly reportedBy: string
  readonly reporter: string
  readonly reportedAt: Date
  readonly awareAt: Date
  readonly kind: IncidentKind
  readonly nearMiss: boolean
  readonly words: string
  readonly dangers: readonly Danger[]
  readonly groups: readonly string[]
  readonly people: number | null
  readonly stillOut: 'yes' | 'no' | 'not-known'
}

export interface StepDone extends Step {
  readonly id: string
  readonly incident: string
  readonly by: string
  readonly recordedAt: Date
}

export type Reported = Omit<Incident, 'id' | 'reference' | 'reportedBy' | 'reporter' | 'reportedAt'>

/** Writes down that something went wrong; who handles incidents is told at once. @returns its id */
export async function report(db: Db, { secret }: Secret, one: Reported): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select governance.report_incident(${secret}, ${one.awareAt}, ${one.kind}, ${one.nearMiss}, ${one.words}, ${[...one.dangers]}::text[],
                                      ${[...one.groups]}::text[], ${one.people}, ${one.stillOut}) as id`.execute(
    db,
  )
  return rows[0]!.id
}

/** Incidents that somebody may read: their own, or all for who handles them. On the trail. */
export async function incidents(db: Db, { secret }: Secret, id?: string): Promise<Incident[]> {
  const { rows } = await sql<Incident>`
    select i.id, i.reference, i.reported_by as "reportedBy", a.display_name as reporter, i.reported_at as "reportedAt", i.aware_at as "awareAt", i.kind,
           i.near_miss as "nearMiss", i.words, i.dangers, i.field_groups as groups, i.people, i.still_out as "stillOut"
      from governance.incidents(${secret}, ${id ?? null}::uuid) i join access.account a on a.id = i.reported_by`.execute(
    db,
  )
  return rows
}

/** What was done, in order; nothing for who does not handle incidents. */
export async function stepsOf(db: Db, { secret }: Secret, incident?: string): Promise<StepDone[]> {
  const { rows } = await sql<StepDone>`
    select s.id, s.incident_id as incident, s.kind, s.happened_at as "happenedAt", s.body, s.name as by, s.recorded_at as "recordedAt"
      from governance.incident_steps(${secret}, ${incident ?? null}::uuid) s`.execute(db)
  return rows
}

/** @returns its id; null where the incident is closed, or is not this person's to close */
export async function addStep(
  db: Db,
  { secret }: Secret,
  incident: string,
  { kind, happenedAt, body }: { kind: StepKind; happenedAt: Date; body: Readonly<Record<string, unknown>> },
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select governance.add_incident_step(${secret}, ${incident}::uuid, ${kind}, ${happenedAt}, ${JSON.stringify(body)}::jsonb) as id`.execute(
    db,
  )
  return rows[0]!.id
}

/** The moment at which clocks here show this time. */
export async function momentOf(db: Db, day: string, time: string): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`
    select (${day}::date + ${time}::time) at time zone 'Europe/London' as at`.execute(db)
  return rows[0]!.at
}
