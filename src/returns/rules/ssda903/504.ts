import { rule, same } from '../ssda903.ts'

/** The category of need is why the child came into care: it stays as long as care goes on. Two blanks are not the same. */
export default rule({
  code: '504',
  from: '2022-23',
  flags: 'Episodes.CIN',
  message:
    'The category of need differs from that of the episode before, and care went on. Enter the one with which care began.',
  eachNextEpisode: (previous, episode) =>
    previous.REC === 'X1' && same(previous.DEC, episode.DECOM) && !same(episode.CIN, previous.CIN),
})
