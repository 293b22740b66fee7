import { blank, type Collection, codes, type Day, date, no, rule, yearsAfter } from '../cin-census.ts'

/** Reasons for having no UPN that a child of school age may have. */
const reasons = codes('UN2 UN3 UN4 UN5 UN6 UN7')

/** Up to 2023-24: more than six years old at the reference date. */
const olderThanSix = (born: Day, { referenceDate }: Collection) => born < yearsAfter(referenceDate, -6)

/** From 2024-25: five by the 31 August inside the census year. */
const ofSchoolAge = (born: Day, { endYear }: Collection) => born <= date(endYear - 6, 8, 31)

/**
 * A child of school age whose referral went further has a UPN, or a reason for having none. The known reference also
 * asks about a child of exactly six up to 2023-24. What the DfE is quoted as saying of the age from 2024-25 makes no
 * sense; this is the reading that fits the rule's purpose.
 */
export default rule({
  code: '8770Q',
  kind: 'query',
  versions: [
    { from: '2022-23', until: '2023-24', isTested: olderThanSix },
    { from: '2024-25', isTested: ofSchoolAge },
  ],
  flags: 'ChildIdentifiers.UPN ChildIdentifiers.UPNunknown',
  needs: 'ChildIdentifiers CINdetails',
  message: 'A child of school age should have a UPN. Ask the school, or give the reason why there is none.',
  eachChildIdentifiers: ({ UPN, UPNunknown, PersonBirthDate }, child, collection, { isTested }) =>
    blank(UPN) &&
    !reasons.has(UPNunknown?.toUpperCase()) &&
    isTested(PersonBirthDate, collection) &&
    child.CINdetails.some((cin) => no(cin.ReferralNFA)),
})
