import { adoptedCodes, rule } from '../ssda903.ts'

/** A child is matched with adopters on the day the adoption placement begins, or before. */
export default rule({
  code: '331',
  from: '2022-23',
  flags: 'AD1.DATE_MATCH Episodes.DECOM Episodes.REC',
  message:
    'The child was matched with the adopters after the placement from which the adoption was made began. Correct the date of the match or of the episode.',
  eachChild: ({ AD1, Episodes }, report) => {
    for (const ad1 of AD1)
      for (const episode of Episodes)
        if (adoptedCodes.has(episode.REC) && ad1.DATE_MATCH > episode.DECOM) report(ad1, episode)
  },
})
