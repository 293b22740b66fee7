import { ageOn, birthday, careLeaverDetailsGiven, rule } from '../ssda903.ts'

/**
 * Care leaver details are asked at 17 and 18 of those who had left care before that birthday. The age is told by the
 * calendar; the known reference reckons with an average length of the year.
 */
export default rule({
  code: '1016',
  from: '2023-24',
  needs: 'OC3 Episodes',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person left care on the 17th or 18th birthday or after it, so no care leaver details are asked. Remove them, or correct the episodes.',
  eachOC3: (oc3, { Episodes }, { lastDay }) => {
    const age = ageOn(oc3.DOB, lastDay)
    if ((age !== 17 && age !== 18) || !careLeaverDetailsGiven(oc3)) return false
    const lastBirthday = birthday(oc3.DOB, age)
    return Episodes.some(({ DEC }) => DEC >= lastBirthday)
  },
})
