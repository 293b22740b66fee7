import { day, rule } from '../ssda903.ts'

const placementOrdersBegan = day('2005-12-01')

/** Placement orders (E1) began in December 2005. */
export default rule({
  code: '446',
  from: '2022-23',
  flags: 'Episodes.LS Episodes.DECOM',
  message:
    'The legal status is a placement order (E1), of which there were none yet when this episode began. Correct the legal status or the start.',
  eachEpisode: ({ LS, DECOM }) => LS === 'E1' && DECOM < placementOrdersBegan,
})
