import { rule } from '../cin-census.ts'

/** An enquiry starts on or after the day of the referral that its episode began with. */
export default rule({
  code: '2889',
  from: '2022-23',
  flags: 'Section47.S47ActualStartDate CINdetails.CINreferralDate',
  message: 'The section 47 enquiry starts before the referral. Correct one of the two dates.',
  eachSection47: (enquiry) =>
    enquiry.S47ActualStartDate < enquiry.cin.CINreferralDate && [enquiry, enquiry.cin],
})
