import { eachNext, rule, spellsInOrder } from '../ssda903.ts'

/**
 * When a social worker leaves before the last days of March, the next begins within five days. A child whose last
 * spell ends early and has none after it is not told here, as in the known reference; the wording would have it.
 */
export default rule({
  code: 'SW11aSTG2',
  from: '2023-24',
  until: '2023-24',
  flags: 'SWEpisodes.SW_DEC',
  message:
    'This social worker did not begin within five days of the end of the one before. Correct the dates, or add who is missing.',
  eachChild: (child, report, { lastDay }) =>
    eachNext(spellsInOrder(child), ({ SW_DEC }, spell) => {
      if (SW_DEC <= lastDay - 5 && !(Math.abs(spell.SW_DECOM - SW_DEC) <= 5)) report(spell)
    }),
})
