import { birthday, codes, rule } from '../ssda903.ts'

const independentLiving = codes('E5 E6')

/**
 * Nobody under 14 leaves care to live independently (E5, E6). Without a date of birth there is nothing to tell; the
 * known reference does.
 */
export default rule({
  code: '387',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.REC',
  message:
    'A child under 14 cannot have left care for independent living (E5, E6). Correct the reason or the end of the episode.',
  eachEpisode: ({ REC, DEC }, { header }) => independentLiving.has(REC) && DEC < birthday(header.DOB, 14),
})
