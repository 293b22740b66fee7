import { type Episode, rule } from '../ssda903.ts'

const died = ({ REC }: Episode) => REC === 'E2'

/** There is no care leaver where a child died in care (E2). A death before last year's return is not seen. */
export default rule({
  code: '1000',
  from: '2022-23',
  needs: 'OC3 Episodes',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'The child died in care, so no care leaver details are asked. Remove them, or correct why the episode ended (REC).',
  eachOC3: (_oc3, { Episodes, lastYear }) => Episodes.some(died) || lastYear.Episodes.some(died),
})
