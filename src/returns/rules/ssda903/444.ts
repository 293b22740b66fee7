import { reasonsForNoUpn, rule } from '../ssda903.ts'

/** Looks across the return: no two children have the same UPN. Any number may share a reason for having none. */
export default rule({
  code: '444',
  from: '2025-26',
  flags: 'Header.UPN',
  message:
    'Another child of this return has the same UPN. Ask the school or the other authority for the right one.',
  unique: (child, seen) => {
    for (const header of child.Header) if (!reasonsForNoUpn.has(header.UPN)) seen(header.UPN, header)
  },
})
