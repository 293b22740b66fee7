import { rule } from '../cin-census.ts'

/**
 * A return uses more than seven different codes for disabilities. The known reference counts the children without
 * any instead.
 */
export default rule({
  code: '2887Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Disabilities.Disability',
  message:
    'At most seven different disabilities are recorded in the whole return. Are they recorded in full?',
  count: (child, add) => {
    for (const { Disability } of child.Disabilities)
      if (Disability !== undefined && Disability !== 'NONE') add(Disability)
  },
  failsOnCounts: (count) => count.all().length <= 7,
})
