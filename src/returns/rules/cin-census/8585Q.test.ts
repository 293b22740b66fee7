import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8585Q.ts'

const child = (PersonDeathDate: string, ...reasons: string[]) =>
  census({
    ChildIdentifiers: { PersonDeathDate },
    CINdetails: reasons.map((ReasonForClosure) => ({ ReasonForClosure })),
  })

test.each(['', '2025-06-31'])('died on "%s"', (died) => {
  expect(findings(rule, child(died, 'RC7', 'RC2'))).toEqual([
    'CINdetails 2 ReasonForClosure, ChildIdentifiers 1 PersonDeathDate',
  ])
})

test('the date is there, or the reason is another', () => {
  expect(findings(rule, child('2025-06-02', 'RC2'))).toEqual([])
  expect(findings(rule, child('', 'RC7', '', 'rc2'))).toEqual([])
})
