/** What a note can be about (the domain foundation.note_kind, practice 12.1), as a worker says it. */
export const noteKinds = {
  visit: 'Visit',
  telephone: 'Telephone call',
  message: 'E-mail or message',
  letter: 'Letter',
  meeting: 'Meeting',
  'direct-work': 'Direct work',
  discussion: 'Talk with another professional',
  oversight: 'Management oversight',
  supervision: 'Supervision decision',
  'failed-contact': 'Tried to reach somebody',
  'file-note': 'File note',
  legal: 'Legal advice',
  other: 'Something else',
} as const
export type NoteKind = keyof typeof noteKinds

/** What a visit is made under: the clock that it satisfies. */
export const visitKinds = {
  'child-in-need': 'Child in need',
  'child-protection': 'Child protection',
  'looked-after': 'Looked after',
  'leaving-care': 'Leaving care',
  'private-fostering': 'Private fostering',
  assessment: 'Assessment',
  other: 'Other',
} as const
export type VisitKind = keyof typeof visitKinds

export const notePlaces = {
  home: 'At home',
  placement: 'Where they are placed',
  school: 'School',
  nursery: 'Nursery',
  office: 'Office',
  hospital: 'Hospital',
  online: 'Online',
  elsewhere: 'Elsewhere',
} as const
export type NotePlace = keyof typeof notePlaces

/** Why a child was not seen: it is recorded, and satisfies no clock (practice 0.4, 8). */
export const notSeenReasons = {
  'nobody-in': 'Nobody in',
  refused: 'Refused',
  'child-out': 'Out or at school',
  'child-asleep': 'Asleep',
  cancelled: 'Cancelled',
  'not-safe': 'Not safe to go in',
  other: 'Another reason',
} as const
export type NotSeenReason = keyof typeof notSeenReasons
