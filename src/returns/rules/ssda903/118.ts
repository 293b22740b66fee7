import { isDate, isShortBreak, rule } from '../ssda903.ts'

/** A decision to place for adoption that was reversed in an earlier year, or before care began, is not in the return. */
export default rule({
  code: '118',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED_CEASED Episodes.DECOM Episodes.LS',
  message:
    'The decision to place the child for adoption was reversed before this year or before the child came into care. Correct the date, or remove the row.',
  eachPlacedAdoption: (plan, { Episodes }, { firstDay }) => {
    const first = Episodes.find((episode) => isDate(episode.DECOM) && !isShortBreak(episode))
    if (first === undefined) return false
    const isTooEarly = plan.DATE_PLACED_CEASED < first.DECOM || plan.DATE_PLACED_CEASED < firstDay
    return isTooEarly && [plan, first]
  },
})
