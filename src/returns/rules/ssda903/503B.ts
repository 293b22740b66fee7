import { openLastYear, rule, sameOrBothBlank } from '../ssda903.ts'

/** The episode that was open when last year’s return ended opens this year’s, with the same legal status. */
export default rule({
  code: '503B',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.LS',
  message:
    'The child’s first episode this year should be the one left open last year, and its legal status differs. Send it as it was, and a change as a new episode.',
  eachChild: (child, report) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && !sameOrBothBlank(first.LS, before.LS)) report(first)
  },
})
