import { sql } from 'kysely'
import pg from 'pg'
import type { Columns } from './columns.ts'
import type { Landing } from './landings.ts'
import type { Counts, Value } from './model.ts'
import { setUp } from './ssd-staging.ts'
import * as store from './store.ts'

/*
 * Enters what was staged, a landing at a time, each in a handful of statements for all of its rows. Every row that
 * does not simply come in is told in staged_outcome.
 */

export interface Load {
  trx: store.Transaction
  columns: Columns
  run: string
  /** Which system the files come from: [a-z0-9-] only. */
  system: string
  /** Names of the files, by their number. */
  files: readonly string[]
}

/** A column of the record: its type without its domain's checks, which were asked before. */
interface TargetColumn {
  name: string
  type: string
}

/** Rows at a time: when the record refuses one, these are gone through again. */
const rowsAtATime = 50_000

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const quoted = (name: string) => `"${name}"`

/** What all landings came to. */
export class LoadTally {
  readonly byTable: Record<string, Counts> = {}

  count(table: string, counts: Partial<Counts>): void {
    this.byTable[table] ??= { created: 0, updated: 0, unchanged: 0, withdrawn: 0 }
    const of = this.byTable[table]
    for (const [what, by] of Object.entries(counts)) of[what as keyof Counts] += by
  }

  get counts(): Counts {
    const sum = (what: keyof Counts) => Object.values(this.byTable).reduce((all, one) => all + one[what], 0)
    return { created: sum('created'), updated: sum('updated'), unchanged: sum('unchanged'), withdrawn: 0 }
  }
}

export class LoadEntering {
  readonly tally = new LoadTally()
  #columnsOf = new Map<string, Map<string, TargetColumn>>()
  /** The checks that one day of a table is not before another. */
  #orders = new Map<string, { later: string; earlier: string }[]>()
  /** Tables of the record that have rows of these people from before this landing. */
  #filled = new Set<string>()
  #someKnown = false
  /** Tables of which it matters whether any landing took a row. */
  #watched = new Set<string>()
  #n = 0

  constructor(
    private readonly load: Load,
    landings: readonly Landing[],
  ) {
    for (const { from, saysOfOthers } of landings) if (saysOfOthers !== undefined) this.#watched.add(from)
  }

