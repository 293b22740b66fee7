import { rule } from '../ssda903.ts'

/**
 * A child is in the table AD1 once; rows without a CHILD are not each other's doubles. A check of the files, without
 * a number of the DfE.
 */
export default rule({
  code: 'INT31',
  from: '2022-23',
  flags: 'AD1.CHILD',
  message:
    'Details of the adoption of this child are there more than once. Keep the right row and remove the others.',
  eachAD1: (_ad1, { AD1 }) => AD1.length > 1,
})
