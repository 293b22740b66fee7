import { codes, filled, rule } from '../ssda903.ts'

const reasons = codes('S P L T U B')

/** Why the episode began. */
export default rule({
  code: '143',
  from: '2022-23',
  flags: 'Episodes.RNE',
  message: 'The reason for the new episode is not a code of the return. Choose one from its list.',
  eachEpisode: ({ RNE }) => filled(RNE) && !reasons.has(RNE),
})
