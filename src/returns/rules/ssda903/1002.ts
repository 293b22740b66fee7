import { rule } from '../ssda903.ts'

/** Care leavers have been in care. Care before last year's return is not seen. */
export default rule({
  code: '1002',
  from: '2022-23',
  needs: 'OC3 Episodes Episodes_last',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'There are care leaver details, and no episode this year or last. Add the episodes, or remove the care leaver details.',
  eachOC3: (_oc3, { Episodes, lastYear }) => Episodes.length === 0 && lastYear.Episodes.length === 0,
})
