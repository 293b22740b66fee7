import { type Assessment, blank, rule, twoOrMore } from '../cin-census.ts'

const isOpen = ({ AssessmentAuthorisationDate }: Assessment) => blank(AssessmentAuthorisationDate)

/** An episode has at most one open assessment. The known reference also marks those that are finished. */
export default rule({
  code: '8896',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate',
  message:
    'More than one assessment is open in this episode. Give the day on which the finished ones were authorised.',
  eachCINdetails: (cin) => twoOrMore(cin.Assessments, isOpen),
})
