import { careLeaverDetailsGiven, filled, rule } from '../ssda903.ts'

/** Care leaver details go together. */
export default rule({
  code: '153',
  from: '2022-23',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message: 'Some of the care leaver details are missing. Enter all three, or none if none are asked.',
  eachOC3: (oc3) =>
    careLeaverDetailsGiven(oc3) && !(filled(oc3.IN_TOUCH) && filled(oc3.ACTIV) && filled(oc3.ACCOM)),
})
