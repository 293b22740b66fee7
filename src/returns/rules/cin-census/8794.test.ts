import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8794.ts'

const child = (...Disabilities: string[]) => census({ Disabilities })

test('each repeated code is told once, with all its rows', () => {
  expect(findings(rule, child('HEAR', 'VIS', 'LD', 'HEAR', 'VIS', 'HEAR'))).toEqual([
    'Disabilities 1 Disability, Disabilities 4 Disability, Disabilities 6 Disability',
    'Disabilities 2 Disability, Disabilities 5 Disability',
  ])
})

test('two rows are enough', () => {
  expect(findings(rule, child('HEAR', 'HEAR'))).toHaveLength(1)
})

test('small letters make another code, and blanks are never the same', () => {
  expect(findings(rule, child('HEAR', 'hear', '', ''))).toEqual([])
  expect(findings(rule, child('HEAR'))).toEqual([])
})
