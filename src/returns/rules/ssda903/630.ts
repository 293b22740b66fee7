import { blank, type PreviousPermanence, rule } from '../ssda903.ts'

/**
 * When care starts it is asked how an earlier permanence arrangement ended; the authority and the date too, unless
 * there was none (Z1). Many returns leave the authority out, and all of those are found here.
 */
export default rule({
  code: '630',
  from: '2022-23',
  needs: 'Episodes PrevPerm',
  flags: 'Episodes.RNE',
  message:
    'The child started to be looked after, and details of an earlier adoption or other permanence arrangement are missing. Enter kind, authority and date, or that there was none.',
  eachEpisode: ({ RNE, DECOM }, { PrevPerm }, { firstDay }) =>
    RNE === 'S' && DECOM >= firstDay && (PrevPerm.length === 0 || PrevPerm.some(isIncomplete)),
})

const isIncomplete = ({ PREV_PERM, LA_PERM, DATE_PERM }: PreviousPermanence): boolean =>
  blank(PREV_PERM) || (PREV_PERM !== 'Z1' && (blank(LA_PERM) || blank(DATE_PERM)))
