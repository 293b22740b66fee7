import { type Assessment, type Enquiry, filled, only, rule, yes } from '../cin-census.ts'

const isDated = (one: Assessment) =>
  filled(one.AssessmentActualStartDate) || filled(one.AssessmentAuthorisationDate)

const isDatedEnquiry = (one: Enquiry) => filled(one.S47ActualStartDate) || filled(one.DateOfInitialCPC)

/**
 * A referral that led to no further action has no assessment, enquiry or conference. The known reference does not
 * look at conferences of enquiries.
 */
export default rule({
  code: '8831',
  from: '2022-23',
  flags:
    'CINdetails.DateOfInitialCPC Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate Section47.S47ActualStartDate Section47.DateOfInitialCPC CINdetails.ReferralNFA',
  needs: 'CINdetails',
  message:
    'The referral led to no further action, and yet there is an assessment, an enquiry or a conference. Correct the one or the other.',
  eachCINdetails: (cin) => {
    if (!yes(cin.ReferralNFA)) return false
    const groups = [...cin.Assessments.filter(isDated), ...cin.Section47.filter(isDatedEnquiry)]
    if (filled(cin.DateOfInitialCPC)) return [cin, ...groups]
    return groups.length > 0 && [only(cin, 'ReferralNFA'), ...groups]
  },
})
