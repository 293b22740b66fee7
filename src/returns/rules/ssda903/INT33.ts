import { rule } from '../ssda903.ts'

/**
 * A child is in the table OC2 once; rows without a CHILD are not each other's doubles. A check of the files, without
 * a number of the DfE.
 */
export default rule({
  code: 'INT33',
  from: '2022-23',
  flags: 'OC2.CHILD',
  message:
    'Health and outcome items of this child are there more than once. Keep the right row and remove the others.',
  eachOC2: (_oc2, { OC2 }) => OC2.length > 1,
})
