import { filled, rule, type Text, yesOrNoCodes } from '../ssda903.ts'

/** The health and offending items are answered by yes (1) or no (0). */
export default rule({
  code: '181',
  from: '2022-23',
  flags:
    'OC2.CONVICTED OC2.HEALTH_CHECK OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message: 'One of the health or offending items is neither 1 nor 0. Enter 1 for yes or 0 for no.',
  eachOC2: (oc2) =>
    isNoAnswer(oc2.CONVICTED) ||
    isNoAnswer(oc2.HEALTH_CHECK) ||
    isNoAnswer(oc2.IMMUNISATIONS) ||
    isNoAnswer(oc2.TEETH_CHECK) ||
    isNoAnswer(oc2.HEALTH_ASSESSMENT) ||
    isNoAnswer(oc2.SUBSTANCE_MISUSE) ||
    isNoAnswer(oc2.INTERVENTION_RECEIVED) ||
    isNoAnswer(oc2.INTERVENTION_OFFERED),
})

const isNoAnswer = (item: Text) => filled(item) && !yesOrNoCodes.has(item)
