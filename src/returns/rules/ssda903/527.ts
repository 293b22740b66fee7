import { codes, rule } from '../ssda903.ts'

const takesOthers = codes('P1 R2 R5')

/** Children with their parents, in hospital or in youth custody are not in a placement that the authority runs itself (PR1). */
export default rule({
  code: '527',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'The authority itself (PR1) does not provide this type of placement. Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR1' && takesOthers.has(PLACE),
})
