import type { FastifyRequest } from 'fastify'
import { describe, expect, test } from 'vitest'
import { accentStyles, contrast, readable } from './accent.ts'
import { chronologyYears, densityBars } from './components/chronology.ts'
import { drawTimeline } from './components/timeline.ts'
import { knownAtOf } from './known-at.ts'
import { listState } from './list.ts'
import { printEdges } from './page.ts'
import { definePaths, localAddress } from './paths.ts'

const request = (url: string) =>
  ({ url, query: Object.fromEntries(new URL(url, 'http://house').searchParams) }) as unknown as FastifyRequest

describe('addresses', () => {
  const paths = definePaths({ home: '/', note: '/children/:person/notes/:note' })

  test('are filled and escaped', () => {
    expect(paths.home()).toBe('/')
    expect(paths.home({ page: 2, kind: ['a', 'b'], none: undefined })).toBe('/?page=2&kind=a&kind=b')
    expect(paths.note({ person: 'a/b', note: '1' }, { from: 'x y' })).toBe('/children/a%2Fb/notes/1?from=x+y')
    expect(paths.note.pattern).toBe('/children/:person/notes/:note')
  })

  test('refuse to be half filled', () => {
    expect(() => paths.note({ person: '', note: '1' })).toThrow(/needs 'person'/)
  })
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  '/a\nb',
  'javascript:1',
  undefined,
  ['/a'],
])('%j is no address of this service', (text) => expect(localAddress(text)).toBe('/'))
test('an address of this service is kept', () => {
  expect(localAddress('/children/1?known-at=2026-01-01')).toBe('/children/1?known-at=2026-01-01')
})

