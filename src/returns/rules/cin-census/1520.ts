import { rule } from '../cin-census.ts'

/** Looks across the return: no two children have the same UPN. */
export default rule({
  code: '1520',
  from: '2022-23',
  flags: 'ChildIdentifiers.UPN',
  message:
    'Another child of this return has the same UPN. Find out whose it is, or whether it is one child twice.',
  unique: (child, seen) => {
    for (const identifiers of child.ChildIdentifiers) seen(identifiers.UPN, identifiers)
  },
})
