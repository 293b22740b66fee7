import { awaitsConference, rule, twoOrMore } from '../cin-census.ts'

/** In an episode at most one enquiry waits for its conference. The known reference also marks those that need none. */
export default rule({
  code: '8839',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC',
  message:
    'More than one enquiry of this episode waits for a conference. Give the dates, or say for which none is needed.',
  eachCINdetails: (cin) => twoOrMore(cin.Section47, awaitsConference),
})
