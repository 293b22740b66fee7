import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8520.ts'

const born = (PersonBirthDate: string) => census({ ChildIdentifiers: { PersonBirthDate } })

test('the day after the reference date', () => {
  expect(findings(rule, born('2026-04-01'))).toEqual(['ChildIdentifiers 1 PersonBirthDate'])
})

test.each(['2026-03-31', '2012-05-14', ''])('"%s" passes', (date) => {
  expect(findings(rule, born(date))).toEqual([])
})
