import { birthday, blank, rule, yearsAfter } from '../cin-census.ts'

/** Nobody over 25 has an open case, or had one after turning 25. */
export default rule({
  code: '8775Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonBirthDate CINdetails.CINclosureDate',
  message:
    'This person is over 25, and the case was not closed by then. Is the date of birth right, and is the case still open?',
  eachCINdetails: (cin, { identifiers }, { referenceDate }) =>
    identifiers.PersonBirthDate < yearsAfter(referenceDate, -25) &&
    (blank(cin.CINclosureDate) || cin.CINclosureDate > birthday(identifiers.PersonBirthDate, 25)) && [
      identifiers,
      cin,
    ],
})
