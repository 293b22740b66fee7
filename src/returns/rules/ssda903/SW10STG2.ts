import { codes, eachNext, inOrderOf, rule, type SocialWorkerSpell } from '../ssda903.ts'

/**
 * One social worker follows another within a week. From 2024-25 a spell that began with a first contact (FCONTA) is
 * left out; both limits are kept, though the wording of that version could be read as having none upwards. A missing
 * date passes; the known reference fails it.
 */
export default rule({
  code: 'SW10STG2',
  versions: [
    { from: '2023-24', until: '2023-24', leftOut: codes('') },
    { from: '2024-25', leftOut: codes('FCONTA') },
  ],
  flags: 'SWEpisodes.SW_DECOM',
  message:
    'There is more than a week between this social worker’s start and the end of the one before. Correct the dates, or add who is missing.',
  eachChild: ({ SWEpisodes }, report, _collection, { leftOut }) =>
    eachNext(inOrderOf(SWEpisodes, start, end), (before, spell) => {
      if (Math.abs(spell.SW_DECOM - before.SW_DEC) > 7 && !leftOut.has(spell.SW_REASON)) report(spell)
    }),
})

const start = ({ SW_DECOM }: SocialWorkerSpell) => SW_DECOM

const end = ({ SW_DEC }: SocialWorkerSpell) => SW_DEC
