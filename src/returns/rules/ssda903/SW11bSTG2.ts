import { isDate, rule, type SocialWorkerSpell } from '../ssda903.ts'

/**
 * When the last social worker leaves in the last days of March, from the 26th on, somebody follows. A spell without
 * a readable start follows nobody, and is told in place of the last. The known reference also tells spells that have
 * one after them, and lets some last ones through.
 */
export default rule({
  code: 'SW11bSTG2',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DEC',
  message:
    'The last social worker left in the last days of March, and nobody follows. Enter who followed and since when, or remove the end.',
  eachChild: ({ SWEpisodes }, report, { lastDay }) => {
    let last: SocialWorkerSpell | undefined
    let withoutStart: SocialWorkerSpell | undefined
    for (const spell of SWEpisodes)
      if (!isDate(spell.SW_DECOM)) withoutStart ??= spell
      else if (last === undefined || spell.SW_DECOM >= last.SW_DECOM) last = spell
    if (last && last.SW_DEC >= lastDay - 5 && last.SW_DEC <= lastDay) report(withoutStart ?? last)
  },
})
