import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './8825Q.ts'

test.each(['RC8', 'RC9'])('%s without an assessment', (ReasonForClosure) => {
  const child = census({ CINdetails: [{ ReasonForClosure }, { Assessments: [{}] }] })
  expect(findings(rule, child)).toEqual(['CINdetails 1 ReasonForClosure'])
})

test('an assessment is there, even an empty one', () => {
  expect(findings(rule, census({ CINdetails: { ReasonForClosure: 'RC8', Assessments: [{}] } }))).toEqual([])
})

test.each(['RC7', ''])('reason "%s" is not tested', (ReasonForClosure) => {
  expect(findings(rule, census({ CINdetails: { ReasonForClosure } }))).toEqual([])
})
