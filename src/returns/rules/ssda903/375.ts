import { rule } from '../ssda903.ts'

/**
 * A stay in hospital (T1) counts as temporary for six weeks. An open episode is not asked yet. The known reference
 * leaves out children without a readable date of birth, which plays no part.
 */
export default rule({
  code: '375',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'This temporary hospital stay (T1) lasted more than six weeks (42 days). Correct the dates or the placement type.',
  eachEpisode: ({ PLACE, DECOM, DEC }) => PLACE === 'T1' && DEC - DECOM > 42,
})
