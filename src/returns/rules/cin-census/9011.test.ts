import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './9011.ts'

const year = { year: '2026-27' }
const child = (PPOutcome: string) => census({ CINdetails: { PreProceedingsandFGDM: [{ PPOutcome }] } })

test.each(['A', 'B', 'C', ''])('"%s" passes', (outcome) => {
  expect(findings(rule, child(outcome), year)).toEqual([])
})

test.each(['D', 'a', '1'])('%s fails', (outcome) => {
  expect(findings(rule, child(outcome), year)).toEqual(['PreProceedingsandFGDM 1 PPOutcome'])
})
