import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Transaction } from 'kysely'
import { listAccounts, makeAccount, makeTeam, showInDemonstration } from '../access/accounts.ts'
import { demonstrationAccounts, demonstrationPassword } from '../access/demonstration.ts'
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
 * a small service of teams and workers is given their children. Does nothing when it was filled before.
 * @param jobs a connection as the role for background work
 * @param today the day that all dates hang on
 * @returns whether it filled
 */
export async function fillDemonstration(
  jobs: Connection,
  today: Day,
  say: (line: string) => void,
): Promise<boolean> {
  if ((await demonstrationAccounts(jobs)).length >= staff.length) return false
  say('Inventing a small authority …')
  const families = inventFamilies(34, today)
  await importReturns(jobs, families, today)
  const employed = await employ(jobs)
  await allocate(jobs, employed, families, today)
  await show(jobs, employed)
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

interface Employed {
  readonly account: string
  readonly team: string | undefined
}

/** Teams and accounts, those that are there already among them; the account's id and team's by e-mail. */
async function employ(jobs: Connection): Promise<ReadonlyMap<string, Employed>> {
  const teamIds = new Map<string, string>()
  for (const { name, parent } of teams) {
    teamIds.set(name, await makeTeam(jobs, { name, parent: parent && teamIds.get(parent) }))
  }
  const there = new Map((await listAccounts(jobs)).map(({ email, id }) => [email, id]))
  const employed = new Map<string, Employed>()
  for (const { email, name, jobTitle, roles, team } of staff) {
    const teamId = team && teamIds.get(team)
    const account =
      there.get(email) ??
      (await makeAccount(jobs, {
        ...{ email, name, jobTitle, roles, password: demonstrationPassword },
        teams: teamId ? [teamId] : [],
      }))
    employed.set(email, { account, team: teamId })
  }
  return employed
}

/** Last of all, so that a demonstration that was interrupted is filled again at the next start. */
async function show(jobs: Connection, employed: ReadonlyMap<string, { account: string }>): Promise<void> {
  for (const [rank, { email, says }] of staff.entries()) {
    await showInDemonstration(jobs, employed.get(email)!.account, { says, rank })
  }
}

/** Gives each family to one worker of the right team; a few stay with nobody, as life has it. */
async function allocate(
  jobs: Connection,
  employed: ReadonlyMap<string, Employed>,
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
    // An interrupted start may have come this far.
    if ((await sql`select from involvement limit 1`.execute(trx)).rows.length > 0) return
    const carrying = staff.filter(({ carries }) => carries).map(({ email }) => employed.get(email)!)
    for (const [n, family] of families.entries()) {
      if (n % 11 === 7) continue
      const worker = carrying[n % carrying.length]!
      for (const child of family.children) {
        if (child.story === 'closed') continue
        await giveTo(trx, ids.get(child.id)!, worker, later(child.since, addDays(today, -200)))
        if (family.hazard) await warn(trx, ids.get(child.id)!, family.hazard, today)
      }
    }
    const restricted = families.findIndex(
      ({ children }, n) => n % 11 !== 7 && children[0]!.story === 'protected',
    )
    await restrict(
      trx,
      ids.get(families[restricted]!.children[0]!.id)!,
      carrying[restricted % carrying.length]!.account,
      today,
    )
  })
  await endRun(jobs, run, ids.size)
}

const later = (one: Day, other: Day): Day => (one > other ? one : other)

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Writing = Transaction<any>

const giveTo = (trx: Writing, person: string, { account, team }: Employed, from: Day) =>
  sql`insert into involvement (person_id, kind, account_id, team_id, from_day)
      values (${person}, 'allocated', ${account}, ${team ?? null}, ${from})`.execute(trx)

const warn = (trx: Writing, person: string, words: string, today: Day) =>
  sql`insert into hazard (person_id, kind, words, from_day, review_on)
      values (${person}, 'other', ${words}, ${addDays(today, -90)}, ${addDays(today, 90)})`.execute(trx)

/** A record of a colleague's child: open to one worker by name, and to nobody else of the team. */
const restrict = (trx: Writing, person: string, reader: string, today: Day) =>
  sql`with made as (
        insert into restriction (person_id, level, reason, review_on)
        values (${person}, 2, 'A parent works for this service', ${addDays(today, 180)}) returning id
      ) insert into restriction_reader (person_id, restriction_id, account_id)
        select ${person}, id, ${reader} from made`.execute(trx)
