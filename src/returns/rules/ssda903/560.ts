import { asSupplied, blank, filled, rule } from '../ssda903.ts'

/**
 * An adoption plan that had not ended last year keeps its date. Every plan is compared with every one of last year's,
 * as the dates were typed; a blank this year fails.
 */
export default rule({
  code: '560',
  from: '2022-23',
  needs: 'PlacedAdoption PlacedAdoption_last',
  flags: 'PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED',
  message:
    'The date of the adoption plan is another than last year, and that plan had not ended. Enter last year’s date, or the end of that plan.',
  eachPlacedAdoption: (plan, { lastYear }) =>
    lastYear.PlacedAdoption.some(
      (before) =>
        filled(before.DATE_PLACED) &&
        blank(before.DATE_PLACED_CEASED) &&
        asSupplied(before, 'DATE_PLACED') !== asSupplied(plan, 'DATE_PLACED'),
    ),
})
