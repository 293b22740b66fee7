import { adoptionDetailsGiven, careLeaverDetailsGiven, rule } from '../ssda903.ts'

/** Someone who was adopted is no care leaver. */
export default rule({
  code: '134',
  from: '2022-23',
  needs: 'AD1 OC3',
  flags: 'AD1.DATE_INT AD1.DATE_MATCH AD1.FOSTER_CARE AD1.NB_ADOPTR AD1.SEX_ADOPTR AD1.LS_ADOPTR',
  message:
    'There are adoption details as well as care leaver details. Only one of the two can be right: remove the other.',
  eachAD1: (ad1, { OC3 }) => adoptionDetailsGiven(ad1) && OC3.some(careLeaverDetailsGiven),
})
