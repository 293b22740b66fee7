import { rule } from '../cin-census.ts'

/** Days that a pregnancy lasts at most. */
const pregnancy = 280

/** Nobody is referred before the pregnancy: more than 280 days before the birth, or before the expected date of it. */
export default rule({
  code: '8606',
  from: '2022-23',
  flags:
    'CINdetails.CINreferralDate ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate',
  message: 'The referral is dated more than 280 days before the child’s birth. Correct one of the two dates.',
  eachCINdetails: (cin, { identifiers }) =>
    (cin.CINreferralDate < identifiers.PersonBirthDate - pregnancy ||
      cin.CINreferralDate < identifiers.ExpectedPersonBirthDate - pregnancy) && [cin, identifiers],
})
