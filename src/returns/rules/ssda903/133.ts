import { codes, rule } from '../ssda903.ts'

const accommodation = codes(
  'B1 B2 C1 C2 D1 D2 E1 E2 G1 G2 H1 H2 K1 K2 R1 R2 S2 T1 T2 U1 U2 V1 V2 W1 W2 X2 Y1 Y2 Z1 Z2 0',
)

/**
 * Where the care leaver lives, and whether that is suitable (1) or not (2), is always said: 0 when it is not known.
 * Custody and homelessness (X2, S2) are never suitable.
 */
export default rule({
  code: '133',
  from: '2022-23',
  flags: 'OC3.ACCOM',
  message:
    'The care leaver’s accommodation is blank or not a code of the return. Choose one from its list, or 0 when it is not known.',
  eachOC3: ({ ACCOM }) => !accommodation.has(ACCOM),
})
