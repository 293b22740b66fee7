import type { Columns } from './columns.ts'
import { freshId } from './fresh-id.ts'
import { IdentityLedger, type Other } from './identifying.ts'
import {
  type Change,
  type Counts,
  decide,
  digestOf,
  type Fact,
  type Held,
  type Standing,
  type StatedPerson,
  type Value,
} from './model.ts'
import { type ToKeep, toKeep, wholePerson } from './problems.ts'
import type { Transaction } from './store.ts'
import * as store from './store.ts'

/** What the whole of an import came to so far. */
export class Tally {
  readonly counts: Counts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0 }
  readonly byTable: Record<string, Counts> = {}
  people = 0
  problems = 0
  /** People whom a file of the same return and period had told of before. */
  again = 0
  /** People who are not as they were. */
  readonly touched = new Set<string>()

  count(table: string, what: keyof Counts, by = 1): void {
    this.counts[what] += by
    this.byTable[table] ??= { created: 0, updated: 0, unchanged: 0, withdrawn: 0 }
    this.byTable[table][what] += by
  }
}

interface Entry {
  person: StatedPerson
  id: string
  changes: Change[]
}

/** Enters what one file says, some hundreds of people at a time, all in one transaction. */
export class Entering {
  readonly tally = new Tally()
  #identities: IdentityLedger

  constructor(
    private readonly trx: Transaction,
    private readonly columns: Columns,
    private readonly standing: Standing,
    private readonly importRun: string,
    /** Places of the rows that were put right: only what they say is entered, and nothing is kept as a problem. */
    private readonly mended?: ReadonlySet<number>,
  ) {
    this.#identities = new IdentityLedger(standing)
  }

  /**
   * Enters these people.
   * @returns what the record could not accept: kept as problems already
   */
  async enter(people: readonly StatedPerson[]): Promise<ToKeep[]> {
    this.tally.people += people.length
    const problems: ToKeep[] = []
    const tell = (person: StatedPerson, id: string | null, row: number, reason: string) =>
      problems.push(toKeep(person, id, row, reason))
    const identified = await this.#identities.identify(this.trx, people, (person, reason, candidates) =>
      problems.push(toKeep(person, null, wholePerson, reason, candidates)),
    )
    await this.columns.learn(this.trx, valuesOf(people))
    const known = identified.filter(({ isNew }) => !isNew).map(({ id }) => id)
    const held = await store.held(this.trx, this.columns, known)
    const others = await this.#identities.others(this.trx, people)
    const entries = identified.map(({ person, id, refusedIdentifiers }): Entry => {
      for (const { row, reason } of person.refused) tell(person, id, row, reason)
      for (const { fact, reason } of refusedIdentifiers) tell(person, id, fact.row, reason)
      const spoilt = new Set(refusedIdentifiers.map(({ fact }) => fact))
      const facts = this.#acceptable(person, spoilt, others, (row, reason) => tell(person, id, row, reason))
      const clean = person.refused.length === 0 && facts.length === person.facts.length
      const there = held.get(id) ?? []
      if (there.some(({ statements }) => statements.some((said) => this.#isOurs(said)))) this.tally.again++
      const standing = clean ? this.standing : { ...this.standing, addsOnly: true }
      const apart = this.mended ? keptApart(facts, there, person.rows, this.mended) : facts
      const changes = decide(apart, there, standing, (fact) => idFor(fact, id))
      return {
        person,
        id,
        changes: this.mended ? onlyMended(changes, this.mended, person, id, tell) : changes,
      }
    })
    await this.#write(entries, tell)
    await this.#identities.tellApart(this.trx)
    if (this.mended) return problems
    const children = people.flatMap(({ localId }) => (localId === null ? [] : [localId]))
    const open = await store.keepProblems(this.trx, this.importRun, this.standing, children, problems)
    this.tally.problems += open.length
    return open
  }

  #isOurs(said: { source: string; period: string }): boolean {
    return said.source === this.standing.source && said.period === this.standing.period
  }

  /** The facts whose every value their columns accept, and that belong to such facts. */
  #acceptable(
    person: StatedPerson,
    spoilt: Set<Fact>,
    others: ReadonlyMap<string, Other | null>,
    tell: (row: number, reason: string) => void,
  ): Fact[] {
    return person.facts.flatMap((stated) => {
      if (spoilt.has(stated)) return []
      // It waits with what it belongs to, and comes in with it.
      if (Object.values(stated.under).some((above) => spoilt.has(above))) {
        spoilt.add(stated)
        return []
      }
      const fact = withOthers(stated, others)
      const reason = typeof fact === 'string' ? fact : this.#complaint(fact)
      if (reason === null) return [fact as Fact]
      spoilt.add(stated)
      tell(stated.row, reason)
      return []
    })
  }

