import { rule } from '../ssda903.ts'

/**
 * Every child of the table Missing is in the table of children, Header. A check of the files, without a number of
 * the DfE.
 */
export default rule({
  code: 'INT04',
  from: '2022-23',
  needs: 'Missing Header',
  flags: 'Missing.CHILD',
  message:
    'There is a time missing for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachMissing: (_missing, { Header }) => Header.length === 0,
})
