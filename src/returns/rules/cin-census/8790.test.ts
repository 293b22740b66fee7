import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8790.ts'

const child = (...Disabilities: string[]) => census({ Disabilities })

test.each(['NONE', 'None'])('%s with others: those are marked', (none) => {
  expect(findings(rule, child('HEAR', none, 'VIS'))).toEqual([
    'Disabilities 1 Disability, Disabilities 3 Disability',
  ])
})

test('alone, twice, or with a blank', () => {
  expect(findings(rule, child('NONE'))).toEqual([])
  expect(findings(rule, child('NONE', 'none'))).toEqual([])
  expect(findings(rule, child('NONE', ''))).toEqual([])
})

test('others alone', () => {
  expect(findings(rule, child('HEAR', 'VIS'))).toEqual([])
})
