import { blank, filled, rule } from '../ssda903.ts'

/** Help with substance misuse is only asked about where it was found. */
export default rule({
  code: '193',
  from: '2022-23',
  flags: 'OC2.SUBSTANCE_MISUSE OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'No substance misuse was found, so nothing is asked about help with it. Leave both answers blank, or correct whether it was found.',
  eachOC2: ({ SUBSTANCE_MISUSE, INTERVENTION_RECEIVED, INTERVENTION_OFFERED }) =>
    (blank(SUBSTANCE_MISUSE) || SUBSTANCE_MISUSE === '0') &&
    (filled(INTERVENTION_RECEIVED) || filled(INTERVENTION_OFFERED)),
})
