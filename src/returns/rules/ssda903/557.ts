import {
  type AdoptionPlan,
  adoptedCodes,
  adoptivePlacements,
  blank,
  codes,
  endsCare,
  rule,
} from '../ssda903.ts'

const endMissing = ({ DATE_PLACED_CEASED, REASON_PLACED_CEASED }: AdoptionPlan) =>
  blank(DATE_PLACED_CEASED) || blank(REASON_PLACED_CEASED)

/**
 * When a child who was placed for adoption, or was under an order for that, left care and was not adopted, the plan
 * has an end and a reason. Freeing orders (D1) counted until 2023-24. When the episode ended is not looked at.
 */
export default rule({
  code: '557',
  versions: [
    { from: '2022-23', until: '2023-24', orders: codes('D1 E1') },
    { from: '2024-25', orders: codes('E1') },
  ],
  flags:
    'Episodes.PLACE Episodes.LS Episodes.REC PlacedAdoption.DATE_PLACED_CEASED PlacedAdoption.REASON_PLACED_CEASED',
  message:
    'The child left care without being adopted, and the end of the adoption plan or the reason for it is missing. Enter both, or correct the reason why care ended.',
  eachEpisode: (episode, { PlacedAdoption }, _collection, { orders }) => {
    if (!adoptivePlacements.has(episode.PLACE) && !orders.has(episode.LS)) return false
    if (!endsCare(episode) || adoptedCodes.has(episode.REC)) return false
    if (PlacedAdoption.length === 0) return true
    const incomplete = PlacedAdoption.filter(endMissing)
    return incomplete.length > 0 && [episode, ...incomplete]
  },
})