  /** Prepares: what the record's tables are like, and tables for outcomes and for whom the load changed. */
  async begin(): Promise<void> {
    const { trx } = this.load
    const { rows } = await sql<{ table: string; name: string; type: string }>`
      select c.relname as "table", a.attname as name, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) as type
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        join pg_type t on t.oid = a.atttypid
       where c.relnamespace = 'record'::regnamespace and c.relkind = 'r'`.execute(trx)
    for (const { table, ...column } of rows) {
      if (!this.#columnsOf.has(table)) this.#columnsOf.set(table, new Map())
      this.#columnsOf.get(table)!.set(column.name, column)
    }
    const { rows: orders } = await sql<{ table: string; says: string }>`
      select t.relname as "table", pg_get_constraintdef(c.oid) as says
        from pg_constraint c join pg_class t on t.oid = c.conrelid
       where c.contype = 'c' and c.connamespace = 'record'::regnamespace`.execute(trx)
    for (const { table, says } of orders) {
      const [, later, earlier] = /^CHECK \(\((\w+) >= ([a-z_]+)\)\)$/.exec(says) ?? []
      if (!later || !earlier) continue
      const known = this.#orders.get(table) ?? []
      known.push({ later, earlier })
      this.#orders.set(table, known)
    }
    await setUp(
      trx,
      'staged_outcome',
      [
        ['tab', 'text'],
        ['place', 'integer'],
        ['holds', 'boolean'],
        ['reason', 'text'],
        ['person', 'uuid'],
        ['sid', 'text'],
      ],
      ['place'],
    )
    await setUp(trx, 'staged_touched', [['person', 'uuid']])
    await setUp(trx, 'staged_taken', [
      ['tab', 'text'],
      ['place', 'integer'],
    ])
    await setUp(
      trx,
      'staged_who',
      [
        ['source', 'text'],
        ['person', 'uuid'],
        ['is_new', 'boolean'],
        ['held', 'text'],
        ['name', 'text'],
      ],
      ['source'],
    )
  }

  /** Whether anybody the load speaks of was in the record before: what is held of them is looked at then. */
  set someKnown(known: boolean) {
    this.#someKnown = known
  }

  /** Enters the rows of one landing. */
  async land(landing: Landing): Promise<void> {
    const due = `due_${++this.#n}_${landing.into}`.slice(0, 60)
    const columns = Object.keys(landing.columns).map((name) => this.#column(landing.into, name))
    await this.#setUpDue(due, columns)
    await this.#fill(due, landing, columns)
    await this.#holdTwice(due, landing.into)
    await this.#holdOverlapping(due, landing)
    const looksBack = this.#someKnown || this.#filled.has(landing.into)
    if (looksBack) await this.#adopt(due, landing)
    await this.#update(due, landing, columns, looksBack)
    await this.#insert(due, landing, columns)
    await this.#keepKeys(due, landing)
    await this.#tellOutcomes(due, landing)
    if (!landing.further) await this.#tellGone(due, landing)
    if (this.#watched.has(landing.from))
      await this.#run(`insert into staged_taken select ${literal(landing.from)}, d_place from ${due}`)
    this.#filled.add(landing.into)
    await this.#run(`truncate pg_temp.${due}`)
  }

  /** Says of rows that no landing took what their table says of such rows. */
  async tellOthers(landings: readonly Landing[]): Promise<void> {
    for (const { from, saysOfOthers } of landings) {
      if (saysOfOthers === undefined) continue
      await this.#run(`
        insert into staged_outcome
        select ${literal(from)}, s.place, false, ${literal(saysOfOthers)}, null, null from staged_${from} s
         where s.held is null and not exists (select from staged_taken t where t.tab = ${literal(from)} and t.place = s.place)`)
    }
  }

  #column(table: string, name: string): TargetColumn {
    const found = this.#columnsOf.get(table)?.get(name)
    if (found === undefined) throw new Error(`The record has no column ${name} in ${table}`)
    return found
  }

  #keyOf(table: string): 'natural_key' | 'collection_year' | null {
    return this.load.columns.keyOf(table)
  }

  async #run<T>(text: string): Promise<T[]> {
    const { system, trx } = this.load
    const { rows } = await sql.raw<T>(text.replaceAll(':system', literal(system))).execute(trx)
    return rows
  }

  #setUpDue(due: string, columns: readonly TargetColumn[]): Promise<void> {
    return setUp(this.load.trx, due, [
      ['d_place', 'integer'],
      ['d_file', 'integer'],
      ['d_line', 'integer'],
      ['d_person', 'uuid'],
      ['d_sid', 'text'],
      ['d_told', 'text'],
      ['d_held', 'text'],
      ['d_warned', 'text'],
      ['d_fact', 'uuid'],
      // new: to be made; known: by its identifier; adopted: there from another source.
      ['d_state', 'text'],
      ['d_key', 'text'],
      ...columns.map(({ name, type }) => [name, type] as const),
    ])
  }

  /** The rows of the files as rows of the record, with who and which fact they are, and why they cannot come in. */
  async #fill(due: string, landing: Landing, columns: readonly TargetColumn[]): Promise<void> {
    const { from, into, person, id, told, rows, joins = '', where = 'true', further } = landing
    const isPerson = into === 'person'
    const toldBy = told ?? `''`
    const sid = id === undefined ? toldBy : `coalesce(${id}, ${told === undefined ? `''` : told})`
    const values = columns.map(({ name, type }) => `(${landing.columns[name]})::${type}`)
    const known = isPerson ? 'case when w.is_new then null else w.person end' : 'k.fact_id'
    const made = isPerson ? 'w.person' : 'coalesce(k.fact_id, uuidv7())'
    await this.#run(`
      insert into ${due}
      select s.place, s.file, s.line, w.person, ${sid}, ${toldBy},
             case when s.${person} is null then ${literal(`${person} is missing: whose row is it?`)}
                  when w.held is not null then ${isPerson ? 'w.held' : literal(`${person}: that person is held: put their row right first`)}
                  when w.person is null then ${literal(`${person}: nobody in the files or in the record has this number`)}
                  ${this.#holds(landing)} end,
             ${(landing.warn ?? []).length === 0 ? 'null' : `nullif(concat_ws(E'\\n', ${landing.warn!.map(([condition, says]) => `case when ${condition} then ${literal(says)} end`).join(', ')}), '')`},
             ${made}, case when ${known} is null then 'new' else 'known' end,
             ${toldBy} || case when row_number() over same > 1 then '#' || row_number() over same else '' end,
             ${values.join(', ')}
        from ${rows ?? `staged_${from}`} s
        left join staged_who w on w.source = s.${person}
        ${joins}
        ${
          isPerson
            ? ''
            : `left join importing.source_key k on k.system = :system and k.source_table = ${literal(from)} and k.fact_table = ${literal(into)}
             and k.source_id = ${sid} and k.person_id = w.person`
        }
       where s.held is null and (${where})
         ${further ? `and w.person is not null and not exists (select from staged_outcome o where o.tab = ${literal(from)} and o.place = s.place and o.holds)` : ''}
      window same as (partition by w.person, ${toldBy} order by s.place)`)
    await this.#run(`analyze pg_temp.${due}`)
  }

  #holds(landing: Landing): string {
    const { needs = {}, hold = [], columns } = landing
    const called = (column: string) => fieldOf(columns[column]!) ?? column
    return [
      ...hold.map(([condition, says]) => `when ${condition} then ${literal(says)}`),
      ...Object.entries(needs).map(
        ([column, field]) => `when (${columns[column]}) is null then ${literal(`${field} is missing`)}`,
      ),
      ...(this.#orders.get(landing.into) ?? [])
        .filter(({ later, earlier }) => columns[later] !== undefined && columns[earlier] !== undefined)
        .map(
          ({ later, earlier }) =>
            `when (${columns[later]}) < (${columns[earlier]}) then ${literal(`${called(later)} is before ${called(earlier)}`)}`,
        ),
    ].join('\n                  ')
  }

  /** The same identifier of the same person twice: the first row counts. */
  async #holdTwice(due: string, into: string): Promise<void> {
    await this.#run(`
      update ${due} d set d_held = ${literal(
        into === 'person'
          ? 'the number stands for a person further up already'
          : 'its identifier stands further up for this person already',
      )} || ' (line ' || t.line || ')'
        from (select d_person, d_sid, min(d_place) as place, (array_agg(d_line order by d_place))[1] as line
                from ${due} where d_held is null and d_sid is not null group by d_person, d_sid having count(*) > 1) t
       where d.d_held is null and d.d_person = t.d_person and d.d_sid = t.d_sid and d.d_place > t.place`)
  }

  async #holdOverlapping(due: string, { oneAtATime }: Landing): Promise<void> {
    if (oneAtATime === undefined) return
    const { from, to, among, only = 'true' } = oneAtATime
    await this.#run(`
      update ${due} d set d_held = 'it overlaps in time with the one of line ' || o.line || ': one at a time'
        from (select d_place, ${from} < max(coalesce(${to}, 'infinity')) over before and ${from} is distinct from ${to} as overlaps,
                     last_value(d_line) over before as line
                from ${due} where d_held is null and ${only} and ${from} is distinct from ${to}
              window before as (partition by d_person${among === undefined ? '' : `, ${among}`} order by ${from}, d_place rows between unbounded preceding and 1 preceding)) o
       where o.overlaps and d.d_place = o.d_place and d.d_held is null`)
  }

  /** A fact that another source told of, or an earlier landing made, is this one when it is told by the same. */
  async #adopt(due: string, { from, into, apart }: Landing): Promise<void> {
    if (into === 'person' || apart) return
    const key = this.#keyOf(into)
    await this.#run(`
      update ${due} d set d_fact = t.id, d_state = 'adopted'
        from (select distinct on (d_person, d_told) d_place, d_person, d_told from ${due}
               where d_state = 'new' and d_held is null order by d_person, d_told, d_place) first
        join record.${into} t on t.person_id = first.d_person ${key === null ? '' : `and t.${key} = first.d_told`}
       where d.d_place = first.d_place and d.d_told is not distinct from first.d_told and d.d_person = first.d_person and d.d_state = 'new'
         and not exists (select from importing.source_key k where k.system = :system and k.source_table = ${literal(from)}
                          and k.fact_table = ${literal(into)} and k.fact_id = t.id)`)
    if (key !== 'natural_key') return
    // What is new, or is told by something else now, gets a key that nobody of theirs has.
    await this.#run(`
      update ${due} d set d_key = d.d_told || '#' || (
          (select max(coalesce(substring(t.natural_key from '#(\\d+)$')::integer, 1)) from record.${into} t
            where t.person_id = d.d_person and (t.natural_key = d.d_told or t.natural_key ~ '#\\d+$' and regexp_replace(t.natural_key, '#\\d+$', '') = d.d_told))
          + coalesce(substring(d.d_key from '#(\\d+)$')::integer, 1))
        from record.${into} o
       where d.d_held is null and o.person_id = d.d_person and o.natural_key = d.d_key and o.id <> d.d_fact`)
  }

  async #update(
    due: string,
    landing: Landing,
    columns: readonly TargetColumn[],
    looksBack: boolean,
  ): Promise<void> {
    if (!looksBack) return
    const { into, silence = [] } = landing
    const quiet = (name: string) => silence === true || silence.includes(name)
    const said = ({ name }: TargetColumn) =>
      quiet(name) ? `coalesce(d.${quoted(name)}, t.${quoted(name)})` : `d.${quoted(name)}`
    const differs = `(${columns.map(({ name }) => `t.${quoted(name)}`).join(', ')}) is distinct from (${columns.map(said).join(', ')})`
    const byHand = `(t.import_run_id is null or t.recorded_at > coalesce((select r.entered_at from importing.run r where r.id = t.import_run_id), 'infinity'))`
    const there = `d.d_state <> 'new' and d.d_held is null and t.id = d.d_fact`
    await this.#run(`
      update ${due} d set d_warned = concat_ws(E'\\n', d.d_warned, 'somebody wrote or changed this here, and it says otherwise: left as it is here')
        from record.${into} t where ${there} and ${differs} and ${byHand}`)
    const key = this.#keyOf(into)
    const rekey =
      key === 'natural_key'
        ? `, natural_key = case when regexp_replace(t.natural_key, '#\\d+$', '') is distinct from d.d_told then d.d_key else t.natural_key end`
        : ''
    const setting = `${columns.map((column) => `${quoted(column.name)} = ${said(column)}`).join(', ')}${rekey},
      import_run_id = ${literal(this.load.run)}::uuid, import_place = ${this.#place('d')}`
    const statement = (range: string) => `
      with done as (
        update record.${into} t set ${setting} from ${due} d where ${there} and ${differs} and not ${byHand} ${range}
        returning ${into === 'person' ? 't.id' : 't.person_id'} as person
      ), touched as (insert into staged_touched select person from done)
      select count(*) as n from done`
    const updated = await this.#sifting(due, landing, 'update', columns, statement)
    const [all] = await this.#run<{ n: number }>(
      `select count(*) as n from ${due} d where d_state <> 'new' and d_held is null`,
    )
    this.tally.count(into, { updated, unchanged: all!.n - updated })
  }

  async #insert(due: string, landing: Landing, columns: readonly TargetColumn[]): Promise<void> {
    const { into } = landing
    const key = this.#keyOf(into) === 'natural_key'
    const names = [
      'id',
      ...(into === 'person' ? [] : ['person_id']),
      ...(key ? ['natural_key'] : []),
      ...columns.map(({ name }) => quoted(name)),
      'import_run_id',
      'import_place',
    ]
    const values = [
      'd_fact',
      ...(into === 'person' ? [] : ['d_person']),
      ...(key ? ['d_key'] : []),
      ...columns.map(({ name }) => `d.${quoted(name)}`),
      `${literal(this.load.run)}::uuid`,
      this.#place('d'),
    ]
    const created = await this.#sifting(
      due,
      landing,
      'insert',
      columns,
      (range) => `
      with done as (
        insert into record.${into} (${names.join(', ')}) select ${values.join(', ')} from ${due} d
         where d_state = 'new' and d_held is null ${range}
         order by d_person
        returning ${into === 'person' ? 'id' : 'person_id'} as person
      ), touched as (insert into staged_touched select distinct person from done)
      select count(*) as n from done`,
    )
    this.tally.count(into, { created })
  }

  #place(alias: string): string {
    const names = this.load.files.map((name) => literal(name.replaceAll(':system', 'system'))).join(', ')
    return `(array[${names}])[${alias}.d_file] || ', line ' || ${alias}.d_line`
  }

  /** Runs a statement over ranges of rows; where the record refuses one of a range, all but those it refuses. */
  async #sifting(
    due: string,
    landing: Landing,
    what: 'insert' | 'update',
    columns: readonly TargetColumn[],
    statement: (range: string) => string,
  ): Promise<number> {
    const { trx } = this.load
    const state = what === 'insert' ? `d_state = 'new'` : `d_state <> 'new'`
    const [ends] = await this.#run<{ first: number | null; last: number | null }>(
      `select min(d_place) as first, max(d_place) as last from ${due} where ${state} and d_held is null`,
    )
    if (ends?.first == null || ends.last == null) return 0
    let done = 0
    for (let at = ends.first; at <= ends.last; at += rowsAtATime) {
      const range = `and d.d_place >= ${at} and d.d_place < ${at + rowsAtATime}`
      await sql`savepoint landing`.execute(trx)
      try {
        const [counted] = await this.#run<{ n: number }>(statement(range))
        done += counted!.n
        await sql`release savepoint landing`.execute(trx)
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || !/^2[23]/.test(error.code ?? '')) throw error
        await sql`rollback to savepoint landing`.execute(trx)
        done += await this.#oneByOne(due, landing, what, columns, `${state} and d_held is null ${range}`)
      }
    }
    return done
  }

  async #oneByOne(
    due: string,
    landing: Landing,
    what: 'insert' | 'update',
    columns: readonly TargetColumn[],
    which: string,
  ): Promise<number> {
    const { into } = landing
    const key = this.#keyOf(into) === 'natural_key'
    const { rows } = await sql<{ place: number; told: string; person: string; row: Record<string, Value> }>`
      select d_place as place, d_told as told, d_person as person,
             jsonb_build_object('id', d_fact, 'import_run_id', ${this.load.run}::uuid, 'import_place', ${sql.raw(this.#place('d'))}
               ${sql.raw(into === 'person' ? '' : `, 'person_id', d_person`)} ${sql.raw(key && what === 'insert' ? `, 'natural_key', d_key` : '')})
             || jsonb_build_object(${sql.raw(columns.map(({ name }) => `${literal(name)}, d.${quoted(name)}`).join(', '))}) as row
        from ${sql.raw(due)} d where ${sql.raw(which)} order by d_place`.execute(this.load.trx)
    const called = Object.fromEntries(
      columns.map(({ name }) => [name, fieldOf(landing.columns[name]!) ?? name]),
    )
    let refusedInAll = 0
    for (let at = 0; at < rows.length; at += 1000) {
      const some = rows.slice(at, at + 1000)
      const refused = await store.enterRows(
        this.load.trx,
        what,
        into,
        some.map(({ row }) => row),
      )
      refusedInAll += refused.size
      for (const [i, refusal] of refused) {
        const reason = this.load.columns.refusalInWords(into, refusal, called)
        await sql`update ${sql.raw(due)} set d_held = ${reason} where d_place = ${some[i]!.place} and d_told is not distinct from ${some[i]!.told}`.execute(
          this.load.trx,
        )
      }
    }
    await this.#run(`insert into staged_touched select distinct d_person from ${due} d where ${which}`)
    return rows.length - refusedInAll
  }

  /** Keeps which fact each identifier became, and that this load says so. */
  async #keepKeys(due: string, { from, into }: Landing): Promise<void> {
    await this.#run(`
      insert into importing.source_key (system, source_table, fact_table, source_id, person_id, fact_id)
      select :system, ${literal(from)}, ${literal(into)}, d_sid, d_person, d_fact from ${due}
       where d_state <> 'known' and d_held is null and d_sid is not null
      on conflict do nothing`)
    await this.#run(`
      insert into importing.statement (fact_id, person_id, source, period, run_id, digest)
      select d_fact, d_person, 'ssd', '', ${literal(this.load.run)}::uuid, '' from ${due} where d_state <> 'known' and d_held is null
       order by d_person
      on conflict (fact_id, source, period) do nothing`)
  }

  async #tellOutcomes(due: string, { from, further, saysOfAll }: Landing): Promise<void> {
    await this.#run(`
      insert into staged_outcome
      select ${literal(from)}, d_place, ${further ? 'false' : 'true'}, d_held, d_person, d_sid from ${due} where d_held is not null
      union all
      select ${literal(from)}, d_place, false, said, d_person, d_sid from ${due} cross join unnest(string_to_array(d_warned, E'\\n')) as said
       where d_held is null and d_warned is not null`)
    if (saysOfAll !== undefined)
      await this.#run(`
        insert into staged_outcome
        select ${literal(from)}, s.place, false, ${literal(saysOfAll)}, null, null from staged_${from} s where s.held is null`)
  }

  /** Rows that an earlier load had and this one has not: listed, and their facts left as they are. */
  async #tellGone(due: string, { from, into }: Landing): Promise<void> {
    if (!this.#someKnown) return
    await this.#run(`
      insert into importing.source_row (run_id, system, source_table, outcome, reasons, source_id, person_id)
      select ${literal(this.load.run)}::uuid, :system, ${literal(from)}, 'gone',
             array[${literal(`in the record from an earlier load (${into.replaceAll('_', ' ')}), and not in these files: left as it is`)}], k.source_id, k.person_id
        from importing.source_key k
       where k.system = :system and k.source_table = ${literal(from)} and k.fact_table = ${literal(into)}
         and not exists (select from ${due} d where d.d_sid = k.source_id and d.d_person = k.person_id)`)
  }
}

/** The field of the files that a column comes from, where it comes from one. */
function fieldOf(expression: string): string | undefined {
  const met = [...expression.matchAll(/\bs\.([a-z0-9_]+)/g)].map(([, field]) => field!)
  return new Set(met).size === 1 ? met[0] : undefined
}
