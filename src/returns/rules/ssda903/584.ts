import { blank, filled, planEnded, rule } from '../ssda903.ts'

/**
 * A plan for adoption that ended last year is not sent again: this year's was made later. Real dates are compared;
 * the known reference compares their text, and takes a plan of last year without DATE_PLACED too.
 */
export default rule({
  code: '584',
  from: '2022-23',
  needs: 'PlacedAdoption PlacedAdoption_last',
  flags: 'PlacedAdoption.DATE_PLACED',
  message:
    'Last year’s return has a plan for adoption that ended. This year’s plan must have been made after that one: enter or correct its date.',
  eachPlacedAdoption: ({ DATE_PLACED }, { lastYear }) =>
    lastYear.PlacedAdoption.some(
      (before) =>
        filled(before.DATE_PLACED) &&
        planEnded(before) &&
        (blank(DATE_PLACED) || DATE_PLACED <= before.DATE_PLACED),
    ),
})
