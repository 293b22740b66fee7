import { birthday, careLeaverDetailsGiven, rule } from '../ssda903.ts'

/** Care leaver details begin with the year of the 17th birthday. The DfE's message also has an upper age; its test has none. */
export default rule({
  code: '391',
  from: '2022-23',
  flags: 'OC3.DOB OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person is not 17 by 31 March, so care leaver details are not due yet. Remove them, or correct the date of birth.',
  eachOC3: (oc3, _child, { lastDay }) => birthday(oc3.DOB, 17) > lastDay && careLeaverDetailsGiven(oc3),
})