  #complaint(fact: Fact): string | null {
    const filled: Record<string, unknown> = { ...fact.values, ...fact.under }
    const key = this.columns.keyOf(fact.table)
    if (key !== null) filled[key] = fact.key
    for (const column of this.columns.missing(fact.table, filled))
      return `${fact.called[column] ?? column} is missing`
    for (const column in fact.values) {
      const called = fact.called[column] ?? column
      const complaint = this.columns.complaint(fact.table, column, fact.values[column], called)
      if (complaint !== null) return complaint
    }
    return null
  }

  /** Withdraws, changes and adds, table by table: what others belong to is made first and taken away last. */
  async #write(
    entries: readonly Entry[],
    tell: (person: StatedPerson, id: string, row: number, reason: string) => void,
  ): Promise<void> {
    const changes = entries.flatMap((entry) => entry.changes.map((change) => ({ entry, change })))
    await this.#withdraw(changes)
    const ids = new Map<Fact, string>()
    for (const { change } of changes) if (change.do !== 'withdraw') ids.set(change.fact, change.id)
    const lost = new Set<Fact>()
    for (const table of tablesInOrder(changes)) {
      for (const what of ['update', 'create'] as const) {
        const these = changes.filter(
          (one): one is { entry: Entry; change: Extract<Change, { do: typeof what }> } =>
            one.change.do === what && one.change.fact.table === table,
        )
        for (const same of groupedByColumns(these)) {
          const whole = same.filter(({ change: { fact } }) => {
            if (!Object.values(fact.under).some((above) => lost.has(above))) return true
            lost.add(fact)
            return false
          })
          const rows = whole.map(({ entry, change }) => this.#rowOf(entry, change.fact, change.id, ids))
          const refused = await store.enterRows(
            this.trx,
            what === 'create' ? 'insert' : 'update',
            table,
            rows,
          )
          whole.forEach(({ entry, change: { fact } }, i) => {
            const refusal = refused.get(i)
            if (refusal === undefined) {
              this.tally.count(table, what === 'create' ? 'created' : 'updated')
              this.tally.touched.add(entry.id)
              return
            }
            lost.add(fact)
            tell(entry.person, entry.id, fact.row, this.columns.refusalInWords(table, refusal, fact.called))
          })
        }
      }
    }
    await this.#state(changes, lost)
  }

  #rowOf(
    { id: person, person: { rows } }: Entry,
    fact: Fact,
    id: string,
    ids: ReadonlyMap<Fact, string>,
  ): Record<string, Value> {
    const under = Object.fromEntries(
      Object.entries(fact.under).map(([column, above]) => [column, ids.get(above) ?? null]),
    )
    const key = this.columns.keyOf(fact.table)
    return {
      id,
      ...(fact.table === 'person' ? {} : { person_id: person }),
      ...(key === null ? {} : { [key]: fact.key }),
      ...fact.values,
      ...under,
      import_run_id: this.importRun,
      import_place: placeOf(rows[fact.row]),
    }
  }

  async #withdraw(changes: readonly { entry: Entry; change: Change }[]): Promise<void> {
    const gone = changes.flatMap(({ entry, change }) =>
      change.do === 'withdraw' ? [{ ...change, person: entry.id }] : [],
    )
    if (gone.length === 0) return
    await store.forget(
      this.trx,
      this.standing,
      gone.map(({ id }) => id),
    )
    for (const table of [...store.tables].reverse()) {
      const these = gone.filter((one) => one.table === table && one.alone)
      // What a worker has hung something on stays: the record keeps whole what it keeps.
      const refused = await store.enterRows(
        this.trx,
        'delete',
        table,
        these.map(({ id, person }) => ({ id, person_id: person })),
      )
      these.forEach((one, i) => {
        if (refused.has(i)) return
        this.tally.count(table, 'withdrawn')
        this.tally.touched.add(one.person)
      })
    }
  }

  async #state(changes: readonly { entry: Entry; change: Change }[], lost: ReadonlySet<Fact>): Promise<void> {
    const said = changes.flatMap(({ entry, change }) => {
      if (change.do === 'withdraw' || lost.has(change.fact)) return []
      if (change.do === 'keep') this.tally.count(change.fact.table, 'unchanged')
      if (change.digest === null) return []
      return [{ person_id: entry.id, fact_id: change.id, digest: change.digest }]
    })
    await store.state(this.trx, this.standing, this.importRun, said)
  }
}

