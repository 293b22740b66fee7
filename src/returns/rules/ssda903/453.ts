import { distanceChanged, openLastYear, rule, same } from '../ssda903.ts'

/**
 * The episode that was open when last year's return ended opens this year's, at the same distance from home: less
 * than 0.2 miles more or less. A distance that is only known now differs, one that is not known any more does not.
 * Rule 503G is about the same, whatever RNE says.
 */
export default rule({
  code: '453',
  from: '2022-23',
  needs: 'Episodes Episodes_last postcodes',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'This episode was left open last year with another distance from home. Correct the postcodes, or send the move as a new episode.',
  eachChild: (child, report, collection) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && same(first.RNE, before.RNE) && distanceChanged(before, first, collection))
      report(first)
  },
})
