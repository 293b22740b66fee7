import { filled, latestOf, rule } from '../ssda903.ts'

/**
 * The latest social worker's spell goes on. Whether the child was still in care on 31 March does not matter, though
 * the title would have it so. Without a readable start a spell counts as the oldest.
 */
export default rule({
  code: 'SW17STG2',
  from: '2025-26',
  flags: 'SWEpisodes.SW_DEC SWEpisodes.SW_DECOM',
  message:
    'The latest social worker’s spell has an end, so it looks as if the child has no social worker. Remove the end, or add who followed.',
  eachChild: ({ SWEpisodes }, report) => {
    const latest = latestOf(SWEpisodes, ({ SW_DECOM }) => SW_DECOM) ?? SWEpisodes[0]
    if (latest && filled(latest.SW_DEC)) report(latest)
  },
})
