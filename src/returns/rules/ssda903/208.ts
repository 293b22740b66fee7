import { blank, filled, reasonsForNoUpn, rule, sameOrBothBlank, type Text } from '../ssda903.ts'

/**
 * A pupil keeps the UPN. What may change: no UPN yet (blank or UN1) into another reason for having none, and any
 * reason or a blank into a real UPN. From blank to UN1 fails too, as the definition has it, though it was perhaps
 * meant to be allowed.
 */
export default rule({
  code: '208',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.UPN',
  message:
    'The unique pupil number differs from last year’s. Find out from the school which one is right, and correct it.',
  eachHeader: ({ UPN }, { lastYear }) =>
    lastYear.Header.length > 0 &&
    !sameOrBothBlank(UPN, lastYear.header.UPN) &&
    !becameAnotherReason(lastYear.header.UPN, UPN) &&
    !becameReal(lastYear.header.UPN, UPN),
})

const becameAnotherReason = (before: Text, now: Text) =>
  (blank(before) || before === 'UN1') && now !== 'UN1' && reasonsForNoUpn.has(now)

const becameReal = (before: Text, now: Text) =>
  (blank(before) || reasonsForNoUpn.has(before)) && filled(now) && !reasonsForNoUpn.has(now)
