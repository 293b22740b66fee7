import { type Day, formatAge, formatShortDate } from '../web/words.ts'
import type { FamilyGraph, Figure } from './genogram-graph.ts'

/** Where everything of a genogram goes, in units of its view box. */
export interface Genogram {
  readonly width: number
  readonly height: number
  readonly figures: readonly DrawnFigure[]
  readonly lines: readonly { readonly d: string; readonly look: 'solid' | 'dashed' | 'dotted' }[]
  readonly homes: readonly {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }[]
  /** The same in words, a line for each person. */
  readonly rows: readonly {
    readonly name: string
    readonly relation: string
    readonly family: string
    readonly more: string
  }[]
}

export interface DrawnFigure {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly shape: 'square' | 'circle' | 'diamond' | 'triangle'
  readonly as: Figure['as']
  readonly died: boolean
  readonly risk: boolean
  /** In the symbol: the age, or a question mark. */
  readonly inside: string
  /** Beneath it, a line each. */
  readonly label: readonly string[]
  readonly words: string
  readonly open: boolean
}

const size = { slot: 118, half: 21, row: 176, top: 44, side: 16, bar: 28, edge: 7, letters: 17 }

/** Parents and the children they have together; one parent where no other is on record. */
interface Union {
  readonly parents: readonly string[]
  readonly children: string[]
  readonly adopted: boolean
}

/**
 * A family as a genogram with the usual signs: square, circle and diamond for man, woman and not known; a triangle for an
 * unborn child; a cross for who died; two strokes where a couple parted; twins from one point; an outline around a home.
 * Generations stand in rows, brothers and sisters by age. Pure.
 */
export function drawGenogram(graph: FamilyGraph, today: Day): Genogram {
  const figures = new Map(graph.figures.map((one) => [one.id, one]))
  const unions = unionsOf(graph, figures)
  const rows = orderedRows(graph, figures, unions)
  const x = placed(rows, unions)
  const first = Math.min(...graph.figures.map(({ generation }) => generation))
  const y = (id: string) => size.top + size.half + (figures.get(id)!.generation - first) * size.row
  const at = (id: string) => ({ x: x.get(id)!, y: y(id) })
  const drawn = graph.figures.map((figure): DrawnFigure => drawnFigure(figure, at(figure.id), today))
  // Where what stands beneath a symbol ends: a line that began in the symbol would run through the name.
  const feet = new Map(drawn.map((one) => [one.id, one.y + size.half + 6 + one.label.length * 15]))
  const footed = (id: string) => ({ ...at(id), foot: feet.get(id)! })
  const home = graph.figures.filter(({ home: here }) => here)
  const height = Math.max(...drawn.map(({ y: bottom }) => bottom)) + size.half + 86
  return {
    width: Math.max(...drawn.map(({ x: right }) => right)) + size.slot / 2 + size.side,
    height,
    figures: drawn,
    lines: [...linesOf(graph, unions, rows, footed), ...loose(graph, at)],
    homes:
      home.length < 2
        ? []
        : home.map(({ id }) => {
            const top = at(id).y - size.half - size.bar - 8 - size.edge
            return {
              x: at(id).x - size.slot / 2 - size.edge,
              y: top,
              width: size.slot + 2 * size.edge,
              height: Math.min(size.row + 2 * size.edge, height - 4 - top),
            }
          }),
    rows: graph.figures.map((one) => rowOf(one, graph, figures, today)),
  }
}

function drawnFigure(figure: Figure, at: { x: number; y: number }, today: Day): DrawnFigure {
  const { id, name, sex, born, expected, died, as, relation, risk, open } = figure
  const unborn = !born && expected !== undefined
  const days = died
    ? `died ${formatShortDate(died)}`
    : born
      ? `b. ${formatShortDate(born)}`
      : expected
        ? `due ${formatShortDate(expected)}`
        : ''
  return {
    id,
    ...at,
    shape: unborn ? 'triangle' : as === 'unseen' || !sex ? 'diamond' : sex === 'M' ? 'square' : 'circle',
    as,
    died: died !== undefined,
    risk,
    inside: as === 'unseen' || as === 'unknown' ? '?' : born ? years(born, died ?? today) : '',
    label: [...wrapped(name), ...wrapped(relation), days, risk ? 'may pose a risk' : '']
      .filter(Boolean)
      .slice(0, 5),
    words: [
      name,
      relation.toLowerCase(),
      days,
      risk ? 'may pose a risk to children' : '',
      figure.home && as !== 'self' ? 'same home' : '',
    ]
      .filter(Boolean)
      .join(', '),
    open,
  }
}

