import { addDays, type Day, type IsWorkingDay } from '../web/words.ts'

/** 'Wait 30 seconds', 'Wait 4 minutes'. */
export const waitWords = (seconds: number): string =>
  seconds < 90 ? `Wait ${seconds} seconds` : `Wait ${Math.ceil(seconds / 60)} minutes`

/** Why somebody asks for emergency access (governance E.4), as they say it. */
export const emergencyReasons = {
  'immediate-safety': 'A child may be in danger now',
  'statutory-enquiry': 'A child protection enquiry needs it',
  'out-of-hours': 'It is out of hours and nobody else can look',
  'court-deadline': 'A court wants an answer today',
  other: 'Something else',
} as const

/** What a review of emergency access can find. */
export const reviewOutcomes = {
  justified: 'It was right to open it',
  learning: 'It was meant well, and there is something to learn',
  escalate: 'It should be looked into',
} as const

/** Why a colleague is let in to a child's record for a while, by whoever works with the child. */
export const tieKinds = {
  'joint-visit': 'We visit together',
  meeting: 'They come to a meeting about the child',
} as const

/** How somebody may know a family. */
export const connectionKinds = {
  relative: 'We are related',
  friend: 'We are friends, or were',
  neighbour: 'We are neighbours',
  school: 'Our children go to the same school or club',
  carer: 'I care for one of them, or did',
  other: 'Another way',
} as const

/** The day by which somebody else has looked at an emergency access: the second working day after it. */
export function reviewDue(opened: Day, isWorkingDay: IsWorkingDay): Day {
  let day = opened
  for (let counted = 0; counted < 2; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) counted += 1
  }
  return day
}
