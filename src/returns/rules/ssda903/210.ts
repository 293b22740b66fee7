import { date, rule } from '../ssda903.ts'

/**
 * UN4 is for children newly in care when the year ends. The published rule refuses it for an episode that began in
 * the last week, on or after 24 March; one would expect the opposite, and we test what is published.
 */
export default rule({
  code: '210',
  from: '2022-23',
  needs: 'Header Episodes',
  flags: 'Header.UPN Episodes.DECOM',
  message:
    'The reason for having no unique pupil number (UN4) does not go with an episode that began on or after 24 March. Enter the number or another reason.',
  eachChild: ({ header, Episodes }, report, { endYear }) => {
    if (header.UPN !== 'UN4') return
    const lastWeek = date(endYear, 3, 24)
    const late = Episodes.filter(({ DECOM }) => DECOM >= lastWeek)
    if (late.length > 0) report(...late, header)
  },
})
