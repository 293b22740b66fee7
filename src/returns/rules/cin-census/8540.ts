import { type CinEpisode, codesOf, type DisabilityRow, filled, no, rule } from '../cin-census.ts'

const disabilities = codesOf('disability')

const isNoCode = ({ Disability }: DisabilityRow) => !disabilities.has(Disability)
const wentFurther = ({ ReferralNFA }: CinEpisode) => no(ReferralNFA)

/**
 * Of a born child whose referral went further it is said which disabilities there are, or that there are none. The
 * report of the known reference loses what it finds.
 */
export default rule({
  code: '8540',
  from: '2022-23',
  flags: 'Disabilities.Disability ChildIdentifiers.PersonBirthDate CINdetails.ReferralNFA',
  needs: 'ChildIdentifiers CINdetails',
  message: 'The child’s disabilities are missing or not known codes. Record them, or that there are none.',
  eachChildIdentifiers: (identifiers, { Disabilities, CINdetails }) =>
    filled(identifiers.PersonBirthDate) &&
    (Disabilities.length === 0 || Disabilities.some(isNoCode)) &&
    CINdetails.some(wentFurther) && [
      ...Disabilities.filter(isNoCode),
      identifiers,
      ...CINdetails.filter(wentFurther),
    ],
})
