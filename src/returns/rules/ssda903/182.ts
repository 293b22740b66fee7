import { coreHealthItemsComplete, filled, rule } from '../ssda903.ts'

/** Immunisations, teeth, health assessment and substance misuse are asked of every child of whom any item is. */
export default rule({
  code: '182',
  from: '2022-23',
  flags:
    'OC2.CONVICTED OC2.HEALTH_CHECK OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'Some of the items about health and offending are given, and one of the four that go with them is blank. Complete immunisations, teeth, health assessment and substance misuse.',
  eachOC2: (oc2) =>
    !coreHealthItemsComplete(oc2) &&
    (filled(oc2.CONVICTED) ||
      filled(oc2.HEALTH_CHECK) ||
      filled(oc2.INTERVENTION_RECEIVED) ||
      filled(oc2.INTERVENTION_OFFERED)),
})
