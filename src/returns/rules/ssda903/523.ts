import { rule } from '../ssda903.ts'

/**
 * That adoption is in the child's best interest and that the child should be placed for adoption is one decision, so
 * that both dates are the same. Each adoption plan is compared, one that was replaced by a later one too.
 */
export default rule({
  code: '523',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED AD1.DATE_INT',
  message:
    'The date of the adoption plan is not the date of the decision that adoption is in the child’s best interest. Correct one of the two.',
  eachChild: ({ PlacedAdoption, AD1 }, report) => {
    for (const plan of PlacedAdoption)
      for (const ad1 of AD1)
        if (plan.DATE_PLACED < ad1.DATE_INT || plan.DATE_PLACED > ad1.DATE_INT) report(plan, ad1)
  },
})
