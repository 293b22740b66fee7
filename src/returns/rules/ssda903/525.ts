import { adoptionDetailsGiven, filled, rule } from '../ssda903.ts'

/** A child whose adoption plan was given up has not been adopted. A later plan for the same child is not considered. */
export default rule({
  code: '525',
  from: '2022-23',
  flags:
    'PlacedAdoption.DATE_PLACED_CEASED AD1.DATE_INT AD1.DATE_MATCH AD1.FOSTER_CARE AD1.NB_ADOPTR AD1.SEX_ADOPTR AD1.LS_ADOPTR',
  message:
    'The adoption plan was given up, and details of an adoption are given. Remove the end of the plan, or the details.',
  eachChild: ({ PlacedAdoption, AD1 }, report) => {
    for (const plan of PlacedAdoption)
      for (const ad1 of AD1)
        if (filled(plan.DATE_PLACED_CEASED) && adoptionDetailsGiven(ad1)) report(plan, ad1)
  },
})
