import { coreHealthItemsComplete, rule } from '../ssda903.ts'

/** Where a conviction is recorded, the health items are too. Only the value 1 counts, as no definition asks for 0. */
export default rule({
  code: '544',
  from: '2022-23',
  flags: 'OC2.CONVICTED OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE',
  message:
    'A conviction is recorded, and some of immunisations, teeth check, health assessment and substance misuse are missing. Enter them.',
  eachOC2: (oc2) => oc2.CONVICTED === '1' && !coreHealthItemsComplete(oc2),
})
