import { careLeaverDetailsGiven, filled, rule } from '../ssda903.ts'

/** Of a care leaver who was not in care this year it is not asked whether she is a mother. */
export default rule({
  code: '628',
  from: '2022-23',
  needs: 'Header Episodes OC3',
  flags: 'Header.MOTHER',
  message:
    'For a care leaver who was not in care this year it is not asked whether she is a mother. Remove the answer.',
  eachHeader: ({ MOTHER }, { Episodes, OC3 }) =>
    filled(MOTHER) && Episodes.length === 0 && OC3.some(careLeaverDetailsGiven),
})
