import { blank, only, rule } from '../cin-census.ts'

/**
 * One assessment at a time in an episode: none starts while another is going, on the day another is authorised or,
 * while that is still open, up to the reference date. Of two that start on the same day each is in the other's way,
 * exact doubles included, which the known reference lets pass.
 */
export default rule({
  code: '8863Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate',
  message:
    'This assessment starts while another in the same episode is still going. Is it the same assessment twice?',
  eachAssessment: (later, _child, { referenceDate }) => {
    for (const other of later.cin.Assessments) {
      if (other === later) continue
      const start = later.AssessmentActualStartDate
      const end = blank(other.AssessmentAuthorisationDate) ? referenceDate : other.AssessmentAuthorisationDate
      if (start >= other.AssessmentActualStartDate && start <= end)
        return [only(later, 'AssessmentActualStartDate'), other]
    }
    return false
  },
})
