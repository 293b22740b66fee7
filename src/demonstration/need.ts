import { addDays, type Day, daysBetween } from '../web/words.ts'
import type { Chance } from './chance.ts'
import { earliest, latest, returnYear, weekday, workingDaysFrom } from './days.ts'
import type { Enquiry, NeedEpisode, ProtectionPlan } from './life.ts'

/*
 * Parts of an episode of need, with the durations of an ordinary service: most in time, some late, as the sector's
 * published figures have it. Each is told to its end; life.ts cuts what lies ahead.
 */

const sources = [
  ['6', 28],
  ['2A', 19],
  ['3A', 4],
  ['3B', 4],
  ['3E', 5],
  ['3F', 3],
  ['1A', 7],
  ['1B', 3],
  ['1C', 1],
  ['5A', 6],
  ['5B', 4],
  ['5D', 5],
  ['4', 2],
  ['7', 3],
  ['8', 4],
  ['9', 2],
] as const

const needs = [
  ['N1', 57],
  ['N2', 8],
  ['N3', 4],
  ['N4', 10],
  ['N5', 15],
  ['N6', 3],
  ['N8', 3],
] as const

/** What assessments find, so often, by the need they were made for; domestic abuse and mental health before all. */
const factors = [
  ['3B', 20],
  ['4B', 18],
  ['4A', 8],
  ['1B', 9],
  ['2B', 9],
  ['17A', 10],
  ['16A', 10],
  ['3A', 6],
  ['18C', 6],
  ['5A', 3],
  ['6A', 3],
  ['10A', 3],
  ['14A', 4],
  ['15A', 2],
  ['11A', 2],
  ['24A', 2],
  ['7A', 3],
  ['19C', 2],
  ['20', 5],
] as const

const categories = [
  ['NEG', 48],
  ['EMO', 38],
  ['PHY', 9],
  ['SAB', 5],
] as const

export const aNeed = (chance: Chance): string => chance.weighted(needs)

/** An episode that nothing has come of yet. */
export function referred(chance: Chance, referral: Day, more: Partial<NeedEpisode> = {}): NeedEpisode {
  return {
    referral,
    source: chance.weighted(sources),
    need: aNeed(chance),
    noFurtherAction: false,
    close: undefined,
    closedBecause: undefined,
    assessments: [],
    enquiries: [],
    needPlans: [],
    protection: [],
    ...more,
  }
}

const someFactors = (chance: Chance): string[] =>
  [...new Set(Array.from({ length: chance.whole(1, 4) }, () => chance.weighted(factors)))].sort()

/** Five in six are signed within 45 working days of the referral. */
export function assessed(chance: Chance, referral: Day, { foundNothing = 0 } = {}) {
  const start = addDays(
    referral,
    chance.weighted([
      [0, 30],
      [1, 60],
      [2, 10],
    ] as const),
  )
  const signed = weekday(addDays(start, chance.happens(0.84) ? chance.whole(12, 57) : chance.whole(67, 96)))
  return { start, signed, factors: chance.happens(foundNothing) ? ['21'] : someFactors(chance) }
}

/** An assessment that goes with an enquiry: it is signed when the conference was held, or soon after. */
export const assessedWith = (chance: Chance, { start, conference }: Enquiry) => ({
  start,
  signed: weekday(addDays(conference ?? addDays(start, 20), chance.whole(0, 8))),
  factors: someFactors(chance),
})

/** After an assessment, soon; where it found nothing at once, and never a year of the return later. */
function closedAfter(
  chance: Chance,
  { signed, factors: found }: { signed: Day; factors: readonly string[] },
): Day {
  const close = weekday(addDays(signed, chance.whole(0, 12)))
  return found[0] === '21' || returnYear(close) !== returnYear(signed) ? signed : close
}

/** A strategy discussion and an enquiry; four of five conferences are held within 15 working days. */
export function enquiredBefore(chance: Chance, conference: Day): Enquiry {
  const days = chance.happens(0.82) ? chance.whole(9, 19) : chance.whole(24, 33)
  return enquiredFrom(addDays(conference, -days), conference)
}

