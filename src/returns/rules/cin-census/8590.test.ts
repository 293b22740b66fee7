import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8590.ts'

test('no episode', () => {
  expect(findings(rule, census({}))).toEqual(['ChildIdentifiers 1 LAchildID'])
})

test('an episode, even an empty one', () => {
  expect(findings(rule, census({ CINdetails: {} }))).toEqual([])
})
