import { blank, codes, rule } from '../cin-census.ts'

/**
 * At most two in a hundred children may be of unknown sex; those not yet born are not counted among the unknown.
 * The known reference gets the code for unknown wrong up to 2023-24.
 */
export default rule({
  code: '2886Q',
  kind: 'query',
  versions: [
    {
      from: '2022-23',
      until: '2023-24',
      flags: 'ChildIdentifiers.GenderCurrent',
      field: 'GenderCurrent' as const,
      unknown: codes('0'),
    },
    { from: '2024-25', flags: 'ChildIdentifiers.Sex', field: 'Sex' as const, unknown: codes('U') },
  ],
  flags: '',
  message:
    'More than 2% of the children already born are of unknown sex. Check whether it is known after all.',
  count: (child, add, _collection, { field, unknown }) => {
    for (const identifiers of child.ChildIdentifiers) {
      add('children')
      const sex = identifiers[field]
      if ((blank(sex) || unknown.has(sex)) && blank(identifiers.ExpectedPersonBirthDate)) add('unknown')
    }
  },
  failsOnCounts: (count) => count.of('unknown') / count.of('children') > 0.02,
})
