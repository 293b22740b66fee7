import { rule } from '../ssda903.ts'

/**
 * Every child of the table PrevPerm is in the table of children, Header. A check of the files, without a number of
 * the DfE.
 */
export default rule({
  code: 'INT07',
  from: '2022-23',
  needs: 'PrevPerm Header',
  flags: 'PrevPerm.CHILD',
  message:
    'There are details of an earlier permanence arrangement for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachPrevPerm: (_prevPerm, { Header }) => Header.length === 0,
})
