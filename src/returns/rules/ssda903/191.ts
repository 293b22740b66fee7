import { coreHealthItemsComplete, rule } from '../ssda903.ts'

/**
 * Of a child who was looked after all year immunisations, teeth, health assessment and substance misuse are asked. Where
 * there is no row for them the child's first episode is marked.
 */
export default rule({
  code: '191',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE Episodes.CHILD',
  message:
    'The child was looked after all year, and immunisations, teeth, health assessment or substance misuse is missing. Enter 1 for yes or 0 for no to each.',
  eachOC2: (oc2, child, collection) =>
    !coreHealthItemsComplete(oc2) && child.isContinuouslyLookedAfter(collection),
  eachChild: (child, report, collection) => {
    if (child.id === null || child.OC2.length > 0 || !child.isContinuouslyLookedAfter(collection)) return
    report(child.firstEpisode!)
  },
})
