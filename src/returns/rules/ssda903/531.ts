import { rule } from '../ssda903.ts'

/** No voluntary organisation (PR5) provides a placement with the child’s parents (P1). */
export default rule({
  code: '531',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'A voluntary provider (PR5) does not provide a placement with parents (P1). Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR5' && PLACE === 'P1',
})
