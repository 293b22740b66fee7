import { blank, isDate, type MissingSpell, only, rule } from '../ssda903.ts'

/**
 * A time missing that was open when last year's return ended opens this year's. A child who has none at all this year
 * is told too, as the DfE's words cover it; the known reference lets such a child pass.
 */
export default rule({
  code: '576',
  from: '2022-23',
  needs: 'Missing Missing_last',
  flags: 'Missing.CHILD',
  message:
    'The child was still missing when last year’s return ended, and this year’s first time missing is another one. Enter the time left open, with its end.',
  eachChild: ({ Missing, lastYear, header }, report) => {
    for (const { MIS_START, MIS_END } of lastYear.Missing) {
      if (!isDate(MIS_START) || !blank(MIS_END)) continue
      const first = earliest(Missing)
      if (first === undefined) return report(only(header, 'CHILD'))
      if (first.MIS_START !== MIS_START) return report(first)
    }
  },
})

/** By beginning, the first in the file on a tie; without a readable one after all others. */
function earliest(Missing: readonly MissingSpell[]): MissingSpell | undefined {
  let first = Missing[0]
  for (const missing of Missing)
    if (missing.MIS_START < first!.MIS_START || (isDate(missing.MIS_START) && !isDate(first!.MIS_START)))
      first = missing
  return first
}
