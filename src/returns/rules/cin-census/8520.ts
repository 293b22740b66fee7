import { rule } from '../cin-census.ts'

/** A child who has been born was born on or before the reference date. */
export default rule({
  code: '8520',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonBirthDate',
  message:
    'The date of birth is after the collection year. Correct it, or give it as the expected date if the child is not born yet.',
  eachChildIdentifiers: ({ PersonBirthDate }, _child, { referenceDate }) => PersonBirthDate > referenceDate,
})
