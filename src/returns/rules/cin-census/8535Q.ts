import { blank, filled, rule } from '../cin-census.ts'

/** A child who has died was born, and not later. */
export default rule({
  code: '8535Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonDeathDate ChildIdentifiers.PersonBirthDate',
  message: 'There is a date of death, but no date of birth or a later one. Are both dates right?',
  eachChildIdentifiers: ({ PersonDeathDate, PersonBirthDate }) =>
    filled(PersonDeathDate) && (blank(PersonBirthDate) || PersonBirthDate > PersonDeathDate),
})
