import { adoptionDetailsComplete, adoptionDetailsGiven, rule } from '../ssda903.ts'

/** Adoption details are asked of a child who was adopted, and then all of them. */
export default rule({
  code: '151',
  from: '2022-23',
  flags: 'AD1.DATE_INT AD1.DATE_MATCH AD1.FOSTER_CARE AD1.NB_ADOPTR AD1.SEX_ADOPTR AD1.LS_ADOPTR',
  message:
    'Some of the adoption details are missing. Enter all six, or none if the child was not adopted this year.',
  eachAD1: (ad1) => adoptionDetailsGiven(ad1) && !adoptionDetailsComplete(ad1),
})
