import { codes, filled, rule } from '../ssda903.ts'

const reasons = codes('CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER')

/** Why the placement changed. */
export default rule({
  code: '1009',
  from: '2022-23',
  flags: 'Episodes.REASON_PLACE_CHANGE',
  message: 'The reason for the change of placement is not a code of the return. Choose one from its list.',
  eachEpisode: ({ REASON_PLACE_CHANGE }) => filled(REASON_PLACE_CHANGE) && !reasons.has(REASON_PLACE_CHANGE),
})
