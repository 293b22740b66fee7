import { filled, rule } from '../cin-census.ts'

/** Looks at the whole return: somebody has had pre-proceedings. Provisional. */
export default rule({
  code: '9000Q',
  kind: 'query',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.PPStartDate',
  message: 'No child of the return has a start of pre-proceedings. Are pre-proceedings recorded?',
  count: (child, add) => {
    for (const { PPStartDate } of child.PreProceedingsandFGDM) if (filled(PPStartDate)) add('starts')
  },
  failsOnCounts: (count) => count.of('starts') === 0,
})
