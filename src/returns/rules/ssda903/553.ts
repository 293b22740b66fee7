import { blank, planEnded, rule } from '../ssda903.ts'

/**
 * A child under a placement order (E1) has an adoption plan, and while the episode is open the plan goes on. The date
 * of the plan is not looked at: rule 551 is about that.
 */
export default rule({
  code: '553',
  from: '2022-23',
  flags:
    'Episodes.CHILD PlacedAdoption.CHILD PlacedAdoption.DATE_PLACED PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED',
  message:
    'The child is under a placement order (E1), and there is no adoption plan or it has ended. Enter the plan, remove its end, or correct the legal status.',
  eachEpisode: ({ LS }, { PlacedAdoption }) => LS === 'E1' && PlacedAdoption.length === 0,
  eachPlacedAdoption: (plan, { Episodes }) =>
    planEnded(plan) && Episodes.some(({ LS, DEC }) => LS === 'E1' && blank(DEC)),
})
