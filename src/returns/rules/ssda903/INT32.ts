import { rule } from '../ssda903.ts'

/**
 * A child is in the table Header once; rows without a CHILD are not each other's doubles. A check of the files,
 * without a number of the DfE.
 */
export default rule({
  code: 'INT32',
  from: '2022-23',
  flags: 'Header.CHILD',
  message:
    'This child is in the table of children (Header) more than once. Keep the right row and remove the others.',
  eachHeader: (_header, { Header }) => Header.length > 1,
})
