import { rule } from '../ssda903.ts'

/**
 * Every child of the table OC3 is in the table of children, Header. A check of the files, without a number of the
 * DfE.
 */
export default rule({
  code: 'INT06',
  from: '2022-23',
  needs: 'OC3 Header',
  flags: 'OC3.CHILD',
  message:
    'There are care leaver details for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachOC3: (_oc3, { Header }) => Header.length === 0,
})
