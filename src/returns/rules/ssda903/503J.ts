import { openLastYear, placementLocation, rule, sameOrBothBlank } from '../ssda903.ts'

/**
 * The episode that was open when last year’s return ended opens this year’s, with a placement that is inside the
 * authority as before or outside it as before. A move between two other authorities is rule 503H.
 */
export default rule({
  code: '503J',
  from: '2022-23',
  needs: 'Episodes Episodes_last postcodes authority',
  flags: 'Episodes.PL_LOCATION',
  message:
    'The child’s first episode this year should be the one left open last year; one placement is in your area and the other is not. Correct the placement postcode, or send the move as a new episode.',
  eachChild: (child, report, collection) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (
      before &&
      first &&
      !sameOrBothBlank(placementLocation(first, collection), placementLocation(before, collection))
    )
      report(first)
  },
})
