import { blank, rule } from '../ssda903.ts'

/** Where substance misuse was found, it is asked whether the child received help. */
export default rule({
  code: '192',
  from: '2022-23',
  flags: 'OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED',
  message:
    'Substance misuse was found, and it is not said whether the child received help with it. Enter 1 for yes or 0 for no.',
  eachOC2: ({ SUBSTANCE_MISUSE, INTERVENTION_RECEIVED }) =>
    SUBSTANCE_MISUSE === '1' && blank(INTERVENTION_RECEIVED),
})