/** Whole years, as the symbol shows them. */
const years = (born: Day, on: Day) =>
  String(Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0))

/** A name on two lines at most. */
function wrapped(name: string): string[] {
  const lines: string[] = []
  for (const word of name.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < size.letters)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word.length > size.letters ? `${word.slice(0, size.letters - 1)}…` : word)
  }
  return lines.length > 2 ? [lines[0]!, `${lines[1]!.slice(0, size.letters - 1)}…`] : lines
}

/** Who has children with whom, and couples without any. */
function unionsOf({ parents, couples }: FamilyGraph, figures: ReadonlyMap<string, Figure>): Union[] {
  const found = new Map<string, Union>()
  const add = (pair: readonly string[], adopted: boolean): Union => {
    const key = `${[...pair].sort().join(' ')} ${adopted}`
    const union = found.get(key) ?? { parents: pair, children: [], adopted }
    found.set(key, union)
    return union
  }
  const of = new Map<string, { birth: string[]; adopted: string[] }>()
  for (const { child, parent, adopted } of parents) {
    const theirs = of.get(child) ?? { birth: [], adopted: [] }
    of.set(child, theirs)
    theirs[adopted ? 'adopted' : 'birth'].push(parent)
  }
  for (const [child, { birth, adopted }] of of) {
    if (birth.length > 0) add(birth.slice(0, 2), false).children.push(child)
    if (adopted.length > 0) add(adopted.slice(0, 2), true).children.push(child)
  }
  for (const { a, b } of couples) {
    const together = [...found.values()].some(({ parents: both }) => both.includes(a) && both.includes(b))
    if (!together) add([a, b], false)
  }
  const bornOf = (id: string) => figures.get(id)!.born ?? figures.get(id)!.expected ?? '9'
  for (const { children } of found.values()) children.sort((a, b) => (bornOf(a) < bornOf(b) ? -1 : 1))
  return [...found.values()]
}

/** Generations from the top; in each, couples beside each other, and the children of a couple in the order of age. */
function orderedRows(
  { figures, siblings }: FamilyGraph,
  by: ReadonlyMap<string, Figure>,
  unions: readonly Union[],
): string[][][] {
  const generations = [...new Set(figures.map(({ generation }) => generation))].sort((a, b) => a - b)
  const rows = generations.map((generation) =>
    chains(
      figures.filter((one) => one.generation === generation).map(({ id }) => id),
      by,
      unions,
    ),
  )
  const place = new Map<string, number>()
  const number = () => {
    for (const row of rows) for (const [n, id] of row.flat().entries()) place.set(id, n)
  }
  number()
  const mean = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (place.get(id) ?? 0), 0) / ids.length
  // Beneath their parents, by age; whoever has none beside a brother or sister, else where they were.
  const beneath = (chain: readonly string[]): number => {
    for (const id of chain) {
      const union = unions.find(({ children }) => children.includes(id))
      if (union) return mean(union.parents) + union.children.indexOf(id) / 100
    }
    const tied = siblings.find(({ a, b }) => chain.includes(a) || chain.includes(b))
    return tied ? mean([tied.a, tied.b]) + 0.5 : mean(chain)
  }
  const over = (chain: readonly string[]): number => {
    const children = unions
      .filter(({ parents }) => parents.some((id) => chain.includes(id)))
      .flatMap(({ children: all }) => all)
    return children.length > 0 ? mean(children) : mean(chain)
  }
  for (let round = 0; round < 3; round += 1) {
    for (const row of [...rows].reverse().slice(1)) {
      sortBy(row, over)
      number()
    }
    for (const row of rows.slice(1)) {
      sortBy(row, beneath)
      number()
    }
  }
  return rows
}

function sortBy(row: string[][], key: (chain: readonly string[]) => number): void {
  const keyed = row.map((chain, n) => ({ chain, key: key(chain), n }))
  keyed.sort((a, b) => a.key - b.key || a.n - b.n)
  row.splice(0, row.length, ...keyed.map(({ chain }) => chain))
}

