import { blank, codes, rule, type SocialWorkerSpell, socialWorkersToldFrom } from '../ssda903.ts'

const reasons = codes('MANAGE FCONTA LEFTRL ORGRST TSPROC ABSENC CHCHAN PCCHAN SWDIED OTHERS')

/**
 * Why the social worker changed is a code of the list. From 2024-25 it may be blank for a spell that began before
 * April 2023.
 */
export default rule({
  code: 'SW13STG1',
  versions: [
    { from: '2023-24', until: '2023-24', mustBeGiven: (_spell: SocialWorkerSpell) => true },
    {
      from: '2024-25',
      mustBeGiven: ({ SW_DECOM }: SocialWorkerSpell) => SW_DECOM >= socialWorkersToldFrom,
    },
  ],
  flags: 'SWEpisodes.SW_REASON',
  message:
    'Why the social worker changed is missing or is no code of the list. Enter the reason, such as first contact or a reorganisation.',
  eachSWEpisode: (spell, _child, _collection, { mustBeGiven }) =>
    blank(spell.SW_REASON) ? mustBeGiven(spell) : !reasons.has(spell.SW_REASON),
})
