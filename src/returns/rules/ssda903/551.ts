import { adoptivePlacements, blank, rule } from '../ssda903.ts'

/** A child placed for adoption has an adoption plan with a date. Where any of several plans has none, the rule fails. */
export default rule({
  code: '551',
  from: '2022-23',
  needs: 'Episodes PlacedAdoption',
  flags: 'Episodes.PLACE',
  message:
    'The child is placed for adoption, and the date of the decision to do so is missing. Enter it with the adoption plan, or correct the placement type.',
  eachEpisode: ({ PLACE }, { PlacedAdoption }) =>
    adoptivePlacements.has(PLACE) &&
    (PlacedAdoption.length === 0 || PlacedAdoption.some((plan) => blank(plan.DATE_PLACED))),
})
