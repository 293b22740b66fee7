import { isShortBreak, rule } from '../ssda903.ts'

/** Short breaks are recorded one by one (V3) or as one agreement (V4), not in both ways in one year. */
export default rule({
  code: '426',
  from: '2022-23',
  flags: 'Episodes.LS',
  message:
    'The child has short breaks recorded both one by one (V3) and as an agreement (V4). Use one of the two all year.',
  eachChild: ({ Episodes }, report) => {
    const has = (LS: string) => Episodes.some((episode) => episode.LS === LS)
    if (has('V3') && has('V4')) report(...Episodes.filter(isShortBreak))
  },
})
