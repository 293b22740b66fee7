import { isDate, rule } from '../ssda903.ts'

/** An adoption plan of an earlier year was in last year's return already. Each of last year's plans is compared. */
export default rule({
  code: '559',
  from: '2022-23',
  needs: 'PlacedAdoption PlacedAdoption_last',
  flags: 'PlacedAdoption.DATE_PLACED',
  message:
    'The adoption plan was made before this year, and last year’s return has no date of it. Correct the date of the plan.',
  eachPlacedAdoption: ({ DATE_PLACED }, { lastYear }, { firstDay }) =>
    DATE_PLACED < firstDay &&
    (lastYear.PlacedAdoption.length === 0 ||
      lastYear.PlacedAdoption.some((before) => !isDate(before.DATE_PLACED))),
})
