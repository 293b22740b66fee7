import { codes, rule } from '../ssda903.ts'

const ethnicities = codes(
  'WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT',
)

/** REFU and NOBT stand for an ethnicity that was refused or is not known yet, so it is never blank. */
export default rule({
  code: '103',
  from: '2022-23',
  flags: 'Header.ETHNIC',
  message: 'The ethnicity is blank or is not a code of the return. Choose one from its list.',
  eachHeader: ({ ETHNIC }) => !ethnicities.has(ETHNIC),
})