/** A row put right may be told by what another one is told by already: it is a second one, not a correction of it. */
function keptApart(
  facts: readonly Fact[],
  there: readonly Held[],
  rows: StatedPerson['rows'],
  mended: ReadonlySet<number>,
): Fact[] {
  const byKey = new Map(there.map((one) => [`${one.table} ${one.key}`, one]))
  return facts.map((fact) => {
    const place = placeOf(rows[fact.row])
    const isOthers = (key: string) => {
      const one = byKey.get(`${fact.table} ${key}`)
      return (
        one !== undefined &&
        one.key !== '' &&
        'natural_key' in one.values &&
        one.values.import_place !== place
      )
    }
    if (!mended.has(fact.row) || !isOthers(fact.key) || digestMet(fact, byKey)) return fact
    let times = 2
    while (isOthers(`${fact.key}#${times}`)) times++
    return Object.assign(fact, { key: `${fact.key}#${times}` })
  })
}

const digestMet = (fact: Fact, byKey: ReadonlyMap<string, Held>): boolean =>
  byKey.get(`${fact.table} ${fact.key}`)?.statements.some(({ digest }) => digest === digestOf(fact)) ?? false

/** The rows around one that was put right say where it belongs, and change nothing. */
function onlyMended(
  changes: readonly Change[],
  mended: ReadonlySet<number>,
  person: StatedPerson,
  id: string,
  tell: (person: StatedPerson, id: string, row: number, reason: string) => void,
): Change[] {
  const absent = new Set<Fact>()
  return changes.flatMap((change): Change[] => {
    if (change.do === 'withdraw') return []
    const { fact } = change
    if (Object.values(fact.under).some((above) => absent.has(above))) {
      absent.add(fact)
      if (mended.has(fact.row))
        tell(person, id, fact.row, 'What it belongs to is not in the record: put that right first')
      return []
    }
    if (mended.has(fact.row)) return [change]
    if (change.do !== 'create') return [{ do: 'keep', fact, id: change.id, digest: null }]
    absent.add(fact)
    return []
  })
}

const placeOf = (row: StatedPerson['rows'][number] | undefined) =>
  row ? `${row.file}, line ${row.line}` : null

/** A person's own row has the person's id. */
const idFor = (fact: Fact, person: string) => (fact.table === 'person' ? person : freshId())

/** Where a fact about two people keeps what the other is called, so that it can be read by itself. */
const nameOfOther: Record<string, string> = {
  relationship: 'other_name',
  parental_responsibility: 'holder_name',
}

function withOthers(fact: Fact, others: ReadonlyMap<string, Other | null>): Fact | string {
  const columns = Object.entries(fact.others)
  if (columns.length === 0) return fact
  const found: Record<string, Value> = {}
  for (const [column, localId] of columns) {
    const other = others.get(localId)
    if (!other) {
      const called = fact.called[column] ?? column
      return `${called}: ${other === null ? 'more than one person has' : 'nobody has'} the number ‘${localId.slice(0, 60)}’`
    }
    found[column] = other.id
    const naming = nameOfOther[fact.table]
    if (naming !== undefined && other.name !== null) found[naming] = other.name
  }
  return Object.assign(fact, { values: { ...found, ...fact.values } })
}

function* valuesOf(people: readonly StatedPerson[]) {
  for (const { facts } of people)
    for (const { table, values } of facts)
      for (const column in values) yield { table, column, value: values[column] }
}

function tablesInOrder(changes: readonly { change: Change }[]): string[] {
  const met = new Set(changes.map(({ change }) => (change.do === 'withdraw' ? '' : change.fact.table)))
  return store.tables.filter((table) => met.has(table))
}

/** Rows that fill the same columns are entered together; a column that a file says nothing of is not touched. */
function groupedByColumns<T extends { change: { fact: Fact } }>(these: readonly T[]): T[][] {
  const groups = new Map<string, T[]>()
  for (const one of these) {
    const { values, under } = one.change.fact
    const columns = [...Object.keys(values), ...Object.keys(under)].sort().join()
    const group = groups.get(columns)
    if (group) group.push(one)
    else groups.set(columns, [one])
  }
  return [...groups.values()]
}
