import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8545Q.ts'

const died = (PersonDeathDate: string) => census({ ChildIdentifiers: { PersonDeathDate } })

test.each(['2025-03-31', '2026-04-01'])('%s is asked about', (date) => {
  expect(findings(rule, died(date))).toEqual(['ChildIdentifiers 1 PersonDeathDate'])
})

test.each(['2025-04-01', '2026-03-31', ''])('"%s" passes', (date) => {
  expect(findings(rule, died(date))).toEqual([])
})
