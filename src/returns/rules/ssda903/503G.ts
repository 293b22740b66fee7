import { distanceChanged, openLastYear, rule } from '../ssda903.ts'

/**
 * The episode that was open when last year's return ended opens this year's, at the same distance from home: less
 * than 0.2 miles more or less. A distance that is only known now differs, one that is not known any more does not.
 */
export default rule({
  code: '503G',
  from: '2022-23',
  needs: 'Episodes Episodes_last postcodes',
  flags: 'Episodes.PL_DISTANCE',
  message:
    'The child’s first episode this year should be the one left open last year, and its distance from home differs. Correct the postcodes, or send the move as a new episode.',
  eachChild: (child, report, collection) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && distanceChanged(before, first, collection)) report(first)
  },
})
