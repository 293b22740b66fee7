import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import { apart, drawGenogram } from './genogram.ts'
import { familyGraph } from './genogram-graph.ts'
import type { Relative, Sight, Tie } from './relatives.ts'

const today = '2026-11-25'

/** A family in a line each: `a`’s `kind` is `b`. */
type Said = readonly [a: string, kind: string, b: string, more?: Partial<Tie>]

const tie = ([a, kind, b, more]: Said, n: number): Tie => ({
  id: `${n}`,
  self: a,
  other: b,
  name: `${b} as told`,
  kind,
  fromOtherEnd: false,
  words: null,
  sameHousehold: null,
  homeFrom: null,
  homeTo: null,
  from: null,
  to: null,
  origin: null,
  origin_words: null,
  ask_first: false,
  recorded_at: new Date(),
  recorded_by_name: null,
  import_place: null,
  ...more,
})

const relative = (id: string, more: Partial<Relative> = {}): Relative => ({
  id,
  name: id,
  sex: /^(mum|girl|gran|nan)/.test(id) ? 'F' : /^(dad|boy|grandad)/.test(id) ? 'M' : null,
  born: '2015-01-01',
  expected: null,
  died: null,
  ...more,
})

function family(
  said: readonly Said[],
  {
    who = {},
    sights = {},
    unknownParents = [],
    risky = [],
  }: {
    who?: Record<string, Partial<Relative>>
    sights?: Record<string, Sight>
    unknownParents?: { id: string; parent: string }[]
    risky?: string[]
  } = {},
) {
  const ids = [...new Set(['me', ...said.flatMap(([a, , b]) => [a, b])])]
  const all = new Map<string, Sight>(ids.map((id) => [id, sights[id] ?? 'open']))
  const open = ids.filter((id) => all.get(id) === 'open')
  const graph = familyGraph({
    self: 'me',
    people: ['me'],
    ties: said.map(tie),
    sights: all,
    named: new Map(open.map((id) => [id, relative(id, who[id])])),
    unknownParents,
    risky: new Set(risky),
    on: today,
  })
  return { graph, drawing: drawGenogram(graph, today) }
}

const figure = (drawing: ReturnType<typeof family>['drawing'], id: string) =>
  drawing.figures.find((one) => one.id === id)!

