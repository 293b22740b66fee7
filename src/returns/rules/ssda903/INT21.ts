import { filled, rule } from '../ssda903.ts'

/** The UASC table has the sex that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT21',
  from: '2022-23',
  needs: 'UASC Header',
  flags: 'UASC.SEX',
  message:
    'The sex with the unaccompanied child’s details is not the one in the table of children (Header). Correct the one that is wrong.',
  eachUASC: ({ SEX }, { Header }) =>
    filled(SEX) && Header.some((header) => filled(header.SEX) && header.SEX !== SEX),
})
