import { blank, type CinEpisode, no, rule, twoOrMore } from '../cin-census.ts'

const isOpen = ({ CINclosureDate, ReferralNFA }: CinEpisode) => blank(CINclosureDate) && no(ReferralNFA)

/**
 * A child has at most one open episode that went further. The known reference also marks open ones that led to no
 * further action, of which there may be any number.
 */
export default rule({
  code: '8815',
  from: '2022-23',
  flags: 'CINdetails.CINclosureDate',
  message: 'The child has more than one open case. Close those that have ended.',
  eachChild: ({ CINdetails }, report) => {
    const open = twoOrMore(CINdetails, isOpen)
    if (open) report(...open)
  },
})