describe('the authority’s colour', () => {
  test.each(['#1d4f91', '#ffe000', '#00ff7f', '#000000', '#ffffff', '#e30613'])(
    '%s is readable wherever it stands',
    (colour) => {
      expect(contrast(readable(colour, '#f3f5f7', '#000000'), '#f3f5f7')).toBeGreaterThanOrEqual(4.5)
      expect(contrast(readable(colour, '#1b2128', '#ffffff'), '#1b2128')).toBeGreaterThanOrEqual(4.5)
      const fill = /--accent-fill:(#\w+)/.exec(accentStyles(colour))![1]!
      expect(contrast(fill, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('is checked when it is set', () => {
    expect(() => accentStyles('blue')).toThrow(/#1d4f91/)
  })
})

describe('lists', () => {
  test('sort by the named columns only', () => {
    expect(
      listState(request('/list?sort=due&direction=descending'), { sorts: ['name', 'due'] }),
    ).toMatchObject({
      sort: 'due',
      direction: 'descending',
      offset: 0,
    })
    expect(listState(request('/list?sort=secret'), { sorts: ['name'] }).sort).toBe('name')
  })

  test('keep their filters; another order starts at the first page', () => {
    const list = listState(request('/list?status=open&page=3'), { sorts: ['name'], perPage: 20 })
    expect(list.offset).toBe(40)
    expect(list.link({ sort: 'name' })).toBe('/list?status=open&sort=name')
    expect(list.link({ page: 4 })).toBe('/list?status=open&page=4')
    expect(() => listState(request('/list?page=-1'), { sorts: ['name'] })).toThrow(/no such page/)
  })
})

describe('looking back', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  test('to the end of a day', () => {
    expect(knownAtOf(request('/?known-at=2026-07-01'), now)).toEqual({
      moment: new Date('2026-07-01T22:59:59.999Z'),
      text: '2026-07-01',
      words: 'Wed 1 Jul 2026',
    })
    expect(knownAtOf(request('/?known-at=1%2F7%2F2026'), now)?.text).toBe('2026-07-01')
  })
  test('not at all without a day, or with today', () => {
    expect(knownAtOf(request('/'), now)).toBeUndefined()
    expect(knownAtOf(request('/?known-at=2026-11-24'), now)).toBeUndefined()
  })
  test('never ahead, and only to what is a day', () => {
    expect(() => knownAtOf(request('/?known-at=2026-11-26'), now)).toThrow(/not come yet/)
    expect(() => knownAtOf(request('/?known-at=2026-11-24T11:00Z'), now)).toThrow(/not come yet/)
    expect(() => knownAtOf(request('/?known-at=soon'), now)).toThrow(/23\/11\/2026/)
  })
})

describe('the timeline', () => {
  const today = '2026-11-24'
  const drawn = drawTimeline({
    id: 'care',
    title: 'Placements',
    today,
    lanes: [
      {
        name: 'Placement',
        spans: [
          { from: '2024-01-01', to: '2025-01-01', text: 'Foster carer' },
          { from: '2025-01-01', text: 'Grandmother' },
        ],
      },
      {
        name: 'Legal status',
        spans: [
          { from: '2024-01-01', to: '2024-06-01', text: 'Interim care order' },
          { from: '2024-03-01', text: 'Care order' },
        ],
      },
      { name: 'Missing', spans: [] },
    ],
  })!

  test('spans that follow each other share a row, spans that overlap do not', () => {
    const [foster, grandmother, interim, order] = drawn.spans
    expect(foster!.y).toBe(grandmother!.y)
    expect(interim!.y).not.toBe(order!.y)
    expect(foster!.x + foster!.width).toBeCloseTo(grandmother!.x, 0)
  })

  test('what runs on ends today, and everything stays inside', () => {
    const grandmother = drawn.spans[1]!
    expect(grandmother.open).toBe(true)
    expect(grandmother.x + grandmother.width).toBeCloseTo(drawn.todayX!, 0)
    for (const span of drawn.spans) {
      expect(span.x).toBeGreaterThanOrEqual(drawn.left)
      expect(span.x + span.width).toBeLessThanOrEqual(drawn.width)
      expect(span.y + span.height).toBeLessThanOrEqual(drawn.height)
    }
  })

  test('says everything as rows too; nothing to draw is nothing', () => {
    expect(drawn.rows).toHaveLength(4)
    expect(drawn.rows[1]).toEqual({
      lane: 'Placement',
      text: 'Grandmother',
      more: '',
      from: '2025-01-01',
      to: undefined,
    })
    expect(
      drawTimeline({ id: 'x', title: 'x', today, lanes: [{ name: 'Placement', spans: [] }] }),
    ).toBeUndefined()
  })

  test.each([20, 400, 1500, 6000, 20_000])('%i days have between two and sixteen marks', (days) => {
    const from = new Date(Date.parse('2026-11-24') - days * 86_400_000).toISOString().slice(0, 10)
    const { ticks } = drawTimeline({
      id: 'x',
      title: 'x',
      today,
      lanes: [{ name: 'a', spans: [{ from, text: 'b' }] }],
    })!
    expect(ticks.length).toBeLessThanOrEqual(16)
    expect(ticks.length).toBeGreaterThanOrEqual(days > 100 ? 2 : 0)
  })
})

test('the chronology stands under its years; quiet years are bars too', () => {
  const items = [{ day: '2026-03-01' }, { day: '2026-01-01' }, { day: '2024-05-05' }]
  expect(chronologyYears(items).map(({ year, items }) => [year, items.length])).toEqual([
    ['2026', 2],
    ['2024', 1],
  ])
  const bars = densityBars(
    new Map([
      ['2026', 10],
      ['2024', 1],
    ]),
    (year) => `#${year}`,
  )
  expect(bars.map(({ year, height }) => [year, height])).toEqual([
    ['2024', 3],
    ['2025', 0],
    ['2026', 28],
  ])
})

test('a name cannot break out of the printed edges', () => {
  const style = printEdges('A"}</style><script>\n\\', 'House', 'Me')
  expect(style).not.toContain('</style')
  expect(style).not.toContain('\n')
  expect(style).toContain('A\\"}')
})
