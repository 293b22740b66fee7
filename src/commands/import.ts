import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Command, InvalidArgumentError } from 'commander'
import { vaultFor } from '../casework/documents/services.ts'
import { UnusableInput as Unusable } from '../cli.ts'
import type { Connection } from '../database/connection.ts'
import type { Source } from '../importing/model.ts'
import { kindWords, type ReturnPart } from '../importing/reconciliation-model.ts'
import { runReconciliation } from '../importing/reconciliation-running.ts'
import {
  addReconciled,
  type DifferenceRow,
  differencesOf,
  findReconciled,
  type Line,
  lastLoad,
  linesOf,
} from '../importing/reconciliation-store.ts'
import { type Account, Busy, runImport } from '../importing/running.ts'
import {
  type LoadAccount,
  type LoadKind,
  pack,
  restrictions,
  runLoad,
  ssd,
} from '../importing/ssd-running.ts'
import { addRun } from '../importing/store.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  json?: boolean
  year?: string
  evenIfOlder?: boolean
}

interface LoadWishes {
  json?: boolean
  dryRun?: boolean
  system: string
}

/** `cairn import cin-census|ssda903|people|restrictions|ssd|pack|reconcile`: 0 done, 1 done with problems, 2 input that cannot be used. */
export function define(command: Command): void {
  const json = ['--json', 'for programs: what was read, made, left alone and refused'] as const
  const year = [
    '--year <year>',
    'the collection year, such as 2024-25, where the files do not say it',
    readYear,
  ] as const
  const census = command
    .command('cin-census <file...>')
    .description('children in need censuses (XML), each a return of its own')
    .option(...year)
    .option('--even-if-older', 'also one made before the one that was imported last')
    .option(...json)
    .action(async (files: string[], wishes: Wishes) => {
      Object.assign(census, {
        status: await bring(
          'cin-census',
          files.map((file) => [file]),
          wishes,
        ),
      })
    })
  const care = command
    .command('ssda903 <path...>')
    .description('one looked-after children return: a folder, its CSV files, or its XML')
    .option(...year)
    .option(...json)
    .action(async (paths: string[], wishes: Wishes) => {
      Object.assign(care, { status: await bring('ssda903', [paths], wishes) })
    })
  const people = command
    .command('people <file...>')
    .description('names, numbers, addresses and relationships (CSV, docs/import.md)')
    .option(...json)
    .action(async (files: string[], wishes: Wishes) => {
      Object.assign(people, { status: await bring('people', [files], wishes) })
    })
  defineReconcile(command, year)
  const loads = [
    [
      restrictions,
      'restrictions <file...>',
      'who of another system is restricted, adopted or hidden: first of all',
    ],
    [
      ssd,
      'ssd <path...>',
      'another system’s record as the Standard Safeguarding Dataset: folders, CSV files, zip',
    ],
    [pack, 'pack <path...>', 'relationships, allocations, warnings, notes and documents of another system'],
  ] as const
  for (const [kind, usage, description] of loads) {
    const load = command
      .command(usage)
      .description(description)
      .requiredOption(
        '--system <name>',
        'the system the files come from, such as mosaic: its numbers are its own',
      )
      .option('--dry-run', 'say what would come of it, and change nothing')
      .option('--json', 'for programs: the account of every table')
      .action(async (paths: string[], wishes: LoadWishes) => {
        Object.assign(load, { status: await bringAcross(kind, paths, wishes) })
      })
  }
}

/** `cairn import reconcile`: the files of the last load, and returns, held against the record. */
function defineReconcile(command: Command, year: readonly [string, string, (text: string) => string]): void {
  const reconcile = command
    .command('reconcile [file...]')
    .description('hold the last load against the record; with the files of a return, that return')
    .option('--system <name>', 'the system whose load it is, where several were loaded')
    .option('--return <name>', 'cin-census or ssda903: what the files are', readReturnName)
    .option(...year)
    .option('--json', 'for programs: counts and differences')
    .action(async (files: string[], wishes: ReconcileWishes) => {
      Object.assign(reconcile, { status: await holdAgainst(files, wishes) })
    })
}

interface ReconcileWishes {
  system?: string
  return?: ReturnPart
  year?: string
  json?: boolean
}

function readReturnName(text: string): ReturnPart {
  if (text !== 'cin-census' && text !== 'ssda903')
    throw new InvalidArgumentError('Write cin-census or ssda903.')
  return text
}

