import { codes, rule } from '../ssda903.ts'

const takesOthers = codes('P1 R2 R5')

/** Children with their parents, in hospital or in youth custody are not in a placement that another authority runs (PR2). */
export default rule({
  code: '528',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'Another authority (PR2) does not provide this type of placement. Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR2' && takesOthers.has(PLACE),
})
