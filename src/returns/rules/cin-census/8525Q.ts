import { blank, rule } from '../cin-census.ts'

/** A child has a date of birth or, before birth, an expected one: one of the two. */
export default rule({
  code: '8525Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate',
  message:
    'Give either the date of birth or, for a child not born yet, the expected date: not both, and not neither.',
  eachChildIdentifiers: ({ PersonBirthDate, ExpectedPersonBirthDate }) =>
    blank(PersonBirthDate) === blank(ExpectedPersonBirthDate),
})
