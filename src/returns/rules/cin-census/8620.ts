import { rule } from '../cin-census.ts'

/** An episode is closed in the census year, or still open. */
export default rule({
  code: '8620',
  from: '2022-23',
  flags: 'CINdetails.CINclosureDate',
  message:
    'The case was closed before or after the collection year. Correct the date, send a case closed later as open, or leave out one closed earlier.',
  eachCINdetails: (cin, _child, collection) => collection.outside(cin.CINclosureDate),
})
