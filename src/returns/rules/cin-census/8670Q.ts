import { blank, rule } from '../cin-census.ts'

/**
 * An assessment that is still open should not have been going for more than 45 working days at the reference date.
 * The first working day before that date is day 1; the known reference counts the date itself, and so stops a day
 * short.
 */
export default rule({
  code: '8670Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate Assessments.AssessmentActualStartDate',
  message: 'This assessment has gone on for more than 45 working days. Has it been authorised since?',
  eachAssessment: ({ AssessmentAuthorisationDate, AssessmentActualStartDate }, _child, collection) =>
    blank(AssessmentAuthorisationDate) &&
    AssessmentActualStartDate < collection.workingDaysBefore(collection.referenceDate, 45),
})
