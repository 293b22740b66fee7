import { codes, rule } from '../cin-census.ts'

/** Gender up to 2023-24, sex from 2024-25: filled in, with a code of the year. */
export default rule({
  code: '4180',
  versions: [
    {
      from: '2022-23',
      until: '2023-24',
      flags: 'ChildIdentifiers.GenderCurrent',
      field: 'GenderCurrent' as const,
      accepted: codes('0 1 2 9'),
    },
    { from: '2024-25', flags: 'ChildIdentifiers.Sex', field: 'Sex' as const, accepted: codes('M F U') },
  ],
  flags: '',
  message: 'The child’s sex is missing or is not a code of this year.',
  eachChildIdentifiers: (identifiers, _child, _collection, { field, accepted }) =>
    !accepted.has(identifiers[field]),
})
