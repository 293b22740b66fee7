import type { Day } from '../web/words.ts'

/*
 * What happens to a child, from the first referral to the last day in care. A life is told once and to its end; what a
 * day or a return knows of it is `asKnownOn` that day.
 */

export interface Enquiry {
  readonly start: Day
  /** By when a conference was to be held; none where it was found not to be needed. */
  readonly target: Day | undefined
  readonly conference: Day | undefined
}

export interface ProtectionPlan {
  readonly start: Day
  readonly end: Day | undefined
  readonly category: string
  readonly latest: string
  readonly previous: number | undefined
  readonly reviews: readonly Day[]
}

/** A referral and the episode of need that follows it: CINdetails of the census. */
export interface NeedEpisode {
  readonly referral: Day
  readonly source: string
  readonly need: string | undefined
  readonly noFurtherAction: boolean
  readonly close: Day | undefined
  readonly closedBecause: string | undefined
  readonly assessments: readonly { start: Day; signed: Day | undefined; factors: readonly string[] }[]
  readonly enquiries: readonly Enquiry[]
  readonly needPlans: readonly { start: Day; end: Day | undefined }[]
  readonly protection: readonly ProtectionPlan[]
}

/** Where a looked-after child lives, in the codes of the return. */
export interface PlaceOfCare {
  readonly place: string
  readonly provider: string | undefined
  readonly postcode: string | undefined
  readonly urn: string | undefined
}

/** An episode of the looked-after return: one legal status in one place. */
export interface CareEpisode {
  readonly start: Day
  readonly why: 'S' | 'L' | 'P' | 'T' | 'B' | 'U'
  readonly status: string
  readonly where: PlaceOfCare
  readonly end: Day | undefined
  readonly endReason: string | undefined
  readonly moved: string | undefined
}

export interface Adoption {
  /** The decision that the child should be placed for adoption. */
  readonly decided: Day
  readonly matched: Day | undefined
}

export interface Care {
  readonly need: string
  readonly episodes: readonly CareEpisode[]
  readonly reviews: readonly { day: Day; code: string }[]
  readonly missing: readonly { kind: 'M' | 'A'; start: Day; end: Day | undefined }[]
  readonly adoption: Adoption | undefined
  /** Came to this country alone and seeks asylum. */
  readonly alone: boolean
}

export interface Life {
  readonly need: readonly NeedEpisode[]
  readonly care: Care | undefined
  readonly died: Day | undefined
}

const until = (day: Day | undefined, last: Day) => (day !== undefined && day <= last ? day : undefined)

/** What had happened by the end of a day. */
export function asKnownOn({ need, care, died }: Life, day: Day): Life {
  return {
    need: need.filter(({ referral }) => referral <= day).map((episode) => needOn(episode, day)),
    care: care?.episodes.some(({ start }) => start <= day) ? careOn(care, day) : undefined,
    died: until(died, day),
  }
}

function needOn(episode: NeedEpisode, day: Day): NeedEpisode {
  const close = until(episode.close, day)
  return {
    ...episode,
    close,
    closedBecause: close && episode.closedBecause,
    assessments: episode.assessments
      .filter(({ start }) => start <= day)
      .map((one) => (until(one.signed, day) ? one : { ...one, signed: undefined, factors: [] })),
    enquiries: episode.enquiries
      .filter(({ start }) => start <= day)
      .map((one) => ({ ...one, conference: until(one.conference, day) })),
    needPlans: episode.needPlans
      .filter(({ start }) => start <= day)
      .map(({ start, end }) => ({ start, end: until(end, day) })),
    protection: episode.protection
      .filter(({ start }) => start <= day)
      .map((plan) => ({
        ...plan,
        end: until(plan.end, day),
        reviews: plan.reviews.filter((review) => review <= day),
      })),
  }
}

function careOn(care: Care, day: Day): Care {
  const { adoption } = care
  return {
    ...care,
    episodes: care.episodes
      .filter(({ start }) => start <= day)
      .map((episode) =>
        until(episode.end, day)
          ? episode
          : { ...episode, end: undefined, endReason: undefined, moved: undefined },
      ),
    reviews: care.reviews.filter((review) => review.day <= day),
    missing: care.missing
      .filter(({ start }) => start <= day)
      .map((spell) => ({ ...spell, end: until(spell.end, day) })),
    adoption:
      adoption && adoption.decided <= day
        ? { ...adoption, matched: until(adoption.matched, day) }
        : undefined,
  }
}

/** Where a child stands on a day that the life was cut at. */
export type Standing =
  | 'referred'
  | 'assessing'
  | 'in-need'
  | 'protected'
  | 'looked-after'
  | 'care-leaver'
  | 'closed'

/** @param life as known on the day */
export function standingOf({ need, care, died }: Life, born: Day | undefined, day: Day): Standing {
  if (died) return 'closed'
  const last = care?.episodes.at(-1)
  if (last && !last.end) return 'looked-after'
  if (
    last?.end &&
    born &&
    last.end >= yearsOn(born, 16) &&
    day < yearsOn(born, 21) &&
    /^E[5-9]|E17/.test(last.endReason ?? '')
  )
    return 'care-leaver'
  const open = need.find(({ close, noFurtherAction }) => !close && !noFurtherAction)
  if (!open) return 'closed'
  if (open.protection.some(({ end }) => !end)) return 'protected'
  if (open.needPlans.some(({ end }) => !end)) return 'in-need'
  return open.assessments.length > 0 ? 'assessing' : 'referred'
}

const yearsOn = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`
