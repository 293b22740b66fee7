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

/** How far a restriction goes (governance E.3), and which roles alone may set it. */
export const restrictionLevels: Readonly<
  Record<1 | 2 | 3 | 4, { name: string; hint: string; setBy?: readonly string[] }>
> = {
  1: {
    name: 'Sensitive parts',
    hint: 'The parts you tick are open to the allocated worker and the manager alone; the rest stays as it is',
  },
  2: {
    name: 'The whole record',
    hint: 'Open to people who are named for it, and to the head of service; on no list and in no search of anybody else',
  },
  3: {
    name: 'Sealed',
    hint: 'Open to named adoption workers alone. Does not lapse',
    setBy: ['A-SM', 'A-ADO'],
  },
  4: {
    name: 'Not to be known',
    hint: 'Open to two named people; nobody else can tell that the record exists',
    setBy: ['A-SM'],
  },
}

/** Why a record is restricted (governance E.3). */
export const restrictionReasons = {
  staff: 'A worker of this service, or a relative of one',
  'public-office': 'A councillor, or somebody in the public eye',
  protection: 'Witness protection, or an identity that is protected',
  threat: 'A threat to a worker or to the family',
  allegation: 'An allegation against somebody who works with children',
  'practice-review': 'A practice review',
  court: 'A court has ordered it',
  confidence: 'Something told in confidence, or very private',
  other: 'Something else',
} as const

/** What can be closed by itself: field groups of the record. */
export const sensitiveSections = {
  F12: 'Assessments',
  F13: 'Section 47 enquiries',
  F18: 'Health in detail',
  F19: 'Offending and allegations',
  F23: 'What is known of the adults, their health too',
  F25: 'Case notes',
  F28: 'The child’s wishes and words',
  F36: 'Who told us, if a member of the public',
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
