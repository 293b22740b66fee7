import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2887Q.ts'

const seven = ['MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR']
const child = (...Disabilities: string[]) => census({ Disabilities })

test('seven different ones or fewer, or none', () => {
  expect(findings(rule, [child(...seven), child(...seven)])).toEqual(['the whole return'])
  expect(findings(rule, [child('NONE')])).toHaveLength(1)
  expect(findings(rule, [])).toHaveLength(1)
})

test('eight pass, spread over children', () => {
  expect(findings(rule, [child(...seven), child('VIS')])).toEqual([])
})

test('neither NONE nor a blank is a disability', () => {
  expect(findings(rule, [child(...seven, 'NONE', '')])).toHaveLength(1)
})
