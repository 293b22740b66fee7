import { rule } from '../ssda903.ts'

/**
 * Every child of the table UASC is in the table of children, Header. A check of the files, without a number of the
 * DfE.
 */
export default rule({
  code: 'INT09',
  from: '2022-23',
  needs: 'UASC Header',
  flags: 'UASC.CHILD',
  message:
    'There are details of an unaccompanied asylum-seeking child for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachUASC: (_uasc, { Header }) => Header.length === 0,
})
