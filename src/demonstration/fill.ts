import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { demonstrationAccounts } from '../access/demonstration.ts'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { countWaiting } from '../casework/count-dues.ts'
import type { Vault } from '../casework/documents/vault.ts'
import type { Connection } from '../database/connection.ts'
import { runImport } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import type { Day } from '../web/words.ts'
import {
  endEnquiries,
  enterHazards,
  enterInvolvements,
  hazardsOf,
  type InvolvementRow,
  involvements,
} from './allocating.ts'
import { Chance } from './chance.ts'
import { type Employed, employ, fillRota, setLines, show } from './employing.ts'
import { type Family, inventFamilies, Numbers } from './families.ts'
import { spoilt } from './mistakes.ts'
import { play } from './playing.ts'
import { ReturnsWritten, type Written } from './returns-written.ts'
import type { Caseload } from './scenes.ts'
import { type Allocation, Service } from './service.ts'
import { makeSetPieces } from './set-pieces.ts'

export interface Connections {
  /** As the role for background work. */
  readonly jobs: Connection
  /** As the web's role: the cast acts as people at its pages do. */
  readonly app: Connection
  /** Where its documents are kept; nowhere where nobody said where. */
  readonly documents?: Vault | undefined
}

/** Which authority is invented. The same wishes make the same one. */
export interface Wishes {
  /** About how many children: a family is told whole. */
  readonly children: number
  readonly seed: number
  /** The day that all dates hang on. */
  readonly today: Day
  /** Of how many children somebody made a mistake that the Department's rules find: 0.02 is one in fifty. */
  readonly mistaken: number
  /** Of how many there are returns, the present year's among them. */
  readonly years: number
}

export const usual: Omit<Wishes, 'today'> = { children: 300, seed: 1, mistaken: 0.02, years: 8 }

/**
 * Fills an empty evaluation with an invented authority: returns and a file of people as another system would send them
 * are imported, and a service of teams and workers is given their children. Does nothing when it was filled before.
 * @returns whether it filled
 */
export async function fillDemonstration(
  connections: Connections,
  wishes: Wishes,
  say: (line: string) => void,
): Promise<boolean> {
  const rest = await beginDemonstration(connections, wishes, say)
  await rest?.(say)
  return rest !== undefined
}

/** What is left to fill. @param step hears of each step, for whoever waits */
export type Rest = (step?: (line: string) => void) => Promise<void>

/**
 * The first second of it: who works there, so that people can sign in.
 * @returns the rest, which may go on while pages answer; nothing when the evaluation was filled before
 */
