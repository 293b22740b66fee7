import { birthday, rule, specialGuardianshipCodes } from '../ssda903.ts'

/**
 * Special guardians are for children under 18. The known reference lets an end on the very 18th birthday pass; the
 * DfE asks for the child to be under 18.
 */
export default rule({
  code: '407',
  from: '2022-23',
  flags: 'Episodes.DEC Episodes.REC Header.DOB',
  message:
    'Care ended with a special guardianship on or after the 18th birthday. Correct the reason, the end or the date of birth.',
  eachEpisode: (episode, { header }) =>
    specialGuardianshipCodes.has(episode.REC) && episode.DEC >= birthday(header.DOB, 18) && [episode, header],
})
