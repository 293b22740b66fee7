import { codes, rule } from '../ssda903.ts'

const activities = codes('F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6 0')

/** What the care leaver does is always said: 0 when it is not known, and for who died or returned home. */
export default rule({
  code: '132',
  from: '2022-23',
  flags: 'OC3.ACTIV',
  message:
    'The care leaver’s activity is blank or not a code of the return. Choose one from its list, or 0 when it is not known.',
  eachOC3: ({ ACTIV }) => !activities.has(ACTIV),
})