/** @returns 0 when nothing differs that is not explained, 1 otherwise */
async function holdAgainst(files: string[], wishes: ReconcileWishes): Promise<number> {
  const { json = false, system, year = '' } = wishes
  if (files.length > 0 !== (wishes.return !== undefined))
    throw new Unusable('Name the files of a return and say which with --return, or neither.')
  const line = new ProgressLine(process.stderr.isTTY === true && !json)
  try {
    const came = await withJobsDatabase(async (db) => {
      const run = await lastLoad(db, system)
      if (run === undefined) throw new UnusableInput('No load of another system has come in')
      const part = wishes.return ?? 'tables'
      const names = files.map((path) => path.replace(/^.*[\\/](?=.)/, ''))
      const id = await addReconciled(db, { run, part, period: year, files: names })
      const onProgress = (says: string) => line.show(says)
      const paths = files.map((path) => resolve(path))
      await runReconciliation(db, (await findReconciled(db, id))!, paths, { onProgress })
      return { run, part, counts: await linesOf(db, [id]), differences: await differencesOf(db, [id]) }
    })
    line.end()
    const undecided = came.differences.filter(({ decision }) => decision !== 'explained')
    process.stdout.write(json ? `${JSON.stringify(inShort(came))}\n` : differencesInWords(came.differences))
    return undecided.length > 0 ? 1 : 0
  } catch (error) {
    if (error instanceof UnusableInput) throw new Unusable(error.message)
    throw error
  } finally {
    line.end()
  }
}

const inShort = (came: { run: string; part: string; counts: Line[]; differences: DifferenceRow[] }) => ({
  ...came,
  counts: came.counts.map(({ reconciled_id: _, place: __, ...line }) => line),
  differences: came.differences.map(({ subject, kind, field, rows, children, decision, words }) => ({
    ...{ subject, kind, field, rows, children, decision, words },
  })),
})

function differencesInWords(differences: readonly DifferenceRow[]): string {
  const lines = differences.map(
    ({ subject, kind, field, rows, decision, words }) =>
      `${[subject, field].filter(Boolean).join(', ')}: ${rows.toLocaleString('en-GB')} ${kindWords[kind].toLowerCase()}${decision === 'explained' ? ` (explained: ${words})` : ''}`,
  )
  return `${lines.length === 0 ? 'Nothing differs.' : [...lines, 'They are looked at, decided and signed on the page Reconciliation.'].join('\n')}\n`
}

function readYear(text: string): string {
  const [, first, last] = /^(20\d\d)(?:[-/](\d\d))?$/.exec(text) ?? []
  if (!first || (last && (Number(first) + 1) % 100 !== Number(last)))
    throw new InvalidArgumentError('Write it like 2024-25, or as the year in which it ends: 2025.')
  return last ? `20${last}` : first
}

async function bring(source: Source, each: string[][], wishes: Wishes): Promise<number> {
  const ending = new AbortController()
  const end = () => ending.abort(new Unusable('Interrupted: nothing of the file under way was entered.'))
  process.once('SIGINT', end)
  try {
    const accounts = await withJobsDatabase(async (db) => {
      const made: Account[] = []
      for (const paths of each) made.push(await bringOne(db, source, paths, wishes, ending.signal))
      return made
    })
    if (wishes.json) process.stdout.write(`${JSON.stringify(inAll(accounts))}\n`)
    return accounts.some(({ problems }) => problems.length > 0) ? 1 : 0
  } catch (error) {
    if (error instanceof UnusableInput) throw new Unusable(error.message)
    throw error
  } finally {
    process.removeListener('SIGINT', end)
  }
}

async function bringOne(
  db: Connection,
  source: Source,
  paths: string[],
  { year = '', json, evenIfOlder }: Wishes,
  signal: AbortSignal,
): Promise<Account> {
  const line = new ProgressLine(process.stderr.isTTY === true && !json)
  const run = await addRun(db, {
    source,
    period: year,
    files: paths.map((path) => path.replace(/^.*[\\/](?=.)/, '')),
  })
  const absolute = paths.map((path) => resolve(path))
  try {
    for (;;) {
      try {
        const account = await runImport(db, run, absolute, {
          signal,
          evenIfOlder,
          onProgress: ({ reading, done, people }) =>
            line.show(
              reading
                ? 'Reading …'
                : `Entering ${done.toLocaleString('en-GB')} of ${people?.toLocaleString('en-GB')}`,
            ),
        })
        line.end()
        if (!json) process.stdout.write(inWords(paths, account))
        return account
      } catch (error) {
        if (!(error instanceof Busy)) throw error
        line.show('Waiting for another import to end …')
        await wait(1000, undefined, { signal })
      }
    }
  } finally {
    line.end()
  }
}

