import { rule } from '../ssda903.ts'

/** Sex may be unknown (U) from 2024-25, and the DfE asks about it. */
export default rule({
  code: '232',
  kind: 'query',
  from: '2024-25',
  flags: 'Header.SEX',
  message: 'The child’s sex is entered as unknown. Find it out, or explain why it is not known.',
  eachHeader: ({ SEX }) => SEX === 'U',
})
