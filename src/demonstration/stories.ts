import { addDays, type Day } from '../web/words.ts'
import * as care from './care.ts'
import type { Chance } from './chance.ts'
import { birthday, latest, weekday } from './days.ts'
import type { Life } from './life.ts'
import * as need from './need.ts'

/** How a child's story goes. What has become of it by a day, the day decides. */
export type Story =
  | 'no-further-action'
  | 'assessment-only'
  | 'enquiry-only'
  | 'under-enquiry'
  | 'in-need'
  | 'was-in-need'
  | 'protected'
  | 'stepped-down'
  | 'was-protected'
  | 'looked-after'
  | 'came-out'
  | 'for-adoption'
  | 'adopted'
  | 'care-leaver'
  | 'came-alone'
  | 'short-breaks'
  | 'unborn'

/**
 * Of a thousand families. Chosen so that a city with 90 children looked after for each 10,000 has 45 to 60 on
 * protection plans, and most of whom it hears of need an assessment at most (families.test.ts).
 */
export const stories: readonly (readonly [Story, number])[] = [
  ['no-further-action', 80],
  ['assessment-only', 413],
  ['enquiry-only', 60],
  ['under-enquiry', 12],
  ['in-need', 100],
  ['was-in-need', 85],
  ['protected', 47],
  ['stepped-down', 18],
  ['was-protected', 15],
  ['looked-after', 72],
  ['came-out', 20],
  ['for-adoption', 7],
  ['adopted', 5],
  ['care-leaver', 34],
  ['came-alone', 11],
  ['short-breaks', 9],
  ['unborn', 12],
]

/** Brothers and sisters mostly share a story; one may be less far on. */
export function storyOfSibling(chance: Chance, story: Story): Story {
  if (story === 'unborn') return 'assessment-only'
  if (story === 'adopted' || story === 'for-adoption')
    return chance.weighted([
      ['looked-after', 50],
      ['in-need', 50],
    ] as const)
  if (story === 'short-breaks') return 'no-further-action'
  if (chance.happens(0.82)) return story
  return story === 'looked-after'
    ? chance.one(['protected', 'in-need'])
    : story === 'protected'
      ? 'in-need'
      : 'assessment-only'
}

/** Stories of one child alone. */
export const ofOneChild: ReadonlySet<Story> = new Set(['care-leaver', 'came-alone'])

export interface Telling {
  /** The same for all children of a family, so that they share its days. */
  ofFamily: Chance
  /** The child's own. */
  own: Chance
  today: Day
  home: string
}

const throughCare: ReadonlySet<Story> = new Set([
  'looked-after',
  'came-out',
  'for-adoption',
  'adopted',
  'care-leaver',
  'came-alone',
  'short-breaks',
])

/** A life and a birth date that goes with it. @param sibling the birth date of the sister or brother told before */
export function tell(story: Story, telling: Telling, sibling?: Day): { born: Day; life: Life } {
  if (throughCare.has(story)) return tellCare(story, telling, sibling)
  const told = tellNeed(story, telling)
  const born = birthBefore(telling.own, addDays(told[0]!.referral, -3), telling.today, sibling)
  return { born, life: { need: told, care: undefined, died: undefined } }
}

function tellNeed(story: Story, { ofFamily: chance, today }: Telling): Life['need'] {
  switch (story) {
    case 'no-further-action':
      return need.noFurtherAction(chance, today)
    case 'enquiry-only':
      return need.enquiryOnly(chance, today)
    case 'under-enquiry':
      return need.underEnquiry(chance, today)
    case 'in-need':
      return need.inNeed(chance, today)
    case 'was-in-need':
      return need.inNeed(chance, today, { ended: true })
    case 'protected':
      return need.protectedChild(chance, today, { age: chance.short(3, 620) })
    case 'stepped-down':
      return need.protectedChild(chance, today, { age: chance.whole(150, 480), follows: 'steps down' })
    case 'was-protected':
      return need.protectedChild(chance, today, { age: chance.whole(400, 700), follows: 'closes' })
    default:
      return need.assessmentOnly(chance, today)
  }
}

/** Most children are young; nobody is eighteen. */
function birthBefore(chance: Chance, last: Day, today: Day, sibling: Day | undefined): Day {
  const soonest = addDays(birthday(today, -18), 20)
  const apart = chance.whole(340, 1300)
  for (const born of sibling ? [addDays(sibling, apart), addDays(sibling, -apart)] : [])
    if (born < last && born > soonest) return born
  const days = Math.round((Date.parse(last) - Date.parse(soonest)) / 86_400_000)
  return addDays(last, -Math.floor(chance.next() ** 1.15 * Math.max(1, days)))
}

