import { codes, openLastYear, rule, sameOrBothBlank } from '../ssda903.ts'

/**
 * The episode that was open when last year's return ended opens this year's, with the same placement type. Where a
 * code was replaced, the new one passes in the year in which it came in: K3 for H5 in 2024-25, Z11 to Z14 for Z1 in
 * 2025-26. The known reference lets K3 for H5 pass in 2023-24 too; the exemption for Z1 is the reference's, the DfE's
 * text does not have it yet.
 */
export default rule({
  code: '503D',
  versions: [
    { from: '2022-23', until: '2023-24', replaced: undefined },
    { from: '2024-25', until: '2024-25', replaced: { in: '2024-25', old: 'H5', by: codes('K3') } },
    { from: '2025-26', replaced: { in: '2025-26', old: 'Z1', by: codes('Z11 Z12 Z13 Z14') } },
  ],
  needs: 'Episodes Episodes_last',
  flags: 'Episodes.PLACE',
  message:
    'The child’s first episode this year should be the one left open last year, and its placement type differs. Send it as it was, and a move as a new episode.',
  eachChild: (child, report, { year }, { replaced }) => {
    const [before, first] = [openLastYear(child), child.firstEpisode]
    if (!before || !first || sameOrBothBlank(first.PLACE, before.PLACE)) return
    if (replaced?.in === year && replaced.old === before.PLACE && replaced.by.has(first.PLACE)) return
    report(first)
  },
})