describe('a genogram', () => {
  test('sets generations in rows, whichever end told a tie', () => {
    const { graph } = family([
      ['me', 'mother', 'mum'],
      ['mum', 'child', 'girl'],
      ['mum', 'mother', 'gran'],
      ['boy', 'mother', 'me'],
      ['me', 'aunt-or-uncle', 'nan'],
    ])
    expect(Object.fromEntries(graph.figures.map(({ id, generation }) => [id, generation]))).toEqual({
      ...{ me: 0, mum: -1, girl: 0, gran: -2, boy: 1, nan: -1 },
    })
  })

  test('half-brothers of different fathers hang beneath their own, with their mother between the two', () => {
    const { drawing } = family(
      [
        ['me', 'mother', 'mum'],
        ['me', 'father', 'dad1'],
        ['boy2', 'mother', 'mum'],
        ['boy2', 'father', 'dad2'],
        ['mum', 'partner', 'dad1', { to: '2018-01-01' }],
        ['mum', 'partner', 'dad2'],
      ],
      { who: { boy2: { born: '2020-01-01' } } },
    )
    const x = (id: string) => figure(drawing, id).x
    const order = x('dad1') < x('dad2') ? ['dad1', 'mum', 'dad2'] : ['dad2', 'mum', 'dad1']
    expect([...order].sort((a, b) => x(a) - x(b))).toEqual(order)
    expect(x('me') < x('boy2')).toBe(x('dad1') < x('dad2'))
    // The first couple has parted: two strokes through a line of its own.
    expect(drawing.lines.filter(({ d }) => d.split('l8 -16').length === 3)).toHaveLength(1)
    expect(drawing.lines.filter(({ look }) => look === 'dotted')).toHaveLength(0)
    // Said by nobody, and plain from their parents.
    expect(figure(drawing, 'boy2').words).toContain('half-brother')
  })

  test('parents of whom nothing says that they are a couple have a dotted line; adopted children a dashed one', () => {
    const { drawing } = family([
      ['me', 'mother', 'mum'],
      ['me', 'father', 'dad'],
      ['me', 'adoptive-parent', 'nan'],
    ])
    expect(drawing.lines.map(({ look }) => look).sort()).toEqual(['dashed', 'dotted', 'solid'])
  })

  test('signs: square, circle, diamond, triangle, cross, question mark, and who lives together', () => {
    const { drawing } = family(
      [
        ['me', 'mother', 'mum', { sameHousehold: true }],
        ['me', 'father', 'dad'],
        ['mum', 'child', 'unborn'],
        ['me', 'sibling', 'someone'],
        ['me', 'cousin', 'sealed'],
        ['me', 'sister', 'closed'],
      ],
      {
        who: {
          dad: { born: '1980-05-05', died: '2020-05-04' },
          unborn: { born: null, expected: '2027-03-01' },
        },
        sights: { sealed: 'hidden', closed: 'unseen' },
        risky: ['dad'],
      },
    )
    expect(figure(drawing, 'mum').shape).toBe('circle')
    expect(figure(drawing, 'dad')).toMatchObject({ shape: 'square', died: true, inside: '39', risk: true })
    expect(figure(drawing, 'unborn').shape).toBe('triangle')
    expect(figure(drawing, 'someone').shape).toBe('diamond')
    expect(figure(drawing, 'closed')).toMatchObject({ shape: 'diamond', inside: '?', open: false })
    expect(figure(drawing, 'closed').words).toContain('A person you may not see')
    expect(figure(drawing, 'sealed')).toBeUndefined()
    expect(JSON.stringify(drawing)).not.toMatch(/sealed|closed as told/)
    expect(drawing.homes).toHaveLength(2)
    expect(drawing.rows).toContainEqual({
      ...{
        name: 'dad',
        relation: 'Father',
        family: '',
        more: 'died 4 May 2020, may pose a risk to children',
      },
    })
  })

  test('twins start from one point; brothers and sisters stand by age', () => {
    const { drawing } = family(
      [
        ['me', 'mother', 'mum'],
        ['boy', 'mother', 'mum'],
        ['girl', 'mother', 'mum'],
      ],
      { who: { girl: { born: '2012-01-01' } } },
    )
    expect(figure(drawing, 'girl').x).toBeLessThan(figure(drawing, 'me').x)
    const feet = [...drawing.lines[0]!.d.matchAll(/M(\d+(?:\.\d+)?) \d+L/g)].map(([, x]) => Number(x))
    expect(feet).toHaveLength(3)
    expect(new Set(feet).size).toBe(2)
  })

  test('the line from a parent alone begins beneath her name, above her children', () => {
    const { drawing } = family([['me', 'mother', 'mum']], { risky: ['mum'] })
    const [, x, from, to] = /^M([\d.]+) ([\d.]+)V([\d.]+)/.exec(drawing.lines[0]!.d)!.map(Number)
    const mum = figure(drawing, 'mum')
    expect(x).toBe(mum.x)
    // The last line of letters stands 37 beneath the middle, and 15 for each line more.
    expect(from).toBeGreaterThan(mum.y + 37 + 15 * (mum.label.length - 1))
    expect(to).toBeGreaterThan(from!)
  })

  test('a parent who is not known stands beside the other', () => {
    const { drawing, graph } = family([['me', 'mother', 'mum']], {
      unknownParents: [{ id: 'x', parent: 'father' }],
    })
    expect(figure(drawing, 'x')).toMatchObject({ shape: 'square', inside: '?', as: 'unknown' })
    expect(graph.parents).toHaveLength(2)
  })

  test('nobody stands on anybody, whatever the family', () => {
    const kinds = [
      'mother',
      'father',
      'child',
      'partner',
      'sibling',
      'grandparent',
      'cousin',
      'aunt-or-uncle',
    ]
    const ids = ['me', 'a', 'b', 'c', 'd', 'e', 'f', 'g']
    const any = fc.array(
      fc
        .tuple(fc.constantFrom(...ids), fc.constantFrom(...kinds), fc.constantFrom(...ids))
        .filter(([a, , b]) => a !== b),
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(any, (said) => {
        const { drawing } = family(said as Said[])
        for (const [n, one] of drawing.figures.entries()) {
          expect(Number.isFinite(one.x) && Number.isFinite(one.y)).toBe(true)
          expect(one.x + 40).toBeLessThanOrEqual(drawing.width)
          for (const other of drawing.figures.slice(n + 1))
            expect(one.y !== other.y || Math.abs(one.x - other.x) >= 110).toBe(true)
        }
        for (const { d } of drawing.lines) expect(d).not.toContain('NaN')
      }),
      { numRuns: runs(200) },
    )
  })
})

test('places are the nearest that keep the order and the gap', () => {
  expect(apart([0, 0, 0], [10, 10, 10])).toEqual([-10, 0, 10])
  expect(apart([0, 50], [10, 10])).toEqual([0, 50])
  expect(apart([50, 0], [30, 10])).toEqual([10, 40])
})
