import { describe, expect, test } from 'vitest'
import { ssda903Tables } from '../reading/ssda903/tables.ts'
import {
  ageOn,
  birthday,
  day,
  dayOfMonth,
  isWeekend,
  monthOf,
  monthsAfter,
  yearOf,
  yearsAfter,
} from './calendar.ts'
import { Collection } from './collection.ts'
import { milesBetween } from './reference.ts'
import {
  coreHealthItemsComplete,
  distanceChanged,
  hasBeenUasc,
  isInYear,
  latestPlan,
  type OrderRun,
  ordersAddedUp,
  planEnded,
  renewedOrders,
  samePlacement,
  uascMarker,
  uascMarkerLastYear,
} from './ssda903.ts'
import { rowMakers, type TableName } from './ssda903-rows.ts'
import { child903, postcodes } from './testing.ts'
import { blank, codes, filled, isDate, no, number, same, unreadable, yes } from './words.ts'

describe('rows', () => {
  test.each(ssda903Tables.map(({ name, columns }) => ({ name: name as TableName, columns })))(
    'each field of $name is the cell of its column',
    ({ name, columns }) => {
      const row = new rowMakers[name](columns, 1) as unknown as Record<string, unknown>
      expect(columns.map((column) => row[column])).toEqual(columns)
      expect(row.table).toBe(name)
    },
  )
})

