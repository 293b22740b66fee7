import { type Assessment, type Collection, clashes, rule } from '../cin-census.ts'

/** On the day another is authorised or, while that is still open, up to the reference date. */
const startsDuring = (later: Assessment, other: Assessment, { referenceDate }: Collection) =>
  later.AssessmentActualStartDate >= other.AssessmentActualStartDate &&
  later.AssessmentActualStartDate <= (other.AssessmentAuthorisationDate ?? referenceDate)

/**
 * One assessment at a time in an episode: none starts while another is going. Of two that start on the same day each
 * is in the other's way, exact doubles included, which the known reference lets pass.
 */
export default rule({
  code: '8863Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate',
  message:
    'This assessment starts while another in the same episode is still going. Is it the same assessment twice?',
  eachAssessment: (later, _child, collection) =>
    clashes(later, 'AssessmentActualStartDate', later.cin.Assessments, startsDuring, collection),
})
