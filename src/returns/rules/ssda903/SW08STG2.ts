import { eachNext, isDate, rule, spellsInOrder } from '../ssda903.ts'

/**
 * Every social worker's spell but the latest has an end. Spells without a readable start are not looked at; the
 * known reference takes one for the latest.
 */
export default rule({
  code: 'SW08STG2',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DEC',
  message:
    'A later social worker’s spell has begun, and the end of this one is missing or no full date. Enter the day it ended.',
  eachChild: (child, report) =>
    eachNext(spellsInOrder(child), (spell, next) => {
      if (isDate(next.SW_DECOM) && !isDate(spell.SW_DEC)) report(spell)
    }),
})
