import { eachNext, isDate, rule, spellsInOrder } from '../ssda903.ts'

/**
 * Every social worker's spell but the latest has an end. Unlike SW08STG2 one without a readable start is the latest.
 */
export default rule({
  code: 'SW14STG2',
  from: '2023-24',
  until: '2023-24',
  flags: 'SWEpisodes.SW_DEC',
  message:
    'This social worker’s spell is not the latest, and its end is missing or no full date. Enter the day it ended.',
  eachChild: (child, report) =>
    eachNext(spellsInOrder(child), (spell) => {
      if (!isDate(spell.SW_DEC)) report(spell)
    }),
})
