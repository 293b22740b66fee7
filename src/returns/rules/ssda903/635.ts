import { blank, filled, rule } from '../ssda903.ts'

/**
 * Without an earlier permanence arrangement (Z1, or not said) there is no date or authority of one. The known
 * reference lets Z1 pass; the published wording is about Z1.
 */
export default rule({
  code: '635',
  from: '2022-23',
  flags: 'PrevPerm.LA_PERM PrevPerm.DATE_PERM PrevPerm.PREV_PERM',
  message:
    'There is a date or an authority of an earlier permanence arrangement, and no kind of arrangement. Enter the kind, or remove the date and the authority.',
  eachPrevPerm: ({ PREV_PERM, LA_PERM, DATE_PERM }) =>
    (PREV_PERM === 'Z1' || blank(PREV_PERM)) && (filled(LA_PERM) || filled(DATE_PERM)),
})
