import { openLastYear, rule, sameOrBothBlank } from '../ssda903.ts'

/** The episode that was open when last year's return ended opens this year's, with the same reason. */
export default rule({
  code: '503A',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.RNE',
  message:
    'The child’s first episode this year should be the one left open last year, and its reason (RNE) differs. Send it as it was.',
  eachChild: (child, report) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && !sameOrBothBlank(first.RNE, before.RNE)) report(first)
  },
})
