import { rule } from '../ssda903.ts'

/** A child accommodated under section 20 (V2) is not placed with the parents (P1), who could take the child home. */
export default rule({
  code: '378',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.LS',
  message:
    'A child accommodated under section 20 (V2) cannot be placed with parents (P1). Correct the legal status or the placement type.',
  eachEpisode: ({ PLACE, LS }) => PLACE === 'P1' && LS === 'V2',
})
