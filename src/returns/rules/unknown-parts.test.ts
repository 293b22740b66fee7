import { expect, test } from 'vitest'
import { day } from './calendar.ts'
import { latestPossibleDay } from './unknown-parts.ts'

test.each([
  ['14/05/2012', '2012-05-14'],
  ['29/02/2016', '2016-02-29'],
  ['ZZ/02/2016', '2016-02-29'],
  ['ZZ/02/2015', '2015-02-28'],
  ['ZZ/12/2015', '2015-12-31'],
  ['ZZ/ZZ/2015', '2015-12-31'],
  ['zz/zz/2015', '2015-12-31'],
  ['05/ZZ/2020', '2021-01-04'],
  ['01/ZZ/2020', '2020-12-31'],
  ['ZZ/ZZ/ZZZZ', '2000-12-31'],
  ['29/02/ZZZZ', '2000-02-29'],
  ['ZZ/06/ZZZZ', '2000-06-30'],
  ['05/ZZ/ZZZZ', '2001-01-04'],
])('%s is %s at the latest', (text, latest) => {
  expect(latestPossibleDay(text)).toBe(day(latest))
})

test.each([
  '30/02/ZZZZ',
  '29/02/2015',
  '31/04/2015',
  '32/ZZ/2015',
  '00/ZZ/2015',
  '00/01/2015',
  '01/00/2015',
  'ZZ/13/2015',
  'ZZ/00/2015',
  'ZZ/06/ZZ',
  'ZZ/06/15',
  'Z/06/2015',
  'ZZ-06-2015',
  '2015-06-01',
  'ZZ/06/2015X',
  undefined,
])('%s is none', (text) => {
  expect(latestPossibleDay(text)).toBeNaN()
})
