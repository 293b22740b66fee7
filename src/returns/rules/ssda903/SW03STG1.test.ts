import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW03STG1.ts'

const year = '2023-24'
const complete = { SW_ID: 'SW1234', SW_DECOM: '01/05/2023', SW_REASON: 'MANAGE' }
const check = (spell: Record<string, string>) => findings(rule, child903({ SWEpisodes: spell }), { year })

test.each(['SW_ID', 'SW_DECOM', 'SW_REASON'])('%s is blank', (field) => {
  expect(check({ ...complete, [field]: '' })).toEqual(['SWEpisodes 1 SW_ID SW_DECOM SW_REASON'])
})

test('complete; the end may be blank, and what is no date is filled in', () => {
  expect(check(complete)).toEqual([])
  expect(check({ ...complete, SW_DECOM: '31/06/2023' })).toEqual([])
})

test('in force in 2023-24 only', () => {
  expect(() => findings(rule, child903({}), { year: '2024-25' })).toThrow('not in force')
})
