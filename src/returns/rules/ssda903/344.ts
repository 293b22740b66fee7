import { codes, rule } from '../ssda903.ts'

const diedOrReturned = codes('DIED RHOM')

/** Of those who died or went home nothing is asked: both answers are 0, and a blank is no 0. */
export default rule({
  code: '344',
  from: '2022-23',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The young person died or returned home, so activity and accommodation are both to be 0. Enter 0, or correct whether you are in touch.',
  eachOC3: ({ IN_TOUCH, ACTIV, ACCOM }) => diedOrReturned.has(IN_TOUCH) && (ACTIV !== '0' || ACCOM !== '0'),
})
