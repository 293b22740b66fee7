import { rule } from '../cin-census.ts'

/** A child who has died did so in the census year. */
export default rule({
  code: '8545Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.PersonDeathDate',
  message:
    'The date of death is before or after the collection year. Is it right, and does the child belong in this return?',
  eachChildIdentifiers: ({ PersonDeathDate }, _child, collection) => collection.outside(PersonDeathDate),
})
