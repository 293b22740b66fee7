import { coreHealthItemsComplete, rule } from '../ssda903.ts'

/**
 * Where health surveillance is up to date, the other health items are recorded too. Only the value 1 counts, as no
 * definition asks for 0.
 */
export default rule({
  code: '547',
  from: '2022-23',
  flags: 'OC2.HEALTH_CHECK OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE',
  message:
    'Health surveillance is recorded, and some of immunisations, teeth check, health assessment and substance misuse are missing. Enter them.',
  eachOC2: (oc2) => oc2.HEALTH_CHECK === '1' && !coreHealthItemsComplete(oc2),
})
