import type { Chance } from './chance.ts'
import type { Child } from './families.ts'
import type { CareEpisode, NeedEpisode } from './life.ts'

/** A slip as people make it, which a rule of the Department finds. */
export interface Mistake {
  readonly rule: string
  readonly of: 'cin-census' | 'ssda903'
  /** @returns the child with it; undefined where there is nothing to spoil */
  spoil(child: Child): Child | undefined
}

/** Spoils the last episode of need that something can be spoilt of. */
const inNeed =
  (spoil: (episode: NeedEpisode) => NeedEpisode | undefined) =>
  (child: Child): Child | undefined => {
    const need = [...child.life.need]
    const last = need.at(-1)
    // What was before a time in care is in returns of years gone by.
    const spoilt = last && !child.life.care ? spoil(last) : undefined
    return spoilt && { ...child, life: { ...child.life, need: [...need.slice(0, -1), spoilt] } }
  }

/** Spoils the episode of care that goes on. */
const inCare =
  (spoil: (episode: CareEpisode) => CareEpisode | undefined) =>
  (child: Child): Child | undefined => {
    const { care } = child.life
    const last = care?.episodes.at(-1)
    const spoilt = last && !last.end ? spoil(last) : undefined
    if (!care || !spoilt) return undefined
    return {
      ...child,
      life: { ...child.life, care: { ...care, episodes: [...care.episodes.slice(0, -1), spoilt] } },
    }
  }

export const mistakes: readonly Mistake[] = [
  {
    // Nobody wrote down why the case was closed.
    rule: '8805',
    of: 'cin-census',
    spoil: inNeed((episode) =>
      episode.close && !episode.assessments.some(({ factors }) => factors[0] === '21')
        ? { ...episode, closedBecause: undefined }
        : undefined,
    ),
  },
  {
    // Signed, and no factor ticked.
    rule: '8897Q',
    of: 'cin-census',
    spoil: inNeed((episode) => {
      const last = episode.assessments.at(-1)
      return last?.signed && episode.close === undefined
        ? { ...episode, assessments: [...episode.assessments.slice(0, -1), { ...last, factors: [] }] }
        : undefined
    }),
  },
  {
    rule: '8610',
    of: 'cin-census',
    spoil: inNeed((episode) => (episode.noFurtherAction ? undefined : { ...episode, need: undefined })),
  },
  {
    // How many plans before: left for later.
    rule: '8730',
    of: 'cin-census',
    spoil: inNeed((episode) => {
      const [first, ...others] = episode.protection
      return first ? { ...episode, protection: [{ ...first, previous: undefined }, ...others] } : undefined
    }),
  },
  {
    // Who provides the placement.
    rule: '526',
    of: 'ssda903',
    spoil: inCare((episode) =>
      episode.where.provider && episode.where.place !== 'P1' && episode.why !== 'L'
        ? { ...episode, where: { ...episode.where, provider: undefined } }
        : undefined,
    ),
  },
]

/** The child with one of the slips that there can be, and which it is; the child as it was where there is none. */
export function spoilt(chance: Chance, child: Child): Child {
  const possible = mistakes.flatMap((mistake) => {
    const changed = mistake.spoil(child)
    return changed ? [{ ...changed, mistake: mistake.rule }] : []
  })
  return possible.length > 0 ? chance.one(possible) : child
}
