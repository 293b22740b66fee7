import { rule } from '../cin-census.ts'

/** An assessment starts on or after the day of the referral that its episode began with. */
export default rule({
  code: '1103',
  from: '2022-23',
  flags: 'Assessments.AssessmentActualStartDate CINdetails.CINreferralDate',
  message: 'The assessment starts before the referral it belongs to. Correct one of the two dates.',
  eachAssessment: (assessment) =>
    assessment.AssessmentActualStartDate < assessment.cin.CINreferralDate && [assessment, assessment.cin],
})
