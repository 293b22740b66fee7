import { sql } from 'kysely'
import { endRun, inRun, openRun, type Run } from '../access/runs.ts'
import { endSession, startSession } from '../access/sign-in.ts'
import type { Connection } from '../database/connection.ts'
import type { Employed } from './employing.ts'
import type { CaseloadTold, Connections, Invented, Wishes } from './fill.ts'
import { type Caseload, scenes } from './scenes.ts'
import { type Stage, setPieces } from './set-pieces.ts'
import { castMember } from './staff.ts'

/** Lets the cast do what set pieces and scenes ask of them, each as themselves. */
export async function play(
  { jobs, app, documents }: Connections,
  { seed, today }: Wishes,
  employed: Employed,
  { subjects, caseloads }: Pick<Invented, 'subjects' | 'caseloads'>,
): Promise<void> {
  const run = await openRun(jobs, {
    purpose: 'filling a demonstration',
    population: 'the people of its set pieces and caseloads',
  })
  const ids = [...subjects.values(), ...caseloads.flatMap((one) => one.children.map(({ id }) => id))]
  const people = await peopleCalled(jobs, run, ids)
  const subject = (piece: string) => people.get(subjects.get(piece)!)!
  const account = (name: string) => employed.account(castMember(name).email)
  const sessions = new Map<string, string>()
  const stage: Omit<Stage, 'person'> = {
    ...{ db: app, today, account, documents },
    async as(name) {
      const known = sessions.get(name)
      const secret =
        known ??
        (await startSession(app, { account: account(name), method: 'local', client: 'a demonstration' }))
      sessions.set(name, secret)
      return { secret }
    },
    write: (work) => inRun(jobs, run, work),
  }
  // Noted when played: a start that was interrupted plays what it had not come to.
  const played = await alreadyPlayed(jobs)
  for (const { name, play } of setPieces) {
    if (played.has(name)) continue
    await play?.({ ...stage, person: subject(name) })
    await sql`select access.note_piece(${name}, ${subject(name)})`.execute(jobs)
  }
  const whole = {
    ...stage,
    seed,
    subject,
    caseloads: caseloads.map((one) => asCaseload(one, employed, people)),
  }
  for (const { name, play } of scenes) {
    if (played.has(name)) continue
    await play(whole)
    await sql`select access.note_scene(${name})`.execute(jobs)
  }
  for (const secret of sessions.values()) await endSession(app, secret)
  await endRun(jobs, run, people.size)
}

/** The people whom the authority knows by these numbers of its own. */
async function peopleCalled(
  jobs: Connection,
  run: Run,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await inRun(jobs, run, (trx) =>
    sql<{ local: string; person: string }>`
      select value as local, person_id as person from person_identifier
       where kind = 'la-child-id' and value = any (${[...ids]}::text[])`.execute(trx),
  )
  return new Map(rows.map(({ local, person }) => [local, person]))
}

async function alreadyPlayed(jobs: Connection): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from access.demonstration_pieces() union all select name from access.demonstration_scenes()`.execute(
    jobs,
  )
  return new Set(rows.map(({ name }) => name))
}

const asCaseload = (
  { worker, children, ...told }: CaseloadTold,
  employed: Employed,
  people: ReadonlyMap<string, string>,
): Caseload => ({
  ...told,
  account: employed.account(worker),
  children: children.map(({ id, ...child }) => ({ ...child, person: people.get(id)! })),
})
