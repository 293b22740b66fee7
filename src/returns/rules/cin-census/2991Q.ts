import { rule } from '../cin-census.ts'

/** An episode with an enquiry has an assessment. */
export default rule({
  code: '2991Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Section47.S47ActualStartDate',
  message:
    'There is a section 47 enquiry in this episode, but no assessment. Has the assessment been recorded?',
  eachSection47: (enquiry) => enquiry.cin.Assessments.length === 0,
})
