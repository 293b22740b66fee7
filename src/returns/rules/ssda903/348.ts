import { rule } from '../ssda903.ts'

/** Who was reported as having died stays so. */
export default rule({
  code: '348',
  from: '2025-26',
  needs: 'OC3 OC3_last',
  flags: 'OC3.IN_TOUCH',
  message:
    'Last year’s return says that this young person had died. Find out which is right: correct this year’s answer, or ask for last year’s to be put right.',
  eachOC3: ({ IN_TOUCH }, { lastYear }) =>
    IN_TOUCH !== 'DIED' && lastYear.OC3.some((before) => before.IN_TOUCH === 'DIED'),
})
