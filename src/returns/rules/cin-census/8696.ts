import { rule } from '../cin-census.ts'

/** An assessment is authorised in the census year, or still open. */
export default rule({
  code: '8696',
  from: '2022-23',
  flags: 'Assessments.AssessmentAuthorisationDate',
  message:
    'The assessment was authorised before or after the collection year. Correct the date, send one authorised later as open, or leave out one authorised earlier.',
  eachAssessment: (one, _child, collection) => collection.outside(one.AssessmentAuthorisationDate),
})