describe('blank and unreadable', () => {
  const nothing = undefined as never
  test('a blank is not filled in, an unreadable date is', () => {
    expect([filled(nothing), blank(nothing), isDate(nothing), unreadable(nothing)]).toEqual([
      false,
      true,
      false,
      false,
    ])
    expect([filled(Number.NaN), isDate(Number.NaN), unreadable(Number.NaN)]).toEqual([true, false, true])
    expect([isDate(0), unreadable(0)]).toEqual([true, false])
  })

  test('blanks are never the same', () => {
    expect([
      same('A', 'A'),
      same('A', 'B'),
      same(undefined, undefined),
      same(Number.NaN, Number.NaN),
    ]).toEqual([true, false, false, false])
  })

  test('a blank is in no list', () => {
    expect([codes('A  B').has('B'), codes('A').has(undefined), codes('').size]).toEqual([true, false, 0])
  })

  test('yes, no and numbers', () => {
    expect([yes('1'), yes('TRUE'), yes('0'), yes(undefined)]).toEqual([true, true, false, false])
    expect([no('0'), no('False'), no('1'), no(undefined)]).toEqual([true, true, false, false])
    expect([number('20.0'), number(''), number('1e3'), number(undefined)]).toEqual([
      20,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })
})

describe('the calendar', () => {
  test('parts of a day', () => {
    for (const text of ['1969-12-31', '1970-01-01', '2000-02-29', '2024-12-31', '1900-03-01', '2026-03-31']) {
      const [year, month, ofMonth] = text.split('-').map(Number)
      expect([yearOf(day(text)), monthOf(day(text)), dayOfMonth(day(text))]).toEqual([year, month, ofMonth])
    }
  })

  test('a leap day’s birthday is 28 February in other years', () => {
    expect(birthday(day('2008-02-29'), 18)).toBe(day('2026-02-28'))
    expect(birthday(day('2008-02-29'), 16)).toBe(day('2024-02-29'))
    expect(birthday(Number.NaN, 18)).toBeNaN()
    expect(birthday(undefined as never, 18)).toBeNaN()
  })

  test('age', () => {
    expect(ageOn(day('2008-05-14'), day('2026-05-13'))).toBe(17)
    expect(ageOn(day('2008-05-14'), day('2026-05-14'))).toBe(18)
    expect(ageOn(undefined as never, day('2026-05-14'))).toBeNaN()
  })

  test('months and years', () => {
    expect(monthsAfter(day('2026-03-31'), 9)).toBe(day('2026-12-31'))
    expect(monthsAfter(day('2026-01-31'), 1)).toBe(day('2026-02-28'))
    expect(monthsAfter(day('2026-01-31'), -2)).toBe(day('2025-11-30'))
    expect(yearsAfter(day('2024-02-29'), -1)).toBe(day('2023-02-28'))
  })

  test('weekends', () => {
    expect(
      ['2026-03-27', '2026-03-28', '2026-03-29', '2026-03-30'].map((text) => isWeekend(day(text))),
    ).toEqual([false, true, true, false])
    expect(isWeekend(undefined as never)).toBe(false)
  })
})

describe('the collection', () => {
  const collection = new Collection('2025-26')
  test('goes from 1 April to 31 March, both in it', () => {
    expect(collection.within(day('2025-04-01')) && collection.within(day('2026-03-31'))).toBe(true)
    expect(collection.outside(day('2025-03-31')) && collection.outside(day('2026-04-01'))).toBe(true)
    expect(collection.within(undefined as never) || collection.outside(undefined as never)).toBe(false)
  })

  test('holds every table, unless it is said which are there', () => {
    expect(collection.holds('Header')).toBe(true)
    const some = new Collection('2025-26', { tables: new Set(['UASC', 'Header_last']) })
    expect(['Header', 'Header_last', 'UASC'].map((table) => some.holds(table))).toEqual([false, true, true])
  })

  test('no such year', () => {
    expect(() => new Collection('2025-27')).toThrow('2025-27')
  })

  test('working days leave out weekends and bank holidays', () => {
    // Easter 2026: Good Friday on 3 April, Easter Monday on 6 April.
    expect(collection.workingDaysBefore(day('2026-04-07'), 1)).toBe(day('2026-04-02'))
    expect(collection.workingDaysBefore(day('2026-03-31'), 1)).toBe(day('2026-03-30'))
  })
})

describe('a looked-after child', () => {
  const episodes = (...list: [DECOM: string, DEC: string][]) =>
    child903({ Episodes: list.map(([DECOM, DEC]) => ({ DECOM, DEC })) })

  test('episodes are in order of DECOM, unreadable ones last, and know their neighbours', () => {
    const { Episodes } = episodes(
      ['', ''],
      ['01/06/2025', ''],
      ['31/02/2025', ''],
      ['01/05/2025', ''],
      ['01/06/2025', ''],
    )
    expect(Episodes.map(({ row }) => row)).toEqual([4, 2, 5, 1, 3])
    expect(Episodes.map(({ previous }) => previous?.row)).toEqual([undefined, 4, 2, 5, 1])
    expect(Episodes.map(({ next }) => next?.row)).toEqual([2, 5, 1, 3, undefined])
  })

  test('first and latest: by DECOM, the earlier in the file on a tie', () => {
    const child = episodes(
      ['01/06/2025', ''],
      ['01/05/2025', ''],
      ['01/05/2025', ''],
      ['01/06/2025', ''],
      ['', ''],
    )
    expect(child.firstEpisode?.row).toBe(2)
    expect(child.latestEpisode?.row).toBe(1)
    expect(episodes(['', '']).firstEpisode).toBeUndefined()
    expect(episodes(['', '']).latestEpisode).toBeUndefined()
  })

  test('periods of care', () => {
    const { periodsOfCare } = episodes(
      ['01/06/2025', '10/08/2025'],
      ['10/08/2025', '01/09/2025'],
      ['05/09/2025', ''],
      ['01/10/2025', '31/12/2025'],
    )
    expect(periodsOfCare.map(({ start, end }) => [start, end])).toEqual([
      [day('2025-06-01'), day('2025-09-01')],
      [day('2025-09-05'), day('2025-12-31')],
    ])
  })

  test.each([
    ['01/03/1980', '31/03/1981', 'X1', 'C2', true],
    ['01/03/1980', '01/01/1981', 'X1', 'C2', true],
    ['01/03/1980', '01/01/1982', 'X1', 'V3', false],
    ['01/01/1970', '', '', 'C2', true],
    ['01/03/1980', '30/03/1981', 'E3', 'C2', false],
    ['01/03/1980', '31/03/1981', 'E3', 'C2', true],
    ['01/03/1979', '31/03/1980', 'E3', 'C2', false],
  ])('all year from %s to %s, %s, %s: %s', (DECOM, DEC, REC, LS, expected) => {
    const child = child903({ Episodes: { DECOM, DEC, REC, LS, RNE: 'S' } })
    expect(child.isContinuouslyLookedAfter(new Collection('1980-81'))).toBe(expected)
  })

  test('has been UASC: this year or last', () => {
    const has = (tables: Parameters<typeof child903>[0], ...held: string[]) =>
      hasBeenUasc(child903(tables), new Collection('2025-26', { tables: new Set(held) }))
    const [uasc, other] = [{ Header: { UASC: '1' } }, { Header: { UASC: '0' } }]
    expect(has(uasc, 'Header')).toBe(true)
    expect(has({ ...other, lastYear: uasc }, 'Header', 'Header_last')).toBe(true)
    expect(has({ ...other, lastYear: other }, 'Header', 'Header_last')).toBe(false)

    const byTable = { Header: [], UASC: { DUC: '01/05/2024' } }
    expect(has(byTable)).toBe(true)
    expect(has({ ...other, lastYear: byTable }, 'Header')).toBe(true)
    expect(has({ Header: [], UASC: { DOB: '01/05/2012' } })).toBe(true)
    expect(has({ Header: [], UASC: { DOB: '' } })).toBe(false)
    // The Header is there and the child is not in it: nothing marks the child.
    expect(has(byTable, 'Header')).toBe(false)
    expect(has({ ...other, lastYear: byTable }, 'Header', 'Header_last')).toBe(false)
  })

  test('the UASC marker: by the Header, or by the UASC table where there is no Header', () => {
    const markers = (tables: Parameters<typeof child903>[0], ...held: string[]) => {
      const child = child903({ ...tables, lastYear: tables })
      const collection = new Collection('2025-26', { tables: new Set(held) })
      return [uascMarker(child, collection), uascMarkerLastYear(child, collection)]
    }
    const both = { Header: { UASC: '0' }, UASC: { DUC: '01/05/2025' } }
    expect(markers(both, 'Header', 'Header_last')).toEqual(['0', '0'])
    expect(markers(both, 'Header')).toEqual(['0', '1'])
    expect(markers(both, 'Header_last')).toEqual(['1', '0'])
    expect(markers({ Header: [], UASC: { DUC: '01/05/2025' } }, 'Header')).toEqual([undefined, '1'])
    expect(markers({ Header: [], UASC: { DOB: '01/05/2012' } })).toEqual(['0', '0'])
    expect(markers({ Header: [], UASC: { SEX: 'M' } })).toEqual(['1', '1'])
    expect(markers({ Header: [] })).toEqual(['0', '0'])
  })

  test.each([
    ['31/03/2026', '', true],
    ['01/04/2026', '', false],
    ['01/01/2020', '01/04/2025', true],
    ['01/01/2020', '31/03/2025', false],
    ['01/01/2020', '32/03/2026', false],
    ['', '', false],
  ])('an episode from "%s" to "%s" is in the year: %s', (DECOM, DEC, expected) => {
    expect(isInYear(episodes([DECOM, DEC]).Episodes[0]!, new Collection('2025-26'))).toBe(expected)
  })

  test.each(['IMMUNISATIONS', 'TEETH_CHECK', 'HEALTH_ASSESSMENT', 'SUBSTANCE_MISUSE'])(
    'the core health items are not complete without %s',
    (blank) => {
      const all = { IMMUNISATIONS: '0', TEETH_CHECK: '1', HEALTH_ASSESSMENT: '1', SUBSTANCE_MISUSE: '0' }
      expect(coreHealthItemsComplete(child903({ OC2: all }).OC2[0]!)).toBe(true)
      expect(coreHealthItemsComplete(child903({ OC2: { ...all, [blank]: '' } }).OC2[0]!)).toBe(false)
    },
  )

  test.each([
    ['0.0', '0.1', false],
    ['0.1', '0.3', true],
    ['5.2', '5.0', true],
    ['5.2', '5.1', false],
    ['', '5.0', true],
    ['5.0', '', false],
    ['', '', false],
  ])('from "%s" miles last year to "%s" the distance changed: %s', (was, is, expected) => {
    const milesFromHome = (miles: string): [string, { authority: string; east: number; north: number }] => [
      `${miles} miles`,
      { authority: 'E10000030', east: Number(miles) * 1609.3, north: 0 },
    ]
    const known = postcodes({
      ...Object.fromEntries(['0.0', '0.1', '0.3', '5.0', '5.1', '5.2'].map(milesFromHome)),
    })
    const at = (miles: string) => ({ HOME_POST: '0.0 miles', PL_POST: miles === '' ? '' : `${miles} miles` })
    const { Episodes, lastYear } = child903({ Episodes: at(is), lastYear: { Episodes: at(was) } })
    const collection = new Collection('2025-26', { postcodes: known })
    expect(distanceChanged(lastYear.Episodes[0]!, Episodes[0]!, collection)).toBe(expected)
  })

  test.each(['PLACE', 'PL_POST', 'URN', 'PLACE_PROVIDER'])('another %s is another placement', (field) => {
    const { Episodes } = child903({ Episodes: [{ LS: 'C2' }, { LS: 'E1' }, { [field]: 'X' }] })
    expect(samePlacement(Episodes[0]!, Episodes[1]!)).toBe(true)
    expect(samePlacement(Episodes[0]!, Episodes[2]!)).toBe(false)
  })

  test('adoption plans: which have ended, and which is the latest', () => {
    const child = child903({
      PlacedAdoption: [
        { DATE_PLACED: '01/06/2025' },
        { DATE_PLACED: '01/08/2025', REASON_PLACED_CEASED: 'RD1' },
        { DATE_PLACED: '01/08/2025', DATE_PLACED_CEASED: '31/06/2025' },
        { DATE_PLACED: '31/09/2025' },
      ],
    })
    expect(child.PlacedAdoption.map(planEnded)).toEqual([false, true, true, false])
    expect(latestPlan(child)?.row).toBe(2)
    expect(latestPlan(child903({ PlacedAdoption: {} }))).toBeUndefined()
  })

  describe('orders one after the other', () => {
    const collection = new Collection('2025-26')
    const child = (...list: [LS: string, DECOM: string, DEC: string][]) =>
      child903({ Episodes: list.map(([LS, DECOM, DEC]) => ({ LS, DECOM, DEC })) })
    const told = (runs: readonly OrderRun[]) =>
      runs.map(({ episodes, days }) => [episodes.map(({ row }) => row), days])

    test('renewed on the day, never mind what else stands between', () => {
      const orders = child(
        ['L1', '01/05/2025', '03/05/2025'],
        ['C1', '02/05/2025', '03/05/2025'],
        ['L1', '03/05/2025', '06/05/2025'],
        ['L1', '07/05/2025', '08/05/2025'],
      )
      expect(told(renewedOrders(orders, 'L1', collection))).toEqual([
        [[1, 3], 5],
        [[4], 1],
      ])
    })

    test('renewed: without a readable end it lasts until 31 March; without a readable start it is left out', () => {
      const orders = child(['L1', '29/03/2026', ''], ['L1', '31/03/2026', '31/04/2026'], ['L1', '', ''])
      expect(told(renewedOrders(orders, 'L1', collection))).toEqual([[[1, 2], 2]])
    })

    test('added up: an overlap goes on and counts twice, a day between begins anew', () => {
      const orders = child(
        ['L3', '01/05/2025', '05/05/2025'],
        ['L3', '03/05/2025', '06/05/2025'],
        ['L3', '06/05/2025', '07/05/2025'],
        ['L3', '08/05/2025', '09/05/2025'],
      )
      expect(told(ordersAddedUp(orders, 'L3', collection))).toEqual([
        [[1, 2, 3], 8],
        [[4], 1],
      ])
    })

    test('added up: a blank end is 31 March; an unreadable one adds nothing and breaks nothing', () => {
      const orders = child(['L3', '01/05/2025', '31/04/2025'], ['L3', '27/03/2026', ''])
      expect(told(ordersAddedUp(orders, 'L3', collection))).toEqual([[[1, 2], 4]])
    })

    test('nobody under an order', () => {
      expect(renewedOrders(child(['C2', '01/05/2025', '']), 'L1', collection)).toEqual([])
      expect(ordersAddedUp(child(['C2', '01/05/2025', '']), 'L3', collection)).toEqual([])
    })
  })

  test('someone without Header or last year is made of blanks', () => {
    const child = child903({ Header: [] })
    expect([child.header.DOB, child.header.row, child.lastYear.Episodes.length]).toEqual([undefined, 0, 0])
  })
})

test('miles are rounded to one decimal place', () => {
  expect(milesBetween({ east: 0, north: 0 }, { east: 3000, north: 4000 })).toBe(3.1)
})
