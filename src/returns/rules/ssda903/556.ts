import { rule } from '../ssda903.ts'

/** A freeing order (D1) followed the adoption plan. */
export default rule({
  code: '556',
  from: '2022-23',
  until: '2023-24',
  needs: 'Episodes PlacedAdoption',
  flags: 'Episodes.DECOM',
  message:
    'The freeing order (D1) was made before the adoption plan. Correct the date of the episode or of the plan.',
  eachEpisode: ({ LS, DECOM }, { PlacedAdoption }) =>
    LS === 'D1' && PlacedAdoption.some((plan) => plan.DATE_PLACED > DECOM),
})
