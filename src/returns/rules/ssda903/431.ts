import { rule } from '../ssda903.ts'

/** Care starts afresh at the earliest on the day after it ended. */
export default rule({
  code: '431',
  from: '2022-23',
  flags: 'Episodes.RNE Episodes.DECOM',
  message:
    'This episode starts care afresh (S), and the one before it had not ended by then. Correct the reason for the episode, or the dates.',
  eachNextEpisode: (previous, { RNE, DECOM }) => RNE === 'S' && DECOM <= previous.DEC,
})