async function bringAcross(kind: LoadKind, paths: string[], wishes: LoadWishes): Promise<number> {
  const { json = false, dryRun = false, system } = wishes
  const ending = new AbortController()
  const end = () => ending.abort(new Unusable('Interrupted: nothing was entered.'))
  process.once('SIGINT', end)
  const line = new ProgressLine(process.stderr.isTTY === true && !json)
  try {
    const account = await withJobsDatabase(async (db, config) => {
      const documents = kind.source === 'pack' ? await vaultFor(config) : undefined
      for (;;) {
        try {
          return await runLoad(
            db,
            kind,
            paths.map((path) => resolve(path)),
            { system, dryRun, documents, signal: ending.signal, onProgress: (says) => line.show(says) },
          )
        } catch (error) {
          if (!(error instanceof Busy)) throw error
          line.show('Waiting for another import to end …')
          await wait(1000, undefined, { signal: ending.signal })
        }
      }
    })
    line.end()
    process.stdout.write(json ? `${JSON.stringify(account)}\n` : loadInWords(account))
    return account.tables.some(({ held }) => held > 0) ? 1 : 0
  } catch (error) {
    if (error instanceof UnusableInput) throw new Unusable(error.message)
    throw error
  } finally {
    line.end()
    process.removeListener('SIGINT', end)
  }
}

const shownReasons = 40

function loadInWords(account: LoadAccount): string {
  const number = (n: number) => n.toLocaleString('en-GB')
  const wide = Math.max(...account.tables.map(({ table }) => table.length))
  const row = (name: string, cells: readonly string[]) =>
    `${name.padEnd(wide)}${cells.map((cell) => cell.padStart(14)).join('')}`
  const { created, updated, unchanged } = account
  return `${[
    ...(account.dryRun ? ['Dry run: nothing was changed.'] : []),
    row('', ['read', 'loaded', 'with warning', 'held', 'gone']),
    ...account.tables.map(({ table, read, loaded, warned, held, gone }) =>
      row(table, [read, loaded, warned, held, gone].map(number)),
    ),
    `${number(created)} facts made, ${number(updated)} changed, ${number(unchanged)} left as they were.`,
    ...account.warnings.map(
      ({ file, line, what }) => `${file}${line === null ? '' : `, line ${line}`}: ${what}`,
    ),
    ...account.tables.flatMap(({ table, leftOut }) =>
      Object.entries(leftOut).map(
        ([field, rows]) => `${table}: ${field} has no place in the record; ${number(rows)} rows fill it`,
      ),
    ),
    ...account.reasons
      .slice(0, shownReasons)
      .map(
        ({ table, holds, reason, rows }) =>
          `${table}: ${number(rows)} ${holds ? 'held' : 'with a warning'}: ${reason}`,
      ),
    ...(account.reasons.length > shownReasons ? ['… and more, on the page of this import'] : []),
    ...(account.unmapped.length > 0
      ? [
          `${number(account.unmapped.length)} local words stand for nothing yet: map them on the page Local words`,
        ]
      : []),
    ...(account.restrictionsAwaited
      ? ['Restrictions have not been loaded: until they have, only the migration team opens anything.']
      : []),
  ].join('\n')}\n`
}

function inAll(accounts: readonly Account[]) {
  const sum = (of: (account: Account) => number) =>
    accounts.reduce((total, account) => total + of(account), 0)
  return {
    read: sum(({ read }) => read),
    created: sum(({ created }) => created),
    updated: sum(({ updated }) => updated),
    unchanged: sum(({ unchanged }) => unchanged),
    withdrawn: sum(({ withdrawn }) => withdrawn),
    absent: sum(({ absent }) => absent),
    problems: accounts.flatMap(({ problems }) => problems),
    warnings: accounts.flatMap(({ warnings }) => warnings),
  }
}

const shownProblems = 20

function inWords(paths: readonly string[], account: Account): string {
  const { read, created, updated, unchanged, withdrawn, absent, problems, warnings } = account
  const number = (n: number) => n.toLocaleString('en-GB')
  const lines = [
    `${paths.join(', ')}: ${number(read)} people read; ${number(created)} facts made, ${number(updated)} changed, ${number(unchanged)} left as they were, ${number(withdrawn)} withdrawn.`,
    ...(absent > 0
      ? [`${number(absent)} people of an earlier file of this return are not in this one: left as they are.`]
      : []),
    ...warnings.map(({ file, line, what }) => `${file}${line === null ? '' : `, line ${line}`}: ${what}`),
    ...(problems.length > 0
      ? [`${number(problems.length)} rows could not be entered; they wait on the import problems page:`]
      : []),
    ...problems
      .slice(0, shownProblems)
      .map(
        ({ file, line, child, reason }) =>
          `  ${file}, line ${line ?? '?'}, ${child ?? 'no number'}: ${reason}`,
      ),
    ...(problems.length > shownProblems ? [`  … and ${number(problems.length - shownProblems)} more`] : []),
  ]
  return `${lines.join('\n')}\n`
}

/** One line that is written over, on a terminal only. */
class ProgressLine {
  #shown = false

  constructor(private readonly wanted: boolean) {}

  show(text: string): void {
    if (!this.wanted) return
    process.stderr.write(`\r\u001b[K${text}`)
    this.#shown = true
  }

  end(): void {
    if (this.#shown) process.stderr.write('\r\u001b[K')
    this.#shown = false
  }
}
