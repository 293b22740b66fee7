import { rule } from '../ssda903.ts'

/**
 * A child is in the table OC3 once; rows without a CHILD are not each other's doubles. A check of the files, without
 * a number of the DfE.
 */
export default rule({
  code: 'INT34',
  from: '2022-23',
  flags: 'OC3.CHILD',
  message:
    'Care leaver details of this young person are there more than once. Keep the right row and remove the others.',
  eachOC3: (_oc3, { OC3 }) => OC3.length > 1,
})
