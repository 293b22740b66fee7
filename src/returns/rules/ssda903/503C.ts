import { openLastYear, rule, sameOrBothBlank } from '../ssda903.ts'

/** The episode that was open when last year’s return ended opens this year’s, with the same category of need. */
export default rule({
  code: '503C',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.CIN',
  message:
    'The child’s first episode this year should be the one left open last year, and its category of need differs. Send it as it was.',
  eachChild: (child, report) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && !sameOrBothBlank(first.CIN, before.CIN)) report(first)
  },
})
