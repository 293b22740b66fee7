import { adoptedCodes, birthday, rule } from '../ssda903.ts'

/** Nobody of 18 or over is adopted out of care. */
export default rule({
  code: '386',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.REC',
  message:
    'The young person was 18 or over when this episode ended, so adoption cannot be the reason. Correct the reason, the end or the date of birth.',
  eachEpisode: ({ REC, DEC }, { header }) => adoptedCodes.has(REC) && DEC >= birthday(header.DOB, 18),
})
