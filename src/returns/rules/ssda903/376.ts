import { rule } from '../ssda903.ts'

/**
 * While the carers are on holiday (T3) a child is elsewhere for three weeks at most. An open episode is not asked yet.
 * The known reference leaves out children without a readable date of birth, which plays no part.
 */
export default rule({
  code: '376',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'This temporary placement during the carers’ holiday (T3) lasted more than three weeks (21 days). Correct the dates or the placement type.',
  eachEpisode: ({ PLACE, DECOM, DEC }) => PLACE === 'T3' && DEC - DECOM > 21,
})
