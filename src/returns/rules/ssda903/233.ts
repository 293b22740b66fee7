import { blank, filled, rule } from '../ssda903.ts'

/** The reason for a change of placement stands on the episode that it ends. The DfE calls DEC DATE_EPISODE_CEASED. */
export default rule({
  code: '233',
  from: '2025-26',
  flags: 'Episodes.REASON_PLACE_CHANGE',
  message:
    'This episode has not ended, so it cannot have a reason for a change of placement. Remove the reason, or end the episode.',
  eachEpisode: ({ DEC, REASON_PLACE_CHANGE }) => blank(DEC) && filled(REASON_PLACE_CHANGE),
})
