import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Vault } from '../casework/documents/vault.ts'
import type { Connection } from '../database/connection.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { Columns } from './columns.ts'
import type { Landing, Reading, Waiting } from './landings.ts'
import { Words } from './mapping.ts'
import { keepUnmapped, signedWords } from './mapping-store.ts'
import type { Counts, Load } from './model.ts'
import { PackFiles } from './pack-files.ts'
import { packLandings, packReadings, packTables } from './pack-tables.ts'
import { keepLoadedRows } from './reconciliation-rows.ts'
import {
  applyRestrictions,
  restrictionReadings,
  restrictionsTable,
  takeRestrictions,
} from './restrictions.ts'
import { oneAtATime } from './running.ts'
import { LoadEntering } from './ssd-entering.ts'
import { type FoundFiles, findFiles, readRows, type SourceFile } from './ssd-files.ts'
import {
  ssdFollowing,
  ssdHousekeeping,
  ssdKeys,
  ssdLandings,
  ssdReadings,
  ssdWaiting,
  ssdYears,
} from './ssd-landings.ts'
import { LoadLikeness } from './ssd-likeness.ts'
import { sayWhoIsWho } from './ssd-people.ts'
import { type Read, setUpStaged, stage, textOfLandings } from './ssd-staging.ts'
import { type SourceTable, ssdTables } from './ssd-tables.ts'
import { keepTeamsAndWorkers } from './ssd-workers.ts'
import { settle, type Transaction } from './store.ts'

/*
 * A load of another system's files: everything that can come in, in one transaction, and an account of every row.
 */

/** A kind of load: which tables its files are of and where their rows land. */
export interface LoadKind {
  source: Load
  name: string
  tables: readonly SourceTable[]
  readings: Readonly<Record<string, Reading>>
  landings: readonly Landing[]
  waiting: readonly Waiting[]
  housekeeping: ReadonlySet<string>
  keys: Readonly<Record<string, readonly string[]>>
  years: Readonly<Record<string, string>>
}

export const ssd: LoadKind = {
  source: 'ssd',
  name: 'Standard Safeguarding Dataset',
  tables: ssdTables,
  readings: ssdReadings,
  landings: ssdLandings,
  waiting: ssdWaiting,
  housekeeping: ssdHousekeeping,
  keys: ssdKeys,
  years: ssdYears,
}

export const pack: LoadKind = {
  source: 'pack',
  name: 'Pack',
  tables: packTables,
  readings: packReadings,
  landings: packLandings,
  waiting: [],
  housekeeping: new Set(),
  keys: {},
  years: {},
}

export const restrictions: LoadKind = {
  source: 'restrictions',
  name: 'Restrictions',
  tables: [restrictionsTable],
  readings: restrictionReadings,
  landings: [],
  waiting: [],
  housekeeping: new Set(),
  keys: {},
  years: {},
}

/** What the rows of one table came to: read is the sum of the other three. */
export interface TableAccount {
  table: string
  read: number
  loaded: number
  warned: number
  held: number
  gone: number
  byYear: Record<string, number>
  leftOut: Record<string, number>
}

export interface LoadAccount extends Counts {
  run: string | null
  system: string
  dryRun: boolean
  tables: TableAccount[]
  /** Why rows were held or warned of, most first. */
  reasons: { table: string; holds: boolean; reason: string; rows: number; line: number | null }[]
  unmapped: { field: string; set: string; word: string; times: number }[]
  warnings: FoundFiles['warnings']
  /** Only the migration team opens anything, until restrictions have loaded. */
  restrictionsAwaited: boolean
}

export interface LoadWishes {
  /** The short name of the system the files come from. */
  system: string
  dryRun?: boolean
  account?: string | undefined
  /** Where the documents of a pack are kept. */
  documents?: Vault | undefined
  signal?: AbortSignal | undefined
  onProgress?: (says: string) => void
}

const mostReasons = 200

/**
 * Reads files of another system and enters what the record can hold, in one transaction.
 * @param db as the role for background work
 * @throws UnusableInput when the files are none; Busy (running.ts) when another import is entering
 */
