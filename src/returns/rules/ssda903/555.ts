import { blank, planEnded, rule } from '../ssda903.ts'

/** As rule 553, of freeing orders (D1), of which there are none any more. */
export default rule({
  code: '555',
  from: '2022-23',
  until: '2023-24',
  flags:
    'Episodes.CHILD PlacedAdoption.CHILD PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED',
  message:
    'The child is under a freeing order (D1), and there is no adoption plan or it has ended. Enter the plan, remove its end, or correct the legal status.',
  eachEpisode: ({ LS }, { PlacedAdoption }) => LS === 'D1' && PlacedAdoption.length === 0,
  eachPlacedAdoption: (plan, { Episodes }) =>
    planEnded(plan) && Episodes.some(({ LS, DEC }) => LS === 'D1' && blank(DEC)),
})