function tellCare(story: Story, telling: Telling, sibling: Day | undefined): { born: Day; life: Life } {
  const { ofFamily, own, today, home } = telling
  const reason = need.aNeed(ofFamily)
  if (story === 'care-leaver') return grownUp(telling, reason)
  if (story === 'came-alone') return alone(telling)
  const days = {
    'looked-after': ofFamily.short(4, 3600),
    'came-out': ofFamily.whole(60, 1100),
    'for-adoption': ofFamily.whole(60, 520),
    adopted: ofFamily.whole(care.daysToAdoption + 25, 900),
    'short-breaks': ofFamily.whole(40, 900),
  }[story as 'looked-after']
  const came = addDays(today, -days)
  const young = story === 'for-adoption' || story === 'adopted'
  const born = young
    ? addDays(came, -own.whole(2, 900))
    : story === 'short-breaks'
      ? addDays(came, -own.whole(1500, 4200))
      : birthBefore(own, addDays(came, -1), today, sibling)
  const who = { born, home, today }
  if (story === 'short-breaks')
    return {
      born,
      life: {
        need: need.beforeCare(ofFamily, { born, came, today, need: 'N2' }),
        care: care.shortBreaks(own, who, came),
        died: undefined,
      },
    }
  if (young) {
    const told = care.forAdoption(own, who, came, reason, story === 'adopted')
    const end = told.episodes.at(-1)!.end
    const close = end ? { day: end, because: 'RC1' } : undefined
    return {
      born,
      life: {
        need: need.beforeCare(ofFamily, { born, came, today, need: reason }, close),
        care: told,
        died: undefined,
      },
    }
  }
  if (story === 'came-out') return cameHome(telling, who, came, reason)
  return {
    born,
    life: {
      need: need.beforeCare(ofFamily, { born, came, today, need: reason }),
      care: care.inCare(own, who, came, reason),
      died: undefined,
    },
  }
}

/** Home again: a child in need plan follows, or an order ends it all. */
function cameHome({ ofFamily, own, today }: Telling, who: care.Cared, came: Day, reason: string) {
  const end = latest(addDays(came, 25), addDays(today, -ofFamily.whole(6, 380)))
  const { reason: how, care: told } = care.cameOut(own, who, came, end, reason)
  const before = { born: who.born, came, today, need: reason }
  const because = { E45: 'RC4', E46: 'RC4', E47: 'RC4', E41: 'RC3' }[how as 'E45']
  if (because)
    return {
      born: who.born,
      life: {
        need: need.beforeCare(ofFamily, before, { day: weekday(addDays(end, 7)), because }),
        care: told,
        died: undefined,
      },
    }
  const planned = addDays(end, ofFamily.whole(90, 200))
  const [episode, ...rest] = need.beforeCare(ofFamily, before, {
    day: weekday(addDays(planned, 5)),
    because: 'RC7',
  })
  const start = latest(end, ...episode!.protection.map((plan) => plan.end!))
  const needPlans = start < planned ? [{ start, end: planned }] : []
  return {
    born: who.born,
    life: { need: [{ ...episode!, needPlans }, ...rest], care: told, died: undefined },
  }
}

function grownUp({ ofFamily, own, today, home }: Telling, reason: string) {
  const born = addDays(birthday(today, -18), -own.whole(3, 1150))
  const came = addDays(birthday(born, own.whole(6, 15)), own.whole(10, 350))
  const close = { day: weekday(addDays(birthday(born, 18), own.whole(4, 25))), because: 'RC7' }
  return {
    born,
    life: {
      need: need.beforeCare(ofFamily, { born, came, today, need: reason }, close),
      care: care.grewUpInCare(own, { born, home, today }, came, reason),
      died: undefined,
    },
  }
}

/** Sixteen or so when found; some have turned eighteen since. */
function alone({ own, today }: Telling) {
  const came = addDays(today, -own.whole(20, 900))
  const born = addDays(birthday(came, -18), own.whole(60, 800))
  const told = care.cameAlone(own, { born, home: undefined, today }, came)
  const end = told.episodes.at(-1)!.end
  const assessment = { ...need.assessed(own, came), factors: ['9A'] }
  return {
    born,
    life: {
      need: [
        need.referred(own, came, {
          need: 'N8',
          source: own.one(['6', '7']),
          assessments: [assessment],
          ...(end ? { close: weekday(addDays(end, 10)), closedBecause: 'RC7' } : {}),
        }),
      ],
      care: told,
      died: undefined,
    },
  }
}

/** Not yet born: an assessment, and for one in three a conference and a plan before the birth. */
export function tellUnborn({ own, today }: Telling): { due: Day; life: Life } {
  const due = addDays(today, own.whole(12, 170))
  const referral = latest(addDays(due, -250), addDays(today, -own.whole(10, 75)))
  const conference = weekday(addDays(referral, own.whole(24, 44)))
  const isProtected = own.happens(0.35)
  const { start } = need.enquiredBefore(own, conference)
  const enquiry = need.enquiredFrom(latest(start, referral), conference)
  const assessment = isProtected ? need.assessedWith(own, enquiry) : need.assessed(own, referral)
  return {
    due,
    life: {
      need: [
        need.referred(own, referral, {
          need: 'N1',
          source: own.one(['3F', '3A', '5A']),
          assessments: [assessment],
          ...(isProtected
            ? {
                enquiries: [enquiry],
                protection: [need.protectedFrom(own, conference, { today })],
              }
            : {}),
        }),
      ],
      care: undefined,
      died: undefined,
    },
  }
}
