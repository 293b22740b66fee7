import { type Child, type Collection, only, rule, uascMarker, uascMarkerLastYear } from '../ssda903.ts'

/**
 * A child who was in last year's return and was not unaccompanied then cannot be now: the status begins on arrival.
 * Where a year has no Header, its UASC file stands in: a row with more than CHILD and DOB counts as 1.
 */
export default rule({
  code: '205D',
  from: '2022-23',
  needs: 'uasc|UASC uasc_last|UASC_last',
  flags: 'Header.CHILD Header.UASC',
  message:
    'The child is marked as unaccompanied and seeking asylum, and was not last year. Correct this year’s mark, or ask for last year’s return to be put right.',
  eachChild: (child, report, collection) => {
    if (uascMarker(child, collection) !== '1' || !wasThereLastYear(child, collection)) return
    if (uascMarkerLastYear(child, collection) === '1') return
    report(collection.holds('Header') ? child.header : only(child.UASC[0]!, 'CHILD'))
  },
})

const wasThereLastYear = ({ lastYear }: Child, collection: Collection) =>
  (collection.holds('Header_last') ? lastYear.Header : lastYear.UASC).length > 0
