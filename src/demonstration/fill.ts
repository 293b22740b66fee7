import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { makeDemonstrationAccount, makeTeam } from '../access/accounts.ts'
import { demonstrationAccounts } from '../access/demonstration.ts'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import type { Source } from '../importing/model.ts'
import { runImport } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import { addDays, type Day } from '../web/words.ts'
import { type Family, inventFamilies } from './families.ts'
import { careReturnOf, censusOf, peopleOf, returnYear } from './returns.ts'
import { staff, teams } from './staff.ts'

/**
 * Fills an empty evaluation with invented people: three returns as another system would send them are imported, and
 * a small service of teams and workers is given their children. Does nothing when accounts are there already.
 * @param jobs a connection as the role for background work
 * @param today the day that all dates hang on
 * @returns whether it filled
 */
export async function fillDemonstration(
  jobs: Connection,
  today: Day,
  say: (line: string) => void,
): Promise<boolean> {
  if ((await demonstrationAccounts(jobs)).length > 0) return false
  say('Inventing a small authority …')
  const families = inventFamilies(34, today)
  await importReturns(jobs, families, today)
  await allocate(jobs, await employ(jobs), families, today)
  return true
}

async function importReturns(jobs: Connection, families: readonly Family[], today: Day): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-demonstration-'))
  try {
    const year = returnYear(today)
    const name = `${year - 1}-${String(year).slice(2)}`
    const census = join(folder, `census-${name}.xml`)
    await writeFile(census, censusOf(families, today))
    await bring(jobs, 'cin-census', String(year), [census], [`census-${name}.xml`])
    const care = join(folder, `ssda903-${name}`)
    await mkdir(care)
    const files = careReturnOf(families, today)
    for (const [file, text] of files) await writeFile(join(care, file), text)
    await bring(jobs, 'ssda903', String(year), [care], [...files.keys()])
    const people = join(folder, 'people.csv')
    await writeFile(people, peopleOf(families))
    await bring(jobs, 'people', '', [people], ['people.csv'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function bring(
  jobs: Connection,
  source: Source,
  period: string,
  paths: string[],
  files: string[],
): Promise<void> {
  const run = await addRun(jobs, { source, period, files })
  await runImport(jobs, run, paths)
}

/** Teams and accounts; the ids of the workers who carry children, by e-mail. */
async function employ(jobs: Connection): Promise<ReadonlyMap<string, { account: string; team: string }>> {
  const teamIds = new Map<string, string>()
  for (const { name, parent } of teams) {
    teamIds.set(name, await makeTeam(jobs, { name, parent: parent && teamIds.get(parent) }))
  }
  const workers = new Map<string, { account: string; team: string }>()
  for (const [rank, { email, name, jobTitle, roles, team, says, carries }] of staff.entries()) {
    const teamId = team && teamIds.get(team)
    const account = await makeDemonstrationAccount(
      jobs,
      { email, name, jobTitle, roles, teams: teamId ? [teamId] : [] },
      { says, rank },
    )
    if (carries && teamId) workers.set(email, { account, team: teamId })
  }
  return workers
}

/** Gives each family to one worker of the right team; a few stay with nobody, as life has it. */
async function allocate(
  jobs: Connection,
  workers: ReadonlyMap<string, { account: string; team: string }>,
  families: readonly Family[],
  today: Day,
): Promise<void> {
  const ids = new Map<string, string>()
  const run = await openRun(jobs, {
    purpose: 'filling a demonstration',
    population: 'the invented people of this demonstration',
  })
  await inRun(jobs, run, async (trx) => {
    const { rows } = await sql<{ value: string; person: string }>`
      select value, person_id as person from person_identifier where kind in ('la-child-id', 'legacy-id')`.execute(
      trx,
    )
    for (const { value, person } of rows) ids.set(value, person)
    const carrying = [...workers.values()]
    for (const [n, family] of families.entries()) {
      const unallocated = n % 11 === 7
      const { account, team } = carrying[n % carrying.length]!
      for (const child of family.children) {
        const person = ids.get(child.id)!
        const from = later(child.since, addDays(today, -200))
        const to = child.story === 'closed' ? addDays(today, -10) : null
        if (unallocated || to) continue
        await sql`insert into involvement (person_id, kind, account_id, team_id, from_day)
                  values (${person}, 'allocated', ${account}, ${team}, ${from})`.execute(trx)
        if (family.hazard) {
          await sql`insert into hazard (person_id, kind, words, from_day, review_on)
                    values (${person}, 'other', ${family.hazard}, ${addDays(today, -90)}, ${addDays(today, 90)})`.execute(
            trx,
          )
        }
      }
    }
    const kept = families.find((family) => family.children[0]!.story === 'protected')!.children[0]!
    await sql`insert into restriction (person_id, level, reason, review_on)
              values (${ids.get(kept.id)!}, 2, 'A parent works for this service (demonstration)', ${addDays(today, 180)})`.execute(
      trx,
    )
  })
  await endRun(jobs, run, ids.size)
}

const later = (one: Day, other: Day): Day => (one > other ? one : other)
