import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8530Q.ts'

const due = (ExpectedPersonBirthDate: string) => census({ ChildIdentifiers: { ExpectedPersonBirthDate } })

test.each(['2026-03-01', '2026-05-20', '2026-12-31', '', '2026-02-30'])('"%s" passes', (date) => {
  expect(findings(rule, due(date))).toEqual([])
})

test.each(['2026-02-28', '2027-01-01'])('%s is asked about', (date) => {
  expect(findings(rule, due(date))).toEqual(['ChildIdentifiers 1 ExpectedPersonBirthDate'])
})
