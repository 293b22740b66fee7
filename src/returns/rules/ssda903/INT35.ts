import { rule } from '../ssda903.ts'

/**
 * A child is in the table PrevPerm once; rows without a CHILD are not each other's doubles. A check of the files,
 * without a number of the DfE.
 */
export default rule({
  code: 'INT35',
  from: '2022-23',
  flags: 'PrevPerm.CHILD',
  message:
    'Details of an earlier permanence arrangement of this child are there more than once. Keep the right row and remove the others.',
  eachPrevPerm: (_prevPerm, { PrevPerm }) => PrevPerm.length > 1,
})
