import { describe, expect, test } from 'vitest'
import {
  agoWords,
  dayOf,
  dueWords,
  endOfDay,
  formatAge,
  formatDate,
  formatMoment,
  formatShortDate,
  formatSpan,
  listed,
  parseDate,
  workingDaysBetween,
  yearsOld,
} from './words.ts'

describe('days', () => {
  test('are said with their weekday', () => {
    expect(formatDate('2026-11-23')).toBe('Mon 23 Nov 2026')
    expect(formatShortDate('2019-07-04')).toBe('4 Jul 2019')
    expect(formatDate(null)).toBe('')
  })

  test('belong to London, not to UTC', () => {
    expect(dayOf(new Date('2026-07-01T23:30:00Z'))).toBe('2026-07-02')
    expect(formatMoment(new Date('2026-07-01T23:30:00Z'))).toBe('Thu 2 Jul 2026, 00:30')
    expect(formatMoment(new Date('2026-01-01T23:30:00Z'))).toBe('Thu 1 Jan 2026, 23:30')
  })

  test('end when London’s midnight comes', () => {
    expect(endOfDay('2026-07-01').toISOString()).toBe('2026-07-01T22:59:59.999Z')
    expect(endOfDay('2026-12-01').toISOString()).toBe('2026-12-01T23:59:59.999Z')
    // The clocks go forward at 01:00 on 29 March and back at 02:00 on 25 October 2026.
    expect(endOfDay('2026-03-28').toISOString()).toBe('2026-03-28T23:59:59.999Z')
    expect(endOfDay('2026-03-29').toISOString()).toBe('2026-03-29T22:59:59.999Z')
    expect(endOfDay('2026-10-25').toISOString()).toBe('2026-10-25T23:59:59.999Z')
  })
})

describe('ages', () => {
  test.each([
    ['2026-11-24', 'born today'],
    ['2026-11-23', '1 day'],
    ['2026-11-12', '12 days'],
    ['2026-10-10', '6 weeks'],
    ['2026-06-24', '5m'],
    ['2019-07-24', '7y 4m'],
    ['2019-11-24', '7y'],
    ['2016-11-25', '9y 11m'],
    ['2016-11-24', '10y'],
    ['2012-01-01', '14y'],
    ['2027-02-01', 'not yet born'],
  ])('born %s: %s', (born, said) => expect(formatAge(born, '2026-11-24')).toBe(said))

  test('a leap-day child is a year older on 1 March', () => {
    expect(yearsOld('2008-02-29', '2026-02-28')).toBe(17)
    expect(yearsOld('2008-02-29', '2026-03-01')).toBe(18)
  })

  test('a child born on the 31st has a month’s day in a shorter month', () => {
    expect(formatAge('2026-01-31', '2026-06-30')).toBe('5m')
  })
})

describe('what is due', () => {
  const today = '2026-11-24' // a Tuesday
  test.each([
    ['2026-11-22', '2 days late', 'late'],
    ['2026-11-23', '1 day late', 'late'],
    ['2026-11-24', 'today', 'today'],
    ['2026-11-25', 'tomorrow', 'soon'],
    ['2026-11-27', 'in 3 working days', 'soon'],
    ['2026-11-30', 'in 4 working days', 'later'],
    ['2027-01-05', 'in 6 weeks', 'later'],
    ['2027-06-24', 'in 7 months', 'later'],
    ['2026-06-01', '5 months late', 'late'],
  ])('%s: %s', (due, text, state) => expect(dueWords(due, today)).toEqual({ text, state }))

  test('leaves holidays out of the working days', () => {
    const isWorkingDay = (day: string) =>
      !['2026-12-25', '2026-12-28', '2026-12-26', '2026-12-27'].includes(day)
    expect(workingDaysBetween('2026-12-24', '2026-12-29', isWorkingDay)).toBe(1)
    expect(dueWords('2026-12-29', '2026-12-24', isWorkingDay).text).toBe('in 1 working day')
  })

  test('last seen', () => {
    expect(agoWords('2026-11-24', today)).toBe('today')
    expect(agoWords('2026-11-23', today)).toBe('yesterday')
    expect(agoWords('2026-11-15', today)).toBe('9 days ago')
    expect(agoWords('2026-10-15', today)).toBe('5 weeks ago')
  })

  test('spans', () => {
    expect(formatSpan('2024-06-24', '2026-11-24')).toBe('2y 5m')
    expect(formatSpan('2026-04-24', '2026-11-24')).toBe('7 months')
  })
})

describe('a typed day', () => {
  test.each([
    '23/11/2026',
    '23.11.26',
    '23 11 2026',
    '23 Nov 2026',
    '23rd november 26',
    'Mon 23 Nov 2026',
    '2026-11-23',
    '23112026',
    'yesterday',
  ])('%s', (typed) => expect(parseDate(typed, '2026-11-24')).toBe('2026-11-23'))

  test.each([
    '31/02/2026',
    '2026-13-01',
    'soon',
    '',
    '1/2',
    '0/1/2026',
    '11/23/2026',
    '__proto__',
    'constructor',
  ])('%s is no day', (typed) => expect(parseDate(typed, '2026-11-24')).toBeUndefined())

  test('a two-digit year far ahead is of the last century', () => {
    expect(parseDate('1/5/84', '2026-11-24')).toBe('1984-05-01')
  })
})

test('lists read as sentences', () => {
  expect(listed(['Ana'])).toBe('Ana')
  expect(listed(['Ana', 'Ben', 'Cal'])).toBe('Ana, Ben and Cal')
})