export const enquiredFrom = (start: Day, conference: Day): Enquiry => ({
  start,
  target: workingDaysFrom(start, 15),
  conference,
})

/** An enquiry after which no conference was needed. */
export const enquiredOnly = (start: Day): Enquiry => ({ start, target: undefined, conference: undefined })

/**
 * A child protection plan from its conference: the first review within three months, the others within six, one in ten
 * of them late.
 * @param lasts days until a review conference ends it; without it goes on
 * @param today no review is told that lies far ahead
 */
export function protectedFrom(
  chance: Chance,
  conference: Day,
  { lasts, today }: { lasts?: number | undefined; today: Day },
): ProtectionPlan {
  const reviews: Day[] = []
  const late = () => (chance.happens(0.1) ? chance.whole(6, 24) : 0)
  const last = lasts === undefined ? today : addDays(conference, lasts)
  for (let day = weekday(addDays(conference, chance.whole(78, 87) + late())); day <= last; ) {
    reviews.push(day)
    day = weekday(addDays(day, chance.whole(160, 178) + late()))
  }
  const category = chance.weighted(categories)
  // It ends at a review conference.
  if (lasts !== undefined && reviews.length === 0) reviews.push(weekday(addDays(conference, 84)))
  return {
    start: conference,
    end: lasts === undefined ? undefined : reviews.at(-1)!,
    category,
    latest: chance.happens(0.88) ? category : chance.weighted(categories),
    previous: chance.weighted([
      [0, 77],
      [1, 18],
      [2, 5],
    ] as const),
    reviews,
  }
}

// ---------------------------------------------------------------------------------------------------------
// Whole episodes. `today` is the day everything hangs on; siblings made with an equal chance share their days.

/** Days within which a closed case is still on a demonstration's books. */
const remembered = 430

/** A referral that nothing further was done about. */
export function noFurtherAction(chance: Chance, today: Day): NeedEpisode[] {
  const referral = addDays(today, -chance.whole(2, remembered))
  return [referred(chance, referral, { need: undefined, noFurtherAction: true })]
}

/** What most referrals come to: an assessment, and nothing after it but, for some, early help. */
export function assessmentOnly(chance: Chance, today: Day): NeedEpisode[] {
  const referral = addDays(today, -chance.whole(0, remembered))
  const assessment = assessed(chance, referral, { foundNothing: 0.12 })
  const closed = {
    close: closedAfter(chance, assessment),
    closedBecause: chance.happens(0.7) ? 'RC8' : 'RC9',
  }
  const once = referred(chance, referral, { assessments: [assessment], ...closed })
  // One in five comes back within the year.
  const again = addDays(closed.close, chance.whole(15, 150))
  if (!chance.happens(0.2)) return [once]
  const second = assessed(chance, again)
  return [
    once,
    referred(chance, again, {
      assessments: [second],
      close: closedAfter(chance, second),
      closedBecause: 'RC8',
    }),
  ]
}

/** An enquiry that found no likelihood of significant harm. */
export function enquiryOnly(chance: Chance, today: Day): NeedEpisode[] {
  const referral = addDays(today, -chance.whole(1, remembered))
  const assessment = assessed(chance, referral)
  return [
    referred(chance, referral, {
      need: 'N1',
      assessments: [assessment],
      enquiries: [enquiredOnly(addDays(referral, chance.whole(0, 4)))],
      close: weekday(addDays(assessment.signed, chance.whole(2, 20))),
      closedBecause: 'RC7',
    }),
  ]
}

/** Under enquiry now: the conference lies ahead. */
export function underEnquiry(chance: Chance, today: Day): NeedEpisode[] {
  const start = workingDaysFrom(today, -chance.whole(1, 12))
  const referral = addDays(start, -chance.whole(0, 5))
  return [
    referred(chance, referral, {
      need: 'N1',
      assessments: [assessed(chance, referral)],
      enquiries: [enquiredFrom(start, weekday(addDays(today, 8)))],
    }),
  ]
}

