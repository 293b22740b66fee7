import { blank, rule } from '../cin-census.ts'

/** An assessment that is still open started in the census year. */
export default rule({
  code: '8736',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate Assessments.AssessmentActualStartDate',
  message:
    'An open assessment has no start, or one before or after the collection year. Has it been authorised, or is the start wrong?',
  eachAssessment: ({ AssessmentAuthorisationDate, AssessmentActualStartDate }, _child, collection) =>
    blank(AssessmentAuthorisationDate) && !collection.within(AssessmentActualStartDate),
})
