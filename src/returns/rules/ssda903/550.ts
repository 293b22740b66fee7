import { rule } from '../ssda903.ts'

/** PR0 stands for the child's parents, who are the provider of a placement with them (P1) and of no other. */
export default rule({
  code: '550',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'The provider is the child’s parents (PR0), and the placement is not with them. Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR0' && PLACE !== 'P1',
})
