import type { Day } from '../web/words.ts'
import { relationTo } from './relation-words.ts'
import { calledIn, type Relative, type Sight, type Tie } from './relatives.ts'

/** Somebody in a drawing of a family. */
export interface Figure {
  readonly id: string
  readonly name: string
  readonly sex: 'M' | 'F' | undefined
  readonly born: Day | undefined
  readonly expected: Day | undefined
  readonly died: Day | undefined
  /** `unseen`: somebody the reader may not see; `unknown`: a parent whom nobody can name. */
  readonly as: 'self' | 'known' | 'unseen' | 'unknown'
  /** What they are to the person the drawing is about; empty where only somebody else is related to them. */
  readonly relation: string
  readonly open: boolean
  readonly home: boolean
  readonly risk: boolean
  /** Generations below the person the drawing is about; above, negative. */
  readonly generation: number
}

export interface ParentOf {
  readonly child: string
  readonly parent: string
  readonly adopted: boolean
}
export interface Pair {
  readonly a: string
  readonly b: string
  readonly ended: boolean
}

/** A family as a genogram draws it. */
export interface FamilyGraph {
  readonly self: string
  readonly figures: readonly Figure[]
  readonly parents: readonly ParentOf[]
  readonly couples: readonly Pair[]
  /** Brothers and sisters of whom the record does not say which parents they share. */
  readonly siblings: readonly { readonly a: string; readonly b: string }[]
}

const parentKinds = new Set(['mother', 'father', 'parent', 'adoptive-parent'])
const siblingKinds = new Set(['brother', 'sister', 'sibling', 'half-sibling', 'step-sibling'])
/** How many generations the other stands above this person. */
const above: Readonly<Record<string, number>> = {
  mother: 1,
  father: 1,
  parent: 1,
  'adoptive-parent': 1,
  'step-parent': 1,
  grandparent: 2,
  'aunt-or-uncle': 1,
  child: -1,
}
const sexSaid: Readonly<Record<string, 'M' | 'F'>> = { mother: 'F', sister: 'F', father: 'M', brother: 'M' }
const family = new Set([...parentKinds, ...siblingKinds, ...Object.keys(above), 'cousin', 'partner'])

/** More than fit on a sheet. */
const most = 40

interface Known {
  readonly self: string
  readonly people: readonly string[]
  /** Every relationship that is open of anybody in the family. */
  readonly ties: readonly Tie[]
  readonly sights: ReadonlyMap<string, Sight>
  readonly named: ReadonlyMap<string, Relative>
  readonly unknownParents: readonly { readonly id: string; readonly parent: string }[]
  /** People who may pose a risk, as far as the reader may know it. */
  readonly risky: ReadonlySet<string>
  readonly on: Day
}

/** A tie from the end whose row it is: `b` is `a`’s kind. */
interface Row {
  readonly a: string
  readonly b: string
  readonly kind: string
  readonly name: string | null
  readonly ended: boolean
  readonly home: boolean
}

/**
 * The family of a person as far as the reader may see it: who is whose parent, who is a couple, which generation each
 * stands in. Whoever must not be mentioned is not in it; whoever may not be seen is somebody without a name. Pure.
 */
export function familyGraph(known: Known): FamilyGraph {
  const { self, people, sights, on } = known
  const whole = (id: string) => (people.includes(id) ? self : id)
  const rows = rowsOf(known.ties, on)
    .map((row) => ({ ...row, a: whole(row.a), b: whole(row.b) }))
    .filter(({ a, b, kind }) => a !== b && family.has(kind) && !hidden(sights, a) && !hidden(sights, b))
  const generations = generationsOf(self, rows)
  const within = rows.filter(({ a, b }) => generations.has(a) && generations.has(b))
  const unknown = unknownOf(known, within)
  const parents = [
    ...uniqueBy(
      within.flatMap(({ a, b, kind }): ParentOf[] =>
        parentKinds.has(kind)
          ? [{ child: a, parent: b, adopted: kind === 'adoptive-parent' }]
          : kind === 'child'
            ? [{ child: b, parent: a, adopted: false }]
            : [],
      ),
      ({ child, parent }) => `${child} ${parent}`,
    ),
    ...unknown.map(({ id }) => ({ child: self, parent: id, adopted: false })),
  ]
  const couples = uniqueBy(
    within.filter(({ kind }) => kind === 'partner').map(({ a, b, ended }) => ({ a, b, ended })),
    ({ a, b }) => [a, b].sort().join(' '),
  )
  const shares = (a: string, b: string) =>
    parents.some(
      (one) => one.child === a && parents.some((two) => two.child === b && two.parent === one.parent),
    )
  const siblings = uniqueBy(
    within.filter(({ kind, a, b }) => siblingKinds.has(kind) && !shares(a, b)).map(({ a, b }) => ({ a, b })),
    ({ a, b }) => [a, b].sort().join(' '),
  )
  const figures = [...generations].map(([id, generation]) => {
    const figure = figureOf(known, rows, id, generation)
    const shared = figure.relation === '' && id !== self && siblingBy(parents, self, id)
    return shared
      ? { ...figure, relation: relationTo(shared, { fromOtherEnd: false, sex: figure.sex, ended: false }) }
      : figure
  })
  return { self, figures: [...figures, ...unknown], parents, couples, siblings }
}

