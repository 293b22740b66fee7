import { blank, filled, rule } from '../cin-census.ts'

/** Of a child not yet born the sex is not known. */
export default rule({
  code: '8750',
  versions: [
    {
      from: '2022-23',
      until: '2023-24',
      flags:
        'ChildIdentifiers.GenderCurrent ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate',
      field: 'GenderCurrent' as const,
      unknown: '0',
    },
    {
      from: '2024-25',
      flags: 'ChildIdentifiers.Sex ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate',
      field: 'Sex' as const,
      unknown: 'U',
    },
  ],
  flags: '',
  message:
    'The child is not born yet, so the sex is to be given as not known. If the child has been born, give the date.',
  eachChildIdentifiers: (identifiers, _child, _collection, { field, unknown }) =>
    filled(identifiers.ExpectedPersonBirthDate) &&
    blank(identifiers.PersonBirthDate) &&
    identifiers[field] !== unknown,
})
