import { openLastYear, placementAuthority, rule, same, sameOrBothBlank } from '../ssda903.ts'

/**
 * The episode that was open when last year's return ended opens this year's, with a placement in the same authority.
 * Rule 503H is about the same, whatever RNE says. The known reference takes a DEC that is no date for an end.
 */
export default rule({
  code: '452',
  from: '2022-23',
  needs: 'Episodes Episodes_last postcodes',
  flags: 'Episodes.PL_LA',
  message:
    'This episode was left open last year with a placement in another authority. Correct the placement postcode, or send the move as a new episode.',
  eachChild: (child, report, collection) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (
      before &&
      first &&
      same(first.RNE, before.RNE) &&
      !sameOrBothBlank(placementAuthority(first, collection), placementAuthority(before, collection))
    )
      report(first)
  },
})
