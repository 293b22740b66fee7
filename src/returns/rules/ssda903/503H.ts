import { openLastYear, placementAuthority, rule, sameOrBothBlank } from '../ssda903.ts'

/** The episode that was open when last year’s return ended opens this year’s, with a placement in the same authority. */
export default rule({
  code: '503H',
  from: '2022-23',
  needs: 'Episodes Episodes_last postcodes',
  flags: 'Episodes.PL_LA',
  message:
    'The child’s first episode this year should be the one left open last year, and its placement lies in another authority. Correct the placement postcode, or send the move as a new episode.',
  eachChild: (child, report, collection) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (
      before &&
      first &&
      !sameOrBothBlank(placementAuthority(first, collection), placementAuthority(before, collection))
    )
      report(first)
  },
})
