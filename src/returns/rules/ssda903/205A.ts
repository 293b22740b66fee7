import { blank, endOfUasc, filled, rule, uascMarker, uascMarkerLastYear } from '../ssda903.ts'

/**
 * A child who was unaccompanied last year and is not now ceased to be so last year. The known reference asks only those
 * who are in this year's UASC table.
 */
export default rule({
  code: '205A',
  from: '2022-23',
  needs: 'UASC UASC_last',
  flags: 'UASC.CHILD Header.CHILD Header.UASC',
  message:
    'The child was unaccompanied last year and is not this year, and the day on which that ended was not last year. Correct this year’s mark or the day.',
  eachChild: (child, report, collection) => {
    const { UASC, Header, lastYear } = child
    if (UASC.length === 0 && Header.length === 0) return
    if (uascMarkerLastYear(child, collection) !== '1' || uascMarker(child, collection) === '1') return
    const [end, endLastYear] = [endOfUasc(child), endOfUasc(lastYear)]
    if (
      filled(end) ||
      blank(endLastYear) ||
      endLastYear < collection.firstDayLastYear ||
      endLastYear > collection.lastDayLastYear
    )
      report(...UASC, ...Header)
  },
})