/** People of one generation as chains of couples: father, mother, her next partner. */
function chains(
  ids: readonly string[],
  by: ReadonlyMap<string, Figure>,
  unions: readonly Union[],
): string[][] {
  const partners = (id: string) =>
    unions.flatMap(({ parents }) =>
      parents.includes(id) ? parents.filter((one) => one !== id && ids.includes(one)) : [],
    )
  const found: string[][] = []
  const seen = new Set<string>()
  const starts = [...ids].sort(
    (a, b) =>
      Math.min(partners(a).length, 2) - Math.min(partners(b).length, 2) ||
      Number(by.get(b)!.sex === 'M') - Number(by.get(a)!.sex === 'M'),
  )
  for (const start of starts) {
    if (seen.has(start)) continue
    const chain: string[] = []
    const walk = (id: string) => {
      if (seen.has(id)) return
      seen.add(id)
      chain.push(id)
      for (const partner of partners(id)) walk(partner)
    }
    walk(start)
    found.push(chain)
  }
  return found
}

/** Where each person stands from left to right: couples beside each other over the middle of their children. */
function placed(rows: readonly (readonly string[])[][], unions: readonly Union[]): Map<string, number> {
  const x = new Map<string, number>()
  for (const row of rows) for (const [n, id] of row.flat().entries()) x.set(id, n * size.slot)
  const middle = (ids: readonly string[]) => ids.reduce((sum, id) => sum + x.get(id)!, 0) / ids.length
  for (let round = 0; round < 24; round += 1) {
    const down = round % 2 === 0
    for (const row of down ? rows : [...rows].reverse()) {
      // A couple moves as one: where its members wish to be, in the mean.
      const wished = row.map((chain) => {
        const wishes = chain.flatMap((id, n) =>
          (down ? underParents(id, unions, middle) : overChildren(id, x, unions, middle)).map(
            (wish) => wish - n * size.slot,
          ),
        )
        return wishes.length > 0 ? wishes.reduce((a, b) => a + b, 0) / wishes.length : x.get(chain[0]!)!
      })
      const widths = row.map((chain) => chain.length * size.slot)
      for (const [n, at] of apart(wished, widths).entries())
        for (const [k, id] of row[n]!.entries()) x.set(id, at + k * size.slot)
    }
  }
  const left = Math.min(...x.values())
  for (const [id, at] of x) x.set(id, Math.round(at - left + size.slot / 2 + size.side))
  return x
}

const underParents = (id: string, unions: readonly Union[], middle: (ids: readonly string[]) => number) =>
  unions
    .filter(({ children }) => children.includes(id))
    .map(
      ({ parents, children }) =>
        middle(parents) + (children.indexOf(id) - (children.length - 1) / 2) * size.slot,
    )

const overChildren = (
  id: string,
  x: ReadonlyMap<string, number>,
  unions: readonly Union[],
  middle: (ids: readonly string[]) => number,
) =>
  unions
    .filter(({ parents, children }) => parents.includes(id) && children.length > 0)
    .map(({ parents, children }) => x.get(id)! + middle(children) - middle(parents))

/**
 * The places nearest to those wished for, in the same order, each as wide as it is and none over another (isotonic
 * regression).
 */
export function apart(wished: readonly number[], widths: readonly number[]): number[] {
  const before = widths.map((_, n) => widths.slice(0, n).reduce((sum, width) => sum + width, 0))
  const blocks: { sum: number; count: number }[] = []
  for (const [n, wish] of wished.entries()) {
    let block = { sum: wish - before[n]!, count: 1 }
    for (
      let last = blocks.at(-1);
      last && last.sum / last.count > block.sum / block.count;
      last = blocks.at(-1)
    ) {
      block = { sum: block.sum + last.sum, count: block.count + last.count }
      blocks.pop()
    }
    blocks.push(block)
  }
  return blocks
    .flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
    .map((place, n) => place + before[n]!)
}

type At = (id: string) => { x: number; y: number }
type Footed = (id: string) => { x: number; y: number; foot: number }
type Line = Genogram['lines'][number]

/** Couples, and their children beneath them. */
function linesOf(
  { couples, figures }: FamilyGraph,
  unions: readonly Union[],
  rows: readonly (readonly string[])[][],
  at: Footed,
): Line[] {
  const bars = new Map<number, number>()
  return unions.flatMap((union) => {
    const { line, drop } = coupleLine(union, couples, rows, at)
    if (union.children.length === 0) return line
    const below = union.children.map(at)
    const bar = barHeight(bars, Math.min(...below.map(({ y }) => y)) - size.half)
    const tops = union.children.map((id) => ({ id, ...at(id) }))
    const feet = twinsOf(union.children, figures).map((group) => {
      const members = tops.filter(({ id }) => group.includes(id))
      const foot = members.reduce((sum, { x }) => sum + x, 0) / members.length
      return { foot, d: members.map(({ x, y }) => `M${foot} ${bar}L${x} ${y - size.half}`).join('') }
    })
    const ends = [drop.x, ...feet.map(({ foot }) => foot)]
    const look = union.adopted ? ('dashed' as const) : ('solid' as const)
    return [
      ...line,
      {
        d: `M${drop.x} ${drop.y}V${bar}M${Math.min(...ends)} ${bar}H${Math.max(...ends)}${feet.map(({ d }) => d).join('')}`,
        look,
      },
    ]
  })
}

