import { rule } from '../ssda903.ts'

/**
 * Every child of the table OC2 is in the table of children, Header. A check of the files, without a number of the
 * DfE.
 */
export default rule({
  code: 'INT05',
  from: '2022-23',
  needs: 'OC2 Header',
  flags: 'OC2.CHILD',
  message:
    'There are health and outcome items for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachOC2: (_oc2, { Header }) => Header.length === 0,
})
