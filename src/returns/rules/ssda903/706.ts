import { type DeprivationOfLiberty, filled, inOrderOf, latestOf, only, rule } from '../ssda903.ts'

/**
 * An order that was left open last year opens this year's. Only last year's latest order counts, and only this
 * year's first; the known reference takes any of both. For a child without an order this year, the child is told.
 */
export default rule({
  code: '706',
  from: '2026-27',
  needs: 'DoLo DoLo_last',
  flags: 'DoLo.DOLO_START',
  message:
    'A deprivation of liberty order was left open in last year’s return. Send it again this year with the same start, and its end if there is one.',
  eachChild: ({ DoLo, header, lastYear }, report) => {
    const before = latestOf(lastYear.DoLo, start)
    if (before === undefined || filled(before.DOLO_END)) return
    const first = inOrderOf(DoLo, start)[0]
    if (first === undefined) report(only(header, 'CHILD'))
    else if (first.DOLO_START !== before.DOLO_START) report(first)
  },
})

const start = ({ DOLO_START }: DeprivationOfLiberty) => DOLO_START
