import { rule } from '../cin-census.ts'

/** Among the children with disabilities some have more than one. */
export default rule({
  code: '2888Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Disabilities.Disability',
  message: 'No child of the return has more than one disability. Is only the first one recorded?',
  count: (child, add) => {
    let disabilities = 0
    for (const { Disability } of child.Disabilities)
      if (Disability !== undefined && Disability !== 'NONE') disabilities++
    if (disabilities > 0) add('with a disability')
    if (disabilities > 1) add('with several')
  },
  failsOnCounts: (count) => count.of('with a disability') > 0 && count.of('with several') === 0,
})
