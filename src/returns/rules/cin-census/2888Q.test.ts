import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2888Q.ts'

const child = (...Disabilities: string[]) => census({ Disabilities })

test('nobody has more than one', () => {
  expect(findings(rule, [child('HEAR'), child('VIS'), child('NONE'), child()])).toEqual(['the whole return'])
})

test('somebody has two', () => {
  expect(findings(rule, [child('HEAR'), child('VIS', 'LD')])).toEqual([])
})

test('neither NONE nor a blank is a second one', () => {
  expect(findings(rule, [child('HEAR', 'NONE', '')])).toHaveLength(1)
})

test('nobody has any', () => {
  expect(findings(rule, [child('NONE', ''), child()])).toEqual([])
})
