import { birthday, rule } from '../ssda903.ts'

/** Adult social care (E7) takes nobody under 16. Without the dates to tell, it fails. */
export default rule({
  code: '389',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.REC',
  message:
    'A move to adult social care (E7) is not possible before the 16th birthday, or the dates to tell are missing. Correct the reason, the end or the date of birth.',
  eachEpisode: ({ REC, DEC }, { header }) => REC === 'E7' && !(DEC >= birthday(header.DOB, 16)),
})
