import { rule } from '../ssda903.ts'

/** Of those whom one is in touch with one knows what they do and where they live. Blanks are other rules' business. */
export default rule({
  code: '345',
  from: '2022-23',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'You are in touch with the young person, so activity and accommodation cannot be ‘not known’ (0). Enter them.',
  eachOC3: ({ IN_TOUCH, ACTIV, ACCOM }) => IN_TOUCH === 'YES' && (ACTIV === '0' || ACCOM === '0'),
})