/** Each family’s line between its children a little higher than the one before, so that they stay apart. */
function barHeight(bars: Map<number, number>, top: number): number {
  const used = bars.get(top) ?? 0
  bars.set(top, used + 1)
  return top - size.bar + (used % 4) * 5
}

/** Children born on the same day start from one point. */
function twinsOf(children: readonly string[], figures: readonly Figure[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const id of children) {
    const { born, expected } = figures.find((one) => one.id === id)!
    const key = born ?? expected ?? id
    groups.set(key, [...(groups.get(key) ?? []), id])
  }
  return [...groups.values()]
}

/** The line of a couple, and the point from which their children hang. */
function coupleLine(
  { parents }: Union,
  couples: FamilyGraph['couples'],
  rows: readonly (readonly string[])[][],
  at: Footed,
): { line: Line[]; drop: { x: number; y: number } } {
  const [one, other] = [...parents].sort((a, b) => at(a).x - at(b).x)
  const left = at(one!)
  if (other === undefined) return { line: [], drop: { x: left.x, y: left.foot } }
  const right = at(other)
  const couple = couples.find(({ a, b }) => parents.includes(a) && parents.includes(b))
  const look = couple ? ('solid' as const) : ('dotted' as const)
  const row = rows.map((chains) => chains.flat()).find((ids) => ids.includes(one!) && ids.includes(other))
  if (row && row.indexOf(other) - row.indexOf(one!) === 1) {
    const middle = (left.x + right.x) / 2
    const line: Line[] = [{ d: `M${left.x + size.half} ${left.y}H${right.x - size.half}`, look }]
    if (couple?.ended) line.push({ d: strokes(middle, left.y), look: 'solid' })
    return { line, drop: { x: middle, y: left.y } }
  }
  // Over the heads of who stands between, and down beside the right one.
  const over = left.y - size.half - 12
  const beside = right.x - size.slot / 2
  const line: Line[] = [
    { d: `M${left.x + 9} ${left.y - size.half}V${over}H${right.x - 9}V${right.y - size.half}`, look },
  ]
  if (couple?.ended) line.push({ d: strokes(beside + 20, over), look: 'solid' })
  return { line, drop: { x: beside, y: over } }
}

const strokes = (x: number, y: number) => `M${x - 14} ${y + 8}l8 -16M${x - 6} ${y + 8}l8 -16`

/** Brothers and sisters whose parents the record does not tell: a dotted line over their heads. */
function loose({ siblings }: FamilyGraph, at: At): Line[] {
  return siblings.map(({ a, b }) => {
    const [one, other] = [at(a), at(b)]
    const over = Math.min(one.y, other.y) - size.half - 9
    return {
      d: `M${one.x - 6} ${one.y - size.half}V${over}H${other.x - 6}V${other.y - size.half}`,
      look: 'dotted',
    }
  })
}

/** One person in words: who they are, whose child, with whom. */
function rowOf(figure: Figure, graph: FamilyGraph, figures: ReadonlyMap<string, Figure>, today: Day) {
  const { id, name, relation, born, expected, died, as, home, risk } = figure
  const names = (ids: readonly string[]) => ids.map((one) => figures.get(one)!.name).join(' and ')
  const mine = graph.parents.filter(({ child }) => child === id).map(({ parent }) => parent)
  const couples = graph.couples.filter(({ a, b }) => a === id || b === id)
  return {
    name,
    relation: as === 'self' ? 'This record' : relation,
    family: [
      mine.length > 0 ? `child of ${names(mine)}` : '',
      ...couples.map(({ a, b, ended }) => `${ended ? 'was with' : 'with'} ${names([a === id ? b : a])}`),
    ]
      .filter(Boolean)
      .join('; '),
    more: [
      died
        ? `died ${formatShortDate(died)}`
        : born
          ? formatAge(born, today)
          : expected
            ? `expected ${formatShortDate(expected)}`
            : '',
      home && as !== 'self' ? 'same home' : '',
      risk ? 'may pose a risk to children' : '',
    ]
      .filter(Boolean)
      .join(', '),
  }
}
