import { birthday, filled, rule } from '../ssda903.ts'

/** Only children of 10 or over can be convicted. The age is that on 31 March. */
export default rule({
  code: '542',
  from: '2022-23',
  flags: 'OC2.CONVICTED',
  message:
    'The child was under 10 on 31 March, so convictions are not asked. Leave the item blank, or correct the date of birth.',
  eachOC2: ({ CONVICTED, DOB }, _child, { lastDay }) => filled(CONVICTED) && birthday(DOB, 10) > lastDay,
})
