import { rule } from '../ssda903.ts'

/**
 * A placement order (E1) follows the adoption plan. In each period of care the first episode under an order counts;
 * the known reference takes the first of all the child's episodes. Other years' returns are not looked at.
 */
export default rule({
  code: '554',
  from: '2022-23',
  flags: 'Episodes.DECOM Episodes.LS PlacedAdoption.DATE_PLACED',
  message:
    'The placement order (E1) was made before the adoption plan. Correct the date of the episode or of the plan.',
  eachChild: (child, report) => {
    for (const plan of child.PlacedAdoption)
      for (const { episodes } of child.periodsOfCare) {
        const first = episodes.find(({ LS }) => LS === 'E1')
        if (first !== undefined && plan.DATE_PLACED > first.DECOM) report(first, plan)
      }
  },
})