export async function runLoad(
  db: Connection,
  kind: LoadKind,
  paths: readonly string[],
  wishes: LoadWishes,
): Promise<LoadAccount> {
  if (!/^[a-z0-9-]{1,40}$/.test(wishes.system))
    throw new UnusableInput(
      `--system ${wishes.system}: use small letters, figures and hyphens, such as mosaic`,
    )
  const found = await findFiles(paths, kind.tables, kind.housekeeping, kind.source === 'pack')
  try {
    for (const file of found.files) mustTellWho(kind, file)
    return await enterFound(db, kind, found, wishes)
  } finally {
    await found.close()
  }
}

/** Rows that cannot say whom they are about are of no use. */
function mustTellWho({ landings, tables }: LoadKind, { name, table, columns }: SourceFile): void {
  const fields = tables.find((one) => one.name === table.name)!.fields
  for (const { from, person, further } of landings) {
    const at = fields.findIndex((field) => field.name === person)
    if (from === table.name && !further && at !== -1 && columns[at] === -1)
      throw new UnusableInput(
        `${name}, line 1: has no column ${person}: nobody can tell whom its rows are about`,
      )
  }
}

/** Undoes a dry run: nothing went wrong. */
class Undone extends Error {
  constructor(readonly account: LoadAccount) {
    super('Dry run')
  }
}

async function enterFound(
  db: Connection,
  kind: LoadKind,
  found: FoundFiles,
  wishes: LoadWishes,
): Promise<LoadAccount> {
  const trailed = await openRun(db, {
    purpose: `${wishes.dryRun ? 'dry run of a load' : 'load'} from another system: ${kind.name}`,
    population: 'the people in the files',
    account: wishes.account,
  })
  let touched = 0
  let loading: Loading | undefined
  try {
    const came = await inRun(db, trailed, async (trx) => {
      await oneAtATime(trx)
      loading = new Loading(trx, kind, found, wishes)
      const account = await loading.load()
      touched = loading.touched
      if (wishes.dryRun) throw new Undone(account)
      return account
    })
    await endRun(db, trailed, touched)
    return came
  } catch (error) {
    await loading?.drop()
    await endRun(db, trailed, error instanceof Undone ? touched : 0).catch(() => undefined)
    if (error instanceof Undone) return error.account
    throw error
  }
}

/** One load, in its transaction. */
class Loading {
  touched = 0
  #run = ''
  readonly #read = new Map<string, Read>()
  readonly #files: { file: SourceFile; number: number }[]
  readonly #likeness: LoadLikeness
  /** Only a pack has files beside its tables. */
  readonly #beside: PackFiles | undefined