export async function beginDemonstration(
  { jobs, app, documents }: Connections,
  wishes: Wishes,
  say: (line: string) => void,
): Promise<Rest | undefined> {
  const { seed, today } = wishes
  if (await isFilled(jobs)) return undefined
  say('Inventing an authority …')
  await sql`select access.note_demonstration(${wishes.children}, ${seed}, ${today})`.execute(jobs)
  await show(jobs, await employ(jobs, new Service(seed, today)))
  return async (step) => {
    const folder = await mkdtemp(join(tmpdir(), 'cairn-demonstration-'))
    try {
      const invented = invent(folder, wishes)
      const employed = await employ(jobs, invented.service)
      for (const file of invented.files) {
        step?.(`Importing ${basename(file.path)} …`)
        await bring(jobs, file)
      }
      step?.('Giving children to workers, and telling of visits …')
      await allocate(jobs, wishes, invented, employed)
      await setLines(jobs, invented.service, employed)
      await fillRota(jobs, invented.service, employed, today)
      await play({ jobs, app, documents }, wishes, employed, invented)
      await countDues(jobs)
      await sql`select access.finish_demonstration()`.execute(jobs)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** What is due of all this, as background work would count it within the minute. */
const countDues = (jobs: Connection) =>
  countWaiting.run(undefined, { db: jobs, read: jobs, log: { info() {}, error() {} }, signal: undefined })

/** Filled to its end, or by an earlier version, which noted nothing of it. */
async function isFilled(jobs: Connection): Promise<boolean> {
  const { rows } = await sql<{ finished: boolean }>`
    select finished from access.demonstration_filled()`.execute(jobs)
  return rows[0]?.finished ?? (await demonstrationAccounts(jobs)).length > 0
}

export interface Invented {
  service: Service
  involvements: InvolvementRow[]
  families: Pick<Family, 'hazard' | 'children'>[]
  files: Written[]
  /** Children about whom somebody made a mistake, and the rule that finds it. */
  mistaken: { child: string; rule: string }[]
  /** Whom each set piece is about, by its name: the authority's own number. */
  subjects: Map<string, string>
  caseloads: CaseloadTold[]
}

/** A worker's children of one family, before anybody has an id. */
export interface CaseloadTold extends Omit<Caseload, 'account' | 'children'> {
  readonly worker: string
  readonly children: readonly (Omit<Caseload['children'][number], 'person'> & { readonly id: string })[]
}

/** Of so many families what happens day by day is told: as many as one can look at. */
const mostCaseloads = 250

/** Tells every family and writes what returns say of it; what is kept in memory is who works with whom. */
export function invent(folder: string, { children, seed, today, mistaken, years }: Wishes): Invented {
  const numbers = new Numbers()
  const written = new ReturnsWritten(folder, { today, seed, years })
  const service = new Service(seed, today)
  const invented: Omit<Invented, 'files'> = {
    ...{ service, involvements: [], families: [], mistaken: [], subjects: new Map(), caseloads: [] },
  }
  const add = (family: Family, given: readonly Allocation[]) => {
    const workers = new Map(given.map(({ child, post }) => [child.id, post.registration]))
    written.add(family, ({ id }) => workers.get(id) ?? 'SW70001')
    invented.involvements.push(...given.flatMap((one) => involvements(one, seed)))
    if (family.hazard) invented.families.push({ hazard: family.hazard, children: family.children })
    for (const { id, mistake } of family.children)
      if (mistake) invented.mistaken.push({ child: id, rule: mistake })
    if (invented.caseloads.length < mostCaseloads) invented.caseloads.push(...caseloadsOf(family, given))
  }
  for (const { piece, made } of makeSetPieces(numbers, today, seed)) {
    invented.subjects.set(piece.name, made[0]!.family.children[0]!.id)
    for (const { family, worker } of made) add(family, worker ? service.allocate(family, worker) : [])
  }
  for (const family of withMistakes(inventFamilies(children, today, seed, numbers), mistaken, seed))
    add(family, service.allocate(family))
  return { ...invented, files: written.close() }
}

function caseloadsOf({ number, mother, grandparent }: Family, given: readonly Allocation[]): CaseloadTold[] {
  return [...new Set(given.map(({ post }) => post))].flatMap((post) => {
    const of = given.filter((one) => one.post === post && one.child.born !== undefined)
    if (!post.worker || of.length === 0) return []
    const told = of
      .map(({ child, standing }) => ({
        ...{ id: child.id, name: child.name.forename, born: child.born!, standing },
        language: (child.father ?? mother)?.community.language,
        ...{ disabilities: child.disabilities, fatherKnown: child.father !== undefined || !mother },
      }))
      .sort((one, other) => (one.born < other.born ? -1 : 1))
    const from = of.map((one) => one.from).sort()[0]!
    const athome = (grandparent ?? mother)?.name.forename ?? 'the carer'
    return [{ number, from, mother: athome, worker: post.worker.email, children: told }]
  })
}

const enteredTwice = 0.008

function* withMistakes(families: Iterable<Family>, mistaken: number, seed: number): Generator<Family> {
  for (const family of families) {
    const chance = new Chance(seed + 505, family.number)
    yield {
      ...family,
      children: family.children.map((child) => {
        const made = chance.happens(mistaken) ? spoilt(chance, child) : child
        return made.born && chance.happens(enteredTwice) ? { ...made, enteredTwice: true } : made
      }),
    }
  }
}

async function bring(jobs: Connection, { source, period, path, names }: Written): Promise<void> {
  const { rows } = await sql`
    select from importing.run where source = ${source} and period = ${period} and state = 'finished'`.execute(
    jobs,
  )
  // An interrupted start may have come this far.
  if (rows.length > 0) return
  const run = await addRun(jobs, { source, period, files: names })
  await runImport(jobs, run, [path], { listProblems: false })
}

const atATime = 2000

async function allocate(
  jobs: Connection,
  { today }: Wishes,
  { involvements: rows, families }: Invented,
  employed: Employed,
): Promise<void> {
  const run = await openRun(jobs, {
    purpose: 'filling a demonstration',
    population: 'the invented people of this demonstration',
  })
  await inRun(jobs, run, async (trx) => {
    // An interrupted start may have come this far.
    if ((await sql`select from involvement limit 1`.execute(trx)).rows.length > 0) return
    for (let at = 0; at < rows.length; at += atATime)
      await enterInvolvements(trx, rows.slice(at, at + atATime), employed)
    const hazards = families.flatMap((family) => hazardsOf(family, today))
    for (let at = 0; at < hazards.length; at += atATime)
      await enterHazards(trx, hazards.slice(at, at + atATime))
    await endEnquiries(trx, today)
  })
  await endRun(jobs, run, rows.length)
}
