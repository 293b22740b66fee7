import { filled, rule } from '../ssda903.ts'

/** Postcodes are in the national list, in use or not any more. */
export default rule({
  code: '392c',
  from: '2022-23',
  needs: 'Episodes postcodes',
  flags: 'Episodes.HOME_POST Episodes.PL_POST',
  message: 'The postcode of the child’s home or of the placement does not exist. Correct it.',
  eachEpisode: ({ HOME_POST, PL_POST }, _child, { postcodes }) =>
    (filled(HOME_POST) && !postcodes.has(HOME_POST)) || (filled(PL_POST) && !postcodes.has(PL_POST)),
})
