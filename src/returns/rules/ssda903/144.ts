import { codes, filled, rule } from '../ssda903.ts'

const legalStatuses = codes('C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3')

/** The order or agreement under which the child is in care. */
export default rule({
  code: '144',
  from: '2022-23',
  flags: 'Episodes.LS',
  message: 'The legal status is not a code of the return. Choose one from its list.',
  eachEpisode: ({ LS }) => filled(LS) && !legalStatuses.has(LS),
})
