import { rule } from '../ssda903.ts'

/**
 * A child is in the table UASC once; rows without a CHILD are not each other's doubles. A check of the files,
 * without a number of the DfE.
 */
export default rule({
  code: 'INT36',
  from: '2022-23',
  flags: 'UASC.CHILD',
  message:
    'This child is in the table of unaccompanied children (UASC) more than once. Keep the right row and remove the others.',
  eachUASC: (_uasc, { UASC }) => UASC.length > 1,
})
