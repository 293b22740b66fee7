import { rule } from '../cin-census.ts'

/**
 * Looks across the return: no two records have the same child's identifier. Records without one are not doubles of
 * one another; for the known reference they are.
 */
export default rule({
  code: '8510',
  from: '2022-23',
  flags: 'ChildIdentifiers.LAchildID',
  message:
    'Another record in this return has the same child’s identifier. Put both into one if it is one child, or correct the identifier.',
  unique: (child, seen) => {
    for (const identifiers of child.ChildIdentifiers) seen(identifiers.LAchildID, identifiers)
  },
})
