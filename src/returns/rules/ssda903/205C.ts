import { blank, endOfUasc, filled, rule, type Text, uascMarker, uascMarkerLastYear } from '../ssda903.ts'

/**
 * Where a child is unaccompanied in neither year, there is no day on which that ended. The known reference asks only
 * those who are in this year's UASC table, and takes a day that is no real date as blank.
 */
export default rule({
  code: '205C',
  from: '2022-23',
  needs: 'UASC UASC_last',
  flags: 'UASC.DUC Header.UASC',
  message:
    'There is a day on which the child ceased to be unaccompanied, and the child is marked so in neither year. Correct the mark or remove the day.',
  eachChild: (child, report, collection) => {
    const { UASC, Header, lastYear } = child
    if (UASC.length === 0 && Header.length === 0) return
    if (!filled(endOfUasc(child)) && !filled(endOfUasc(lastYear))) return
    if (isNotUasc(uascMarker(child, collection)) && isNotUasc(uascMarkerLastYear(child, collection)))
      report(...UASC, ...Header)
  },
})

const isNotUasc = (marker: Text) => blank(marker) || marker === '0'
