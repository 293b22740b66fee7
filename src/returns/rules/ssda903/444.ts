import { codes, rule } from '../ssda903.ts'

/** Reasons for having no UPN, which any number of children may share. */
const noUpn = codes('UN1 UN2 UN3 UN4 UN5')

/** Looks across the return: no two children have the same UPN. */
export default rule({
  code: '444',
  from: '2025-26',
  flags: 'Header.UPN',
  message:
    'Another child of this return has the same UPN. Ask the school or the other authority for the right one.',
  unique: (child, seen) => {
    for (const header of child.Header) if (!noUpn.has(header.UPN)) seen(header.UPN, header)
  },
})
