import { openLastYear, rule, sameOrBothBlank } from '../ssda903.ts'

/** The episode that was open when last year’s return ended opens this year’s, with the same Ofsted number. */
export default rule({
  code: '503F',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.URN',
  message:
    'The child’s first episode this year should be the one left open last year, and Ofsted’s number of the provider (URN) differs. Send it as it was, and a change as a new episode.',
  eachChild: (child, report) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && !sameOrBothBlank(first.URN, before.URN)) report(first)
  },
})
