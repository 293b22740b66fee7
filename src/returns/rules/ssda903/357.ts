import { rule } from '../ssda903.ts'

/** Who was not in care before this year comes into care with RNE S. Only a first episode of this year is asked. */
export default rule({
  code: '357',
  from: '2022-23',
  flags: 'Episodes.RNE',
  message:
    'This is the child’s first episode, and it does not say that care begins (RNE S). Correct the reason, or add the episode that came before.',
  eachChild: ({ firstEpisode }, report, { firstDay }) => {
    if (firstEpisode && firstEpisode.DECOM >= firstDay && firstEpisode.RNE !== 'S') report(firstEpisode)
  },
})
