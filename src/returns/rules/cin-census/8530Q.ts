import { monthsAfter, rule } from '../cin-census.ts'

/**
 * A child not yet born is due between 30 days before the reference date and nine months after it, both days included;
 * the known reference leaves the two days out.
 */
export default rule({
  code: '8530Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.ExpectedPersonBirthDate',
  message:
    'The expected date of birth is long past or too far off. Has the child been born? Is the date right?',
  eachChildIdentifiers: ({ ExpectedPersonBirthDate }, _child, { referenceDate }) =>
    ExpectedPersonBirthDate < referenceDate - 30 || ExpectedPersonBirthDate > monthsAfter(referenceDate, 9),
})
