import { ageOn, birthday, blank, careLeaverDetailsGiven, rule } from '../ssda903.ts'

/**
 * Care leaver details are asked at 17 and 18 of those who were no longer in care on that birthday. Open episodes count,
 * as the DfE words it; the known reference looks at closed ones only.
 */
export default rule({
  code: '1007',
  from: '2022-23',
  needs: 'OC3 Episodes',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person was in care on the 17th or 18th birthday, so no care leaver details are asked. Remove them, or correct the episodes.',
  eachOC3: (oc3, { Episodes }, { lastDay }) => {
    const age = ageOn(oc3.DOB, lastDay)
    if ((age !== 17 && age !== 18) || !careLeaverDetailsGiven(oc3)) return false
    const lastBirthday = birthday(oc3.DOB, age)
    return Episodes.some(({ DECOM, DEC }) => DECOM <= lastBirthday && (blank(DEC) || DEC > lastBirthday))
  },
})
