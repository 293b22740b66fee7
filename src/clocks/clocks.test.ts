import { describe, expect, test } from 'vitest'
import { eventKinds } from '../events/kinds.ts'
import { Calendar, dayNumber } from './calendar.ts'
import { clockById, clocks, derivedKinds, kindsHeard, toldClocks } from './clocks.ts'
import { notYetTold } from './not-yet-told.ts'
import { escalationOf, statusOf } from './status.ts'
import { dueOf, happened, period } from './testing.ts'

/** The numbers of the practice specification, 18.3, by how many there are of each. */
const numbers: Record<string, number> = {
  REF: 2,
  EH: 3,
  ASM: 2,
  STR: 1,
  S47: 1,
  ICPC: 2,
  CPD: 2,
  CG: 2,
  CPR: 2,
  CPV: 1,
  CPL: 1,
  CINP: 1,
  CINR: 2,
  CINV: 1,
  LEG: 8,
  CLA: 10,
  PER: 1,
  IRO: 4,
  VIS: 10,
  HLT: 8,
  PEP: 2,
  MIS: 2,
  LADO: 1,
  SIN: 2,
  SEC: 3,
  DOL: 1,
  CON: 3,
  SHB: 4,
  ADO: 9,
  SGO: 1,
  PTH: 10,
  PF: 3,
  UAS: 2,
  NOTE: 1,
  SUP: 1,
  WRN: 1,
  CPIS: 1,
  CMP: 6,
  SAR: 1,
}

describe('the list', () => {
  test('has every row of the specification, and no other', () => {
    const found: Record<string, Set<string>> = {}
    for (const { id } of clocks) {
      const [, process, row] = /^([A-Z0-9]+)-(\d\d)/.exec(id)!
      found[process!] ??= new Set()
      found[process!]!.add(row!)
    }
    expect(Object.fromEntries(Object.entries(found).map(([process, rows]) => [process, rows.size]))).toEqual(
      numbers,
    )
    expect(new Set(clocks.map(({ id }) => id)).size).toBe(clocks.length)
    expect(clockById('VIS-02b').counts[0]).toMatchObject({ unit: 'WK', n: 6 })
  })

  test('every kind it hears is told, worked out, or named as not yet told', () => {
    const told = new Set(eventKinds.map(({ kind }) => kind))
    const heard = new Set(clocks.flatMap((one) => Object.values(kindsHeard(one)).flat()))
    const unknown = [...heard].filter(
      (kind) => !told.has(kind) && !(derivedKinds as readonly string[]).includes(kind),
    )
    expect([...notYetTold]).toEqual(unknown.sort())
  })

  test('a clock runs when what starts it and what completes it are told', () => {
    const told = new Set(eventKinds.map(({ kind }) => kind))
    const running = toldClocks(told).map(({ id }) => id)
    for (const id of [
      'REF-01',
      'ASM-01',
      'ICPC-01',
      'CPR-01',
      'CPR-02',
      'LEG-01',
      'CLA-04',
      'CLA-05',
      'CLA-06',
      'ADO-04',
    ])
      expect(running).toContain(id)
    expect(running).not.toContain('LEG-08')
    expect(toldClocks(new Set()).length).toBe(0)
  })

  test('every row says whose it is, where it stands, and how it is counted', () => {
    for (const one of clocks) {
      expect(one.counts.length, one.id).toBeGreaterThan(0)
      expect(one.source, one.id).not.toBe('')
      expect(one.statutory && one.verified === 'local', one.id).toBe(false)
    }
  })

  test('a row counts from the day it is in force to the day it no longer is', () => {
    const clock = { ...clockById('REF-01'), inForce: { from: '2026-04-01', to: '2026-06-30' } }
    const on = (day: string) =>
      dueOf('REF-01', [happened('contact-received', day)], '2027-01-01', { clocks: [clock] }).length
    expect([on('2026-03-31'), on('2026-04-01'), on('2026-06-30'), on('2026-07-01')]).toEqual([0, 1, 1, 0])
  })

  test('an authority’s own time counts for what starts from its day on', () => {
    const tightenings = [{ clock: 'ASM-01', count: 0, n: 35, from: dayNumber('2026-04-01') }]
    const on = (day: string) =>
      dueOf('ASM-01', [happened('assessment-started', day)], '2026-12-31', { tightenings })[0]!.count.n
    expect([on('2026-03-31'), on('2026-04-01')]).toEqual([45, 35])
  })
})

test('what is due before a day is met by what was done before it, and late after', () => {
  const of = { table: 'conference', factId: 'one', fact: { conference: 'review' } }
  const shared = (day: string) =>
    dueOf('CPD-01b', [
      happened('conference-planned', '2026-04-15', of),
      happened('conference-report-shared', day, of),
    ])[0]
  expect(shared('2026-04-10')).toMatchObject({ dueOn: dayNumber('2026-04-10'), state: 'met', late: false })
  expect(shared('2026-04-13')).toMatchObject({ state: 'met', late: true })
})

describe('where it stands', () => {
  const due = dueOf('ICPC-01', [happened('section-47-started', '2026-03-24', { table: 'section_47' })])[0]!
  const calendar = new Calendar()
  test.each([
    ['2026-03-23', 'not-started', 'nobody'],
    ['2026-03-30', 'running', 'nobody'],
    ['2026-04-09', 'due-soon', 'owner'],
    ['2026-04-16', 'due-soon', 'team-manager'],
    ['2026-04-17', 'overdue', 'team-manager'],
    ['2026-04-20', 'overdue', 'service-manager'],
    ['2026-04-30', 'overdue', 'assistant-director'],
  ])('on %s: %s, told to %s', (day, status, escalation) => {
    expect(statusOf(due, dayNumber(day))).toBe(status)
    expect(escalationOf(due, dayNumber(day), calendar)).toBe(escalation)
  })

  test('hours are over by the minute', () => {
    const found = dueOf('MIS-01', [
      happened('found', '2026-05-01T10:00+01:00', { table: 'missing_episode' }),
    ])[0]!
    expect(statusOf(found, dayNumber('2026-05-04'), Date.parse('2026-05-04T10:00+01:00'))).toBe('due-soon')
    expect(statusOf(found, dayNumber('2026-05-04'), Date.parse('2026-05-04T10:01+01:00'))).toBe('overdue')
  })

  test('a weekly visit is due soon from the day of the one before', () => {
    const events = [
      ...period('period_of_care', ['care-began', '2026-05-04'], ['care-ended', undefined]),
      ...period('placement', ['placement-began', '2026-05-04'], ['placement-ended', undefined]),
    ]
    expect(statusOf(dueOf('VIS-01', events)[0]!, dayNumber('2026-05-04'))).toBe('due-soon')
  })
})
