import { closedAfterAssessment, rule } from '../cin-census.ts'

/** An episode that ended with its assessment has one. */
export default rule({
  code: '8825Q',
  kind: 'query',
  from: '2022-23',
  flags: 'CINdetails.ReasonForClosure',
  message:
    'The case was closed after assessment, but there is no assessment. Has it been recorded, and is the reason right?',
  eachCINdetails: (cin) => closedAfterAssessment(cin) && cin.Assessments.length === 0,
})
