import { adoptionDetailsGiven, careLeaverDetailsGiven, rule } from '../ssda903.ts'

/** Whoever was looked after all year was neither adopted nor a care leaver in it. */
export default rule({
  code: '187',
  from: '2022-23',
  needs: 'AD1 OC3 Episodes',
  flags:
    'AD1.DATE_INT AD1.DATE_MATCH AD1.FOSTER_CARE AD1.NB_ADOPTR AD1.SEX_ADOPTR AD1.LS_ADOPTR OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The child was looked after all year, so neither adoption nor care leaver details are asked. Remove them, or correct the episodes.',
  eachAD1: (ad1, child, collection) =>
    adoptionDetailsGiven(ad1) && child.isContinuouslyLookedAfter(collection),
  eachOC3: (oc3, child, collection) =>
    careLeaverDetailsGiven(oc3) && child.isContinuouslyLookedAfter(collection),
})
