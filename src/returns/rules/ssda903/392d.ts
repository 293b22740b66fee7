import { rule, samePostcode } from '../ssda903.ts'

/**
 * Only a child who is placed with parents (P1) is placed at home. Postcodes are compared without spaces, as they are where
 * places are looked up.
 */
export default rule({
  code: '392d',
  from: '2022-23',
  flags: 'Episodes.HOME_POST Episodes.PL_POST Episodes.PLACE',
  message:
    'Home and placement have the same postcode, and the child is not placed with parents (P1). Correct a postcode or the placement type.',
  eachEpisode: ({ HOME_POST, PL_POST, PLACE }) => samePostcode(HOME_POST, PL_POST) && PLACE !== 'P1',
})
