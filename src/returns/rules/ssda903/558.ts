import { adoptedCodes, blank, filled, latestPlan, rule } from '../ssda903.ts'

/**
 * The plan by which a child was adopted has no end. As the DfE does, the latest episode and the latest plan count, and
 * only where more than one plan has an end; the known reference looks at any adopted episode, and lets the child pass
 * as soon as any plan has no end.
 */
export default rule({
  code: '558',
  from: '2022-23',
  needs: 'Episodes PlacedAdoption',
  flags: 'Episodes.REC',
  message:
    'The child was adopted, and the latest adoption plan is shown as ended. Remove the end of the plan, or correct the reason why care ended.',
  eachChild: (child, report) => {
    if (child.PlacedAdoption.length < 2) return
    const [episode, plan] = [child.latestEpisode, latestPlan(child)]
    if (!episode || !adoptedCodes.has(episode.REC) || !plan || blank(plan.DATE_PLACED_CEASED)) return
    if (child.PlacedAdoption.some((other) => other !== plan && filled(other.DATE_PLACED_CEASED)))
      report(episode)
  },
})