/** A child in need plan. @param ended whether it has come to its end */
export function inNeed(chance: Chance, today: Day, { ended = false } = {}): NeedEpisode[] {
  const plan = addDays(today, -(ended ? chance.whole(100, remembered) : chance.short(4, 420)))
  const referral = addDays(plan, -chance.whole(22, 62))
  const assessment = assessed(chance, referral)
  const start = latest(plan, addDays(assessment.signed, 1))
  const end = ended ? weekday(addDays(start, chance.whole(60, 240))) : undefined
  return [
    referred(chance, referral, {
      assessments: [assessment],
      needPlans: [{ start, end }],
      close: end && weekday(addDays(end, chance.whole(0, 8))),
      closedBecause: end && 'RC7',
    }),
  ]
}

/**
 * A child protection plan: referral, assessment, enquiry, conference.
 * @param age of the plan in days
 * @param follows what follows it: it goes on; it stepped down to a child in need plan; that has ended too
 */
export function protectedChild(
  chance: Chance,
  today: Day,
  { age, follows = 'goes on' }: { age: number; follows?: 'goes on' | 'steps down' | 'closes' },
): NeedEpisode[] {
  const conference = weekday(addDays(today, -age))
  const enquiry = enquiredBefore(chance, conference)
  const wasInNeed = chance.happens(0.35)
  const referral = addDays(enquiry.start, -(wasInNeed ? chance.whole(120, 260) : chance.whole(0, 4)))
  const first = wasInNeed ? [assessed(chance, referral)] : []
  const plan = protectedFrom(chance, conference, {
    today,
    lasts: follows === 'goes on' ? undefined : chance.whole(Math.min(85, age), Math.max(86, age - 20)),
  })
  const needPlans: { start: Day; end: Day | undefined }[] = first.map(({ signed }) => ({
    start: addDays(signed, 3),
    end: conference,
  }))
  const after =
    follows === 'closes' && plan.end ? weekday(addDays(plan.end, chance.whole(60, 120))) : undefined
  if (plan.end) needPlans.push({ start: plan.end, end: after })
  return [
    referred(chance, referral, {
      need: 'N1',
      assessments: [...first, assessedWith(chance, enquiry)],
      enquiries: [enquiry],
      protection: [plan],
      needPlans,
      close: after && weekday(addDays(after, chance.whole(0, 10))),
      closedBecause: after && 'RC7',
    }),
  ]
}

/**
 * The episode of need of a child who came into care: perhaps a plan before it, which ends at a review soon after.
 * @param close the day on which everything ended, with why
 */
export function beforeCare(
  chance: Chance,
  { born, came, today, need }: { born: Day; came: Day; today: Day; need: string },
  close?: { day: Day; because: string } | undefined,
): NeedEpisode[] {
  // Of an unborn child one hears some months before the birth.
  const soonest = addDays(born, -150)
  const hadPlan = chance.happens(0.45) && addDays(came, -120) > soonest
  const referral = latest(soonest, addDays(came, -(hadPlan ? chance.whole(150, 420) : chance.whole(2, 70))))
  const more: Partial<NeedEpisode> = { need, close: close?.day, closedBecause: close?.because }
  if (!hadPlan) return [referred(chance, referral, { ...more, assessments: [assessed(chance, referral)] })]
  const conference = weekday(addDays(referral, chance.whole(9, 23)))
  const enquiry = enquiredFrom(referral, conference)
  const plan = protectedFrom(chance, conference, {
    today: earliest(today, addDays(came, 60)),
    lasts: Math.max(90, daysBetween(conference, came) + chance.whole(10, 60)),
  })
  // The review that ended it was held; one that lies after the whole episode was not.
  const kept =
    close && plan.end! > close.day
      ? { ...plan, end: close.day, reviews: plan.reviews.filter((day) => day <= close.day) }
      : plan
  return [
    referred(chance, referral, {
      ...more,
      need: 'N1',
      assessments: [assessedWith(chance, enquiry)],
      enquiries: [enquiry],
      protection: [kept],
    }),
  ]
}
