import { birthday, endOfUasc, type LastYear, rule, same, uascMarker, uascMarkerLastYear } from '../ssda903.ts'

/**
 * A child who is unaccompanied in both years was to be so until 18 by last year's return; this year says the same, or
 * that it ended this year. The known reference asks only those who are in this year's UASC table.
 */
export default rule({
  code: '205B',
  from: '2022-23',
  needs: 'UASC UASC_last',
  flags: 'UASC.DUC Header.UASC',
  message:
    'The child is unaccompanied in both years, and the end of that does not fit: last year the 18th birthday, this year the same or a day of this year. Correct it.',
  eachChild: (child, report, collection) => {
    if (uascMarker(child, collection) !== '1' || uascMarkerLastYear(child, collection) !== '1') return
    const [end, endLastYear] = [endOfUasc(child), endOfUasc(child.lastYear)]
    const fits =
      same(endLastYear, eighteenthBirthday(child.lastYear)) &&
      (collection.within(end) || same(end, endLastYear))
    if (!fits) report(...child.UASC, ...child.Header)
  },
})

const eighteenthBirthday = ({ UASC }: LastYear) => birthday(UASC[0]?.DOB as number, 18)
