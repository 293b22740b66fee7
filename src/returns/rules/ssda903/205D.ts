import { type Child, filled, only, rule } from '../ssda903.ts'

/**
 * A child who was in last year's return and was not unaccompanied then cannot be now: the status begins on arrival.
 * Where a year has no Header, its UASC file stands in: a row with more than CHILD and DOB counts as 1.
 */
export default rule({
  code: '205D',
  from: '2022-23',
  needs: 'uasc|UASC uasc_last|UASC_last',
  flags: 'Header.CHILD Header.UASC',
  message:
    'The child is marked as unaccompanied and seeking asylum, and was not last year. Correct this year’s mark, or ask for last year’s return to be put right.',
  eachChild: (child, report) => {
    if (!isMarked(child) || !isThere(child.lastYear) || isMarked(child.lastYear)) return
    report(child.Header.length > 0 ? child.header : only(child.UASC[0]!, 'CHILD'))
  },
})

const isThere = ({ Header, UASC }: Child) => Header.length > 0 || UASC.length > 0

const isMarked = ({ Header, header, UASC }: Child) =>
  Header.length > 0 ? header.UASC === '1' : UASC.some(({ SEX, DUC }) => filled(SEX) || filled(DUC))
