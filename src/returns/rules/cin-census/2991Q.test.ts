import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './2991Q.ts'

test('every enquiry of the episode is marked', () => {
  expect(findings(rule, census({ CINdetails: { Section47: [{}, {}] } }))).toEqual([
    'Section47 1 S47ActualStartDate',
    'Section47 2 S47ActualStartDate',
  ])
})

test('an assessment is there, even an empty one', () => {
  expect(findings(rule, census({ CINdetails: { Section47: [{}], Assessments: [{}] } }))).toEqual([])
})

test('that of another episode does not count', () => {
  expect(findings(rule, census({ CINdetails: [{ Section47: [{}] }, { Assessments: [{}] }] }))).toHaveLength(1)
})
