import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { endSession, startSession } from '../access/sign-in.ts'
import type { Employed } from './employing.ts'
import type { Connections, Wishes } from './fill.ts'
import { scenes } from './scenes.ts'
import { type Stage, setPieces } from './set-pieces.ts'
import { castMember } from './staff.ts'

/**
 * Lets the cast do what set pieces and scenes ask of them, each as themselves.
 * @param subjects whom each set piece is about: the authority's own number
 */
export async function play(
  { jobs, app }: Connections,
  { children, seed, today }: Wishes,
  employed: Employed,
  subjects: ReadonlyMap<string, string>,
): Promise<void> {
  const run = await openRun(jobs, {
    purpose: 'filling a demonstration',
    population: 'the people of its set pieces',
  })
  const people = await inRun(jobs, run, async (trx) => {
    const { rows } = await sql<{ local: string; person: string }>`
      select value as local, person_id as person from person_identifier
       where kind = 'la-child-id' and value = any (${[...subjects.values()]}::text[])`.execute(trx)
    return new Map(rows.map(({ local, person }) => [local, person]))
  })
  const pieces = new Map([...subjects].map(([name, local]) => [name, people.get(local)!]))
  const sessions = new Map<string, string>()
  const account = (name: string) => employed.account(castMember(name).email)
  const stageFor = (piece: string): Stage => ({
    ...{ db: app, today, account },
    person: pieces.get(piece)!,
    async as(name) {
      const secret =
        sessions.get(name) ??
        (await startSession(app, { account: account(name), method: 'local', client: 'a demonstration' }))
      sessions.set(name, secret)
      return { secret }
    },
    write: (work) => inRun(jobs, run, work),
  })
  // Noted only when all was played: an interrupted start plays again what it had not come to.
  const played = new Set(
    (await sql<{ name: string }>`select name from access.demonstration_pieces()`.execute(jobs)).rows.map(
      ({ name }) => name,
    ),
  )
  for (const piece of setPieces) {
    if (played.has(piece.name)) continue
    await piece.play?.(stageFor(piece.name))
    for (const scene of scenes) if (scene.of === piece.name) await scene.play(stageFor(piece.name))
    await sql`select access.note_demonstration(${children}, ${seed}, ${today}, ${{ [piece.name]: pieces.get(piece.name)! }})`.execute(
      jobs,
    )
  }
  for (const secret of sessions.values()) await endSession(app, secret)
  await endRun(jobs, run, people.size)
}
