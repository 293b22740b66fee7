import { rule } from '../ssda903.ts'

/** An episode cannot end before it began. On the day it began: rule 355. */
export default rule({
  code: '356',
  from: '2022-23',
  flags: 'Episodes.DECOM',
  message: 'This episode ends before it begins. Correct its start (DECOM) or its end (DEC).',
  eachEpisode: (episode) => episode.DEC < episode.DECOM,
})
