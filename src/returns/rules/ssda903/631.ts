import { codes, filled, rule } from '../ssda903.ts'

const kinds = codes('P1 P2 P3 P4 Z1')

/** How an earlier permanence arrangement ended is one of five codes. A blank: rule 630. */
export default rule({
  code: '631',
  from: '2022-23',
  flags: 'PrevPerm.PREV_PERM',
  message: 'This is no code for an earlier permanence arrangement. Choose one from P1 to P4, or Z1 for none.',
  eachPrevPerm: ({ PREV_PERM }) => filled(PREV_PERM) && !kinds.has(PREV_PERM),
})
