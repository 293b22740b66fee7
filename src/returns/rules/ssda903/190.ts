import { healthItemsGiven, rule } from '../ssda903.ts'

/** Items about health and offending are asked of children who were looked after all year. */
export default rule({
  code: '190',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags:
    'OC2.CONVICTED OC2.HEALTH_CHECK OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'There are items about health or offending, and the child was not looked after all year. Remove them, or correct the episodes.',
  eachOC2: (oc2, child, collection) => healthItemsGiven(oc2) && !child.isContinuouslyLookedAfter(collection),
})