  constructor(
    private readonly trx: Transaction,
    private readonly kind: LoadKind,
    private readonly found: FoundFiles,
    private readonly wishes: LoadWishes,
  ) {
    this.#files = found.files.map((file, i) => ({ file, number: i + 1 }))
    this.#likeness = new LoadLikeness(trx, wishes.system)
    if (kind.source === 'pack')
      this.#beside = new PackFiles(trx, wishes.system, wishes.documents, found.files, (text) =>
        this.#says(text),
      )
  }

  async load(): Promise<LoadAccount> {
    const { trx, kind, wishes } = this
    await sql`select set_config('work_mem', '128MB', true), set_config('jit', 'off', true)`.execute(trx)
    this.#run = await this.#begin()
    const awaited = kind.source === 'restrictions' ? false : await awaitRestrictions(trx)
    const words = new Words(await signedWords(trx, wishes.system))
    await this.#forgetEarlier()
    const entering = new LoadEntering(
      {
        trx,
        columns: await Columns.of(trx),
        run: this.#run,
        system: wishes.system,
        files: this.#files.map(({ file }) => file.name),
      },
      kind.landings,
    )
    await entering.begin()
    const staged = await this.#stage(words)
    await this.#tellCleaned(staged)
    if (kind.source === 'restrictions') {
      const pending = await takeRestrictions(trx, {
        run: this.#run,
        system: wishes.system,
        files: this.#files.map(({ file }) => file.name),
      })
      if (pending > 0)
        this.found.warnings.push({
          file: this.#files[0]!.file.name,
          line: null,
          what: `${pending} rows name people who are not in the record yet: they are restricted the moment they come in`,
        })
    } else await this.#enter(entering, staged)
    await keepUnmapped(trx, wishes.system, words.unmapped())
    if (!wishes.dryRun) await this.#keepRows()
    if (!wishes.dryRun && this.#present.includes('ssd_person')) await this.#likeness.keepAsked(this.#run)
    if (!wishes.dryRun && kind.source === 'ssd')
      await keepLoadedRows(trx, { run: this.#run, system: wishes.system }, this.#present)
    const account = await this.#account(entering, words, awaited)
    await this.#finish(account)
    return account
  }

  /** What was taken in of a load that is undone goes again. */
  async drop(): Promise<void> {
    await this.#beside?.drop()
  }

  #says(text: string): void {
    this.wishes.signal?.throwIfAborted()
    this.wishes.onProgress?.(text)
  }

  async #begin(): Promise<string> {
    const files = this.#files.map(({ file }) => file.name)
    const { rows } = await sql<{ id: string }>`
      insert into importing.run (source, system, files, state, started_at, asked_by)
      values (${this.kind.source}, ${this.wishes.system}, ${files}::text[], 'entering', clock_timestamp(), ${this.wishes.account ?? null})
      returning id`.execute(this.trx)
    return rows[0]!.id
  }

  get #present(): string[] {
    return [...new Set(this.#files.map(({ file }) => file.table.name))]
  }

  /** What an earlier load of the same tables told of its rows is replaced by what this one tells. */
  async #forgetEarlier(): Promise<void> {
    await sql`delete from importing.source_row
               where system = ${this.wishes.system} and source_table = any (${this.#present}::text[])`.execute(
      this.trx,
    )
  }

  /** Reads the files into tables of this transaction; those without a file stay empty. */
  async #stage(words: Words): Promise<SourceTable[]> {
    const { trx, kind } = this
    const waits = new Set(kind.waiting.map(({ from }) => from))
    const needed = neededFields(kind.landings)
    const used = `${textOfLandings(kind.landings)} ${kind.source === 'ssd' ? `${teamsAndWorkers} ${[...ssdFollowing].join(' ')}` : ''} ${kind.source === 'restrictions' ? restrictionsTable.fields.map(({ name }) => name).join(' ') : ''}`
    const staged: SourceTable[] = []
    for (const table of kind.tables) {
      if (kind.housekeeping.has(table.name)) continue
      const files = this.#files.filter(({ file }) => file.table.name === table.name)
      if (waits.has(table.name)) {
        if (files.length > 0) this.#read.set(table.name, await this.#count(files))
        continue
      }
      await setUpStaged(trx, table, kind.keys[table.name] ?? [])
      staged.push(table)
      if (files.length === 0) continue
      let rows = 0
      const rules = { readings: kind.readings, needed }
      this.#read.set(
        table.name,
        await stage(trx, table, files, rules, words, used, (more) => {
          rows += more
          this.#says(`Reading ${table.name}: ${rows.toLocaleString('en-GB')} rows`)
        }),
      )
    }
    return staged
  }

  async #count(files: readonly { file: SourceFile }[]): Promise<Read> {
    let rows = 0
    for (const { file } of files) for await (const batch of readRows(file)) rows += batch.length
    return { rows, leftOut: {} }
  }

  /** What cleaning said of rows, beside what entering will say. */
  async #tellCleaned(staged: readonly SourceTable[]): Promise<void> {
    for (const { name } of staged.filter((table) => this.#read.has(table.name)))
      await sql`
        insert into staged_outcome
        select ${name}, place, true, held, null::uuid, null::text from ${sql.table(`staged_${name}`)} where held is not null
        union all
        select ${name}, place, false, said, null, null
          from ${sql.table(`staged_${name}`)} cross join unnest(string_to_array(warned, E'\\n')) as said where warned is not null`.execute(
        this.trx,
      )
  }

  async #enter(entering: LoadEntering, staged: readonly SourceTable[]): Promise<void> {
    const { trx, kind, wishes } = this
    const present = new Set(this.#present)
    if (kind.source === 'ssd') await keepTeamsAndWorkers(trx, wishes.system, present)
    this.#says('Finding who is in the record already')
    entering.someKnown = await sayWhoIsWho(trx, wishes.system, staged, this.#likeness)
    await this.#beside?.begin()
    await this.#beside?.readNotes()
    await this.#beside?.takeInDocuments()
    for (const landing of kind.landings) {
      if (!present.has(landing.from)) continue
      this.#says(`Entering ${landing.from} (${landing.into.replaceAll('_', ' ')})`)
      await entering.land(landing)
      if (landing.into === 'person') await applyRestrictions(trx, wishes.system, this.#run)
    }
    await this.#beside?.keep()
    await this.#likeness.tellApart()
    await entering.tellOthers(kind.landings.filter(({ from }) => present.has(from)))
    const { rows } = await sql<{ person: string }>`select distinct person from staged_touched`.execute(trx)
    this.touched = rows.length
    this.#says('Making the cards of lists')
    await settle(
      trx,
      rows.map(({ person }) => person),
      false,
    )
  }

  /** Keeps whole the rows that did not simply come in. */
  async #keepRows(): Promise<void> {
    const waits = new Map(this.kind.waiting.map(({ from, because }) => [from, because]))
    const places = new Map<string, Set<number>>()
    const place = new Map<string, number>()
    for (const { file } of this.#files) {
      const { name } = file.table
      const because = waits.get(name)
      if (because === undefined && !places.has(name)) places.set(name, await this.#toldOf(name))
      if (because === undefined && places.get(name)!.size === 0) continue
      this.#says(`Keeping rows of ${name} that wait`)
      let at = place.get(name) ?? 0
      for await (const rows of readRows(file)) {
        const kept = rows
          .map((row) => ({ at: ++at, row }))
          .filter((one) => because !== undefined || places.get(name)!.has(one.at))
          .map((one) => ({ place: one.at, line: one.row.line, raw: one.row.raw() }))
        await this.#keep(name, file.name, kept, because)
      }
      place.set(name, at)
    }
  }

  async #toldOf(table: string): Promise<Set<number>> {
    const { rows } = await sql<{ place: number }>`
      select distinct place from staged_outcome where tab = ${table}`.execute(this.trx)
    return new Set(rows.map(({ place }) => place))
  }

  async #keep(
    table: string,
    file: string,
    rows: readonly { place: number; line: number; raw: Record<string, string> }[],
    because: string | undefined,
  ): Promise<void> {
    if (rows.length === 0) return
    const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (place integer, line integer, raw jsonb)`
    const said =
      because === undefined
        ? sql`select r.place, r.line, r.raw, bool_or(o.holds) as holds, array_agg(distinct o.reason) as reasons, max(o.sid) as sid, max(o.person::text)::uuid as person
                from ${given} join staged_outcome o on o.tab = ${table} and o.place = r.place group by r.place, r.line, r.raw`
        : sql`select r.place, r.line, r.raw, true as holds, array[${because}] as reasons, null as sid, null::uuid as person from ${given}`
    await sql`
      insert into importing.source_row (run_id, system, source_table, outcome, reasons, file, line, source_id, person_id, raw)
      select ${this.#run}::uuid, ${this.wishes.system}, ${table}, case when holds then 'held' else 'warned' end, reasons, ${file}, line, sid, person, raw
        from (${said}) told order by line`.execute(this.trx)
  }

  async #account(entering: LoadEntering, words: Words, awaited: boolean): Promise<LoadAccount> {
    const tables: TableAccount[] = []
    for (const name of this.#present) tables.push(await this.#accountOf(name))
    const { rows: reasons } = await sql<LoadAccount['reasons'][number]>`
      select tab as "table", holds, reason, count(distinct place) as rows, null::integer as line
        from staged_outcome group by tab, holds, reason order by holds desc, count(distinct place) desc, tab, reason limit ${mostReasons}`.execute(
      this.trx,
    )
    const waiting = this.kind.waiting.flatMap(({ from, because }) => {
      const read = this.#read.get(from)
      return read === undefined || read.rows === 0
        ? []
        : [{ table: from, holds: true, reason: because, rows: read.rows, line: null }]
    })
    return {
      run: this.wishes.dryRun ? null : this.#run,
      system: this.wishes.system,
      dryRun: this.wishes.dryRun ?? false,
      ...entering.tally.counts,
      tables,
      reasons: [...waiting, ...reasons],
      unmapped: words
        .unmapped()
        .sort((a, b) => b.times - a.times || a.field.localeCompare(b.field) || a.word.localeCompare(b.word)),
      warnings: this.found.warnings,
      restrictionsAwaited: awaited,
    }
  }

  async #accountOf(table: string): Promise<TableAccount> {
    const { rows: read, leftOut } = this.#read.get(table)!
    const waits = this.kind.waiting.some(({ from }) => from === table)
    const { rows } = await sql<{ held: number; told: number; gone: number }>`
      select count(distinct place) filter (where holds) as held, count(distinct place) as told,
             (select count(*) from importing.source_row r where r.run_id = ${this.#run}::uuid and r.source_table = ${table} and r.outcome = 'gone') as gone
        from staged_outcome where tab = ${table}`.execute(this.trx)
    const { held, told, gone } = rows[0]!
    return waits
      ? { table, read, loaded: 0, warned: 0, held: read, gone: 0, byYear: {}, leftOut }
      : {
          table,
          read,
          loaded: read - told,
          warned: told - held,
          held,
          gone,
          byYear: await this.#byYear(table),
          leftOut,
        }
  }

  /** Rows by the year (from 1 April) of the table's own date, to hold against a return. */
  async #byYear(table: string): Promise<Record<string, number>> {
    const date = this.kind.years[table]
    if (date === undefined) return {}
    const { rows } = await sql<{ year: string; n: number }>`
      select y || '-' || lpad(((y + 1) % 100)::text, 2, '0') as year, count(*) as n
        from ${sql.table(`staged_${table}`)} s cross join lateral (select extract(year from s.${sql.raw(date)}::date - interval '3 months')::integer as y) as began
       where s.${sql.raw(date)} is not null group by 1 order by 1`.execute(this.trx)
    return Object.fromEntries(rows.map(({ year, n }) => [year, n]))
  }

  async #finish(account: LoadAccount): Promise<void> {
    const { trx } = this
    const rows = account.tables.map((one) => ({
      source_table: one.table,
      read: one.read,
      loaded: one.loaded,
      warned: one.warned,
      held: one.held,
      gone: one.gone,
      by_year: one.byYear,
      left_out: one.leftOut,
    }))
    await sql`
      insert into importing.row_account (run_id, source_table, read, loaded, warned, held, gone, by_year, left_out)
      select ${this.#run}::uuid, a.source_table, a.read, a.loaded, a.warned, a.held, a.gone, a.by_year, a.left_out
        from jsonb_populate_recordset(null::importing.row_account, ${JSON.stringify(rows)}::jsonb) a`.execute(
      trx,
    )
    const held = account.tables.reduce((all, one) => all + one.held, 0)
    const people = this.#read.get('ssd_person')?.rows ?? this.touched
    await sql`
      update importing.run set state = 'finished', entered_at = transaction_timestamp(), finished_at = clock_timestamp(),
             created = ${account.created}, updated = ${account.updated}, unchanged = ${account.unchanged}, problems = ${held},
             children = ${people}, done = ${people}, warnings = ${JSON.stringify(account.warnings)}::jsonb
       where id = ${this.#run}::uuid`.execute(trx)
    if (this.kind.source === 'restrictions') {
      account.restrictionsAwaited = held > 0 && (await awaitRestrictions(trx))
      if (held === 0) await sql`select importing.restrictions_loaded()`.execute(trx)
    }
  }
}

/** Closes the record to everybody but the migration team, unless restrictions have loaded. @returns whether it did */
async function awaitRestrictions(trx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ awaited: boolean }>`select importing.await_restrictions() as awaited`.execute(
    trx,
  )
  return rows[0]!.awaited
}

/** Fields without which a row says nothing: those that columns with no other source need. */
function neededFields(landings: readonly Landing[]): Set<string> {
  return new Set(landings.flatMap(({ needs = {} }) => Object.values(needs)))
}

const teamsAndWorkers = ssdTables
  .filter(({ name }) => name === 'ssd_department' || name === 'ssd_professionals')
  .flatMap(({ fields }) => fields.map(({ name }) => name))
  .filter((name) => !/caseload|equivalency|agency/.test(name))
  .join(' ')
