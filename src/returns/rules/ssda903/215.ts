import { careLeaverDetailsGiven, healthItemsGiven, rule } from '../ssda903.ts'

/** Health items are about children in care all year, care leaver details about those who have left. */
export default rule({
  code: '215',
  from: '2022-23',
  flags:
    'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM OC2.CONVICTED OC2.HEALTH_CHECK OC2.IMMUNISATIONS OC2.TEETH_CHECK OC2.HEALTH_ASSESSMENT OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'There are care leaver details as well as health items of a child in care all year. Only one of the two can be right: remove the other.',
  eachChild: ({ OC3, OC2 }, report) => {
    for (const oc3 of OC3)
      for (const oc2 of OC2) if (careLeaverDetailsGiven(oc3) && healthItemsGiven(oc2)) report(oc3, oc2)
  },
})
