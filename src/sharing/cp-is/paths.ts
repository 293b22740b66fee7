import { definePaths } from '../../web/paths.ts'

/** Addresses of the exchange with CP-IS, and of what it says on a child’s record. */
export const paths = definePaths({
  exchange: '/sharing/cp-is',
  goOn: '/sharing/cp-is/go-on',
  compare: '/sharing/cp-is/compare',
  bytes: '/sharing/cp-is/bytes/:kind/:message',
  unmatched: '/sharing/cp-is/unmatched',
  settle: '/sharing/cp-is/unmatched/:message',
  looks: '/looked-up-by-health',
  record: '/children/:person/nhs-alerts',
  trace: '/children/:person/nhs-alerts/trace',
  deletion: '/children/:person/nhs-alerts/:alert/delete',
  decide: '/children/:person/nhs-alerts/deletions/:deletion',
  look: '/children/:person/nhs-alerts/looks/:viewing',
  hospital: '/hospital',
})
