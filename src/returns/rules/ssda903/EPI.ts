import { rule } from '../ssda903.ts'

/**
 * A child of the return had an episode of care, or is a care leaver. A table that is not there at all has no rows.
 * Not one of the DfE's numbers: its portal warns of this, as nothing else can be checked then.
 */
export default rule({
  code: 'EPI',
  kind: 'query',
  from: '2022-23',
  needs: 'Header',
  flags: 'Header.CHILD',
  message:
    'There are neither episodes nor care leaver details for this child. Add them, or leave the child out of the return.',
  eachHeader: (_header, { Episodes, OC3 }) => Episodes.length === 0 && OC3.length === 0,
})
