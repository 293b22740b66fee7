import { openLastYear, rule, same } from '../ssda903.ts'

/**
 * The episode that was open when last year's return ended opens this year's, with the same start. The known reference
 * compares every open episode of last year, not only the last one, and takes a DEC that is no date for an end.
 */
export default rule({
  code: '502',
  from: '2022-23',
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.DECOM',
  message:
    'The child’s first episode this year should be the one left open last year, and its start differs. Correct the start, or send the missing episode.',
  eachChild: (child, report) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (before && first && !same(first.DECOM, before.DECOM)) report(first)
  },
})