/** What two are to each other whose birth parents are on record: nothing where a second parent of either is not. */
function siblingBy(
  parents: readonly ParentOf[],
  a: string,
  b: string,
): 'sibling' | 'half-sibling' | undefined {
  const of = (id: string) =>
    parents.filter(({ child, adopted }) => child === id && !adopted).map(({ parent }) => parent)
  const [mine, theirs] = [of(a), of(b)]
  const both = mine.filter((id) => theirs.includes(id)).length
  if (both === 0 || mine.length < 2 || theirs.length < 2) return undefined
  return both === 2 ? 'sibling' : 'half-sibling'
}

const hidden = (sights: ReadonlyMap<string, Sight>, id: string) => sights.get(id) === 'hidden'

/** Each row once, whichever end it was read from. */
function rowsOf(ties: readonly Tie[], on: Day): Row[] {
  const rows = ties.map(
    ({ id, self, other, fromOtherEnd, kind, name, to, sameHousehold }): Row & { id: string } => ({
      id,
      ...(fromOtherEnd ? { a: other, b: self } : { a: self, b: other }),
      kind,
      name,
      ended: to !== null && to <= on,
      home: sameHousehold === true,
    }),
  )
  // The end that knows the name first.
  return uniqueBy(
    rows.sort((one, two) => Number(one.name === null) - Number(two.name === null)),
    ({ id }) => id,
  )
}

function uniqueBy<T>(all: readonly T[], key: (one: T) => string): T[] {
  const found = new Map<string, T>()
  for (const one of all) if (!found.has(key(one))) found.set(key(one), one)
  return [...found.values()]
}

/** Everybody in reach, with the generation in which they stand; the nearest first. */
function generationsOf(self: string, rows: readonly Row[]): Map<string, number> {
  const found = new Map([[self, 0]])
  const queue = [self]
  for (let id = queue.shift(); id !== undefined && found.size < most; id = queue.shift()) {
    const here = found.get(id)!
    for (const { a, b, kind } of rows) {
      if (a !== id && b !== id) continue
      const [other, step] = a === id ? [b, -(above[kind] ?? 0)] : [a, above[kind] ?? 0]
      if (found.has(other)) continue
      found.set(other, here + step)
      queue.push(other)
    }
  }
  return found
}

function unknownOf({ self, unknownParents }: Known, rows: readonly Row[]): Figure[] {
  const has = (kind: string) => rows.some(({ a, kind: is }) => a === self && is === kind)
  return unknownParents
    .filter(({ parent }) => !has(parent))
    .map(({ id, parent }) => ({
      id,
      name:
        parent === 'mother'
          ? 'Mother not known'
          : parent === 'father'
            ? 'Father not known'
            : 'Parent not known',
      sex: parent === 'mother' ? 'F' : parent === 'father' ? 'M' : undefined,
      born: undefined,
      expected: undefined,
      died: undefined,
      as: 'unknown',
      relation: '',
      open: false,
      home: false,
      risk: false,
      generation: -1,
    }))
}

function figureOf(
  { self, sights, named, risky, on, ties, people }: Known,
  rows: readonly Row[],
  id: string,
  generation: number,
): Figure {
  const known = named.get(id)
  const told = rows.find(({ b, name }) => b === id && name)
  const called = id === self ? undefined : calledIn(sights, named, { other: id, name: told?.name ?? null })
  const tie = ties.find(({ self: from, other }) => people.includes(from) && other === id)
  const said = rows.find(({ b, kind }) => b === id && sexSaid[kind])
  const sex = known?.sex === 'M' || known?.sex === 'F' ? known.sex : said && sexSaid[said.kind]
  const seen = id === self || called?.open === true || (told !== undefined && sights.get(id) !== 'unseen')
  return {
    id,
    name: id === self ? (known?.name ?? 'Name not known') : called!.text,
    sex: seen ? sex : undefined,
    born: known?.born ?? undefined,
    expected: known?.born ? undefined : (known?.expected ?? undefined),
    died: known?.died ?? undefined,
    as: id === self ? 'self' : seen ? 'known' : 'unseen',
    relation: tie
      ? relationTo(tie.kind, { fromOtherEnd: tie.fromOtherEnd, sex, ended: tie.to !== null && tie.to <= on })
      : '',
    open: id === self || called?.open === true,
    home: id === self || homeWith(rows, self, id),
    risk: risky.has(id),
    generation,
  }
}

/** Whether two share a home today: as they say themselves, or as somebody who lives with both says. */
function homeWith(rows: readonly Row[], self: string, id: string): boolean {
  const home = new Set([self])
  for (let before = 0; before < home.size; ) {
    before = home.size
    for (const { a, b, home: same, ended } of rows) {
      if (!same || ended) continue
      if (home.has(a)) home.add(b)
      if (home.has(b)) home.add(a)
    }
  }
  return home.has(id)
}
