import { rule } from '../cin-census.ts'

/** A conference that an enquiry led to is held on or after the day of the referral that its episode began with. */
export default rule({
  code: '1104',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC CINdetails.CINreferralDate',
  message:
    'The initial child protection conference is dated before the referral. Correct one of the two dates.',
  eachSection47: (enquiry) =>
    enquiry.DateOfInitialCPC < enquiry.cin.CINreferralDate && [enquiry, enquiry.cin],
})
