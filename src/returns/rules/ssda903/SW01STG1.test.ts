import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW01STG1.ts'

const year = '2023-24'
const complete = { SW_ID: 'SW1234', SW_DECOM: '01/05/2023', SW_REASON: 'MANAGE' }
const check = (SWEpisodes: Record<string, string> | Record<string, string>[], { LS = 'C2', DEC = '' } = {}) =>
  findings(rule, child903({ Episodes: { DECOM: '01/05/2023', LS, DEC }, SWEpisodes }), { year })
const marked = ['Episodes 1 DEC']

test('no social worker at all', () => {
  expect(check([])).toEqual(marked)
})

test.each(['SW_ID', 'SW_DECOM', 'SW_REASON'])('%s is nowhere filled in', (field) => {
  expect(check({ ...complete, [field]: '' })).toEqual(marked)
})

test('complete, in one row or in several', () => {
  expect(check(complete)).toEqual([])
  expect(check([{ SW_ID: 'SW1234' }, { SW_DECOM: '31/06/2023', SW_REASON: 'MANAGE' }])).toEqual([])
})

test('not in care on 31 March, or in a short break', () => {
  expect(check([], { DEC: '01/09/2023' })).toEqual([])
  expect(check([], { DEC: '31/09/2023' })).toEqual([])
  expect(check([], { LS: 'V3' })).toEqual([])
  expect(check([], { LS: 'V4' })).toEqual([])
})

test('a blank legal status is no short break', () => {
  expect(check([], { LS: '' })).toEqual(marked)
})

test('in force in 2023-24 only', () => {
  expect(() => findings(rule, child903({}), { year: '2024-25' })).toThrow('not in force')
})
