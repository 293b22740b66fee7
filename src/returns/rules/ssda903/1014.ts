import { blank, careLeaverDetailsGiven, isInYear, rule } from '../ssda903.ts'

/**
 * Of a care leaver who was not in care this year it is not asked whether he or she came alone. The known reference
 * passes over care leavers without any episode. In XML every child has the marker: 0 without an end is no detail.
 */
export default rule({
  code: '1014',
  from: '2022-23',
  needs: 'UASC OC3 Episodes',
  flags: 'UASC.DUC OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'This care leaver was not in care this year, so nothing is asked about being unaccompanied. Remove that, or correct the episodes.',
  eachChild: ({ header, UASC, OC3, Episodes }, report, collection) => {
    if (UASC.length === 0 || !OC3.some(careLeaverDetailsGiven)) return
    if (header.UASC === '0' && UASC.every(({ DUC }) => blank(DUC))) return
    if (Episodes.some((episode) => isInYear(episode, collection))) return
    report(...UASC, ...OC3.filter(careLeaverDetailsGiven))
  },
})
