import { blank, rule } from '../ssda903.ts'

/** Where substance misuse was found and no help was received, it is asked whether any was offered. */
export default rule({
  code: '159',
  from: '2022-23',
  flags: 'OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'The child received no help with substance misuse, and it is not said whether any was offered. Enter 1 for yes or 0 for no.',
  eachOC2: ({ SUBSTANCE_MISUSE, INTERVENTION_RECEIVED, INTERVENTION_OFFERED }) =>
    SUBSTANCE_MISUSE === '1' && INTERVENTION_RECEIVED === '0' && blank(INTERVENTION_OFFERED),
})
