import { rule } from '../ssda903.ts'

/** Nobody private (PR4) provides a placement with the child’s parents (P1). */
export default rule({
  code: '530',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'A private provider (PR4) does not provide a placement with parents (P1). Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR4' && PLACE === 'P1',
})
