import { rule } from '../ssda903.ts'

/**
 * Every child of the table AD1 is in the table of children, Header. A check of the files, without a number of the
 * DfE.
 */
export default rule({
  code: 'INT01',
  from: '2022-23',
  needs: 'AD1 Header',
  flags: 'AD1.CHILD',
  message:
    'There are details of an adoption for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachAD1: (_ad1, { Header }) => Header.length === 0,
})
