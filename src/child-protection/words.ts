/** The words of what this area records, by the codes its tables keep. */

export const agencies = {
  'social-care': 'Children’s social care',
  police: 'Police',
  health: 'Health',
  education: 'School or nursery',
  family: 'Family',
  child: 'The child',
  advocate: 'Advocate',
  legal: 'Legal adviser',
  probation: 'Probation',
  housing: 'Housing',
  voluntary: 'Voluntary organisation',
  'other-authority': 'Another authority',
  other: 'Somebody else',
} as const satisfies Record<string, string>
export type Agency = keyof typeof agencies

export const manners = {
  meeting: 'In a room',
  video: 'By video',
  telephone: 'By telephone',
} as const satisfies Record<string, string>

export const attendances = {
  attended: 'Came',
  apologies: 'Sent apologies',
  'did-not-come': 'Did not come',
  'kept-out': 'Kept out, with a reason',
} as const satisfies Record<string, string>
export type Attendance = keyof typeof attendances

/** How sure what an agency told is. */
export const confidences = {
  'first-hand': 'Seen or heard themselves',
  'on-paper': 'From a record or document',
  'second-hand': 'Told by somebody else',
  'not-checked': 'Not checked yet',
} as const satisfies Record<string, string>
export type Confidence = keyof typeof confidences

export const harms = {
  neglect: 'Neglect',
  physical: 'Physical harm',
  sexual: 'Sexual harm',
  emotional: 'Emotional harm',
  exploitation: 'Exploitation',
  'domestic-abuse': 'Domestic abuse',
} as const satisfies Record<string, string>

export const discussionDecisions = {
  'section-47-single': 'A section 47 enquiry, by social care alone',
  'section-47-joint': 'A section 47 enquiry, together with the police',
  'enquiry-goes-on': 'The enquiry that is open goes on',
  'further-assessment': 'No enquiry: the assessment goes on',
  none: 'No enquiry, and nothing further under this',
} as const satisfies Record<string, string>
export type DiscussionDecision = keyof typeof discussionDecisions

export const seenAs = {
  alone: 'Seen alone',
  'with-others': 'Seen, others there',
  'not-seen': 'Not seen',
} as const satisfies Record<string, string>

export const medicals = {
  'not-needed': 'Considered, and not needed',
  'to-come': 'Agreed, and still to come',
  done: 'Done',
  refused: 'Refused',
} as const satisfies Record<string, string>

/** What an enquiry found (practice 4.2). */
export const outcomes = {
  'not-substantiated': 'Concerns not borne out: no further action under this',
  'not-substantiated-in-need': 'Concerns not borne out, but the child is in need',
  'no-continuing-risk': 'Borne out, and the child is not at continuing risk of significant harm',
  conference: 'Borne out, and the child is at continuing risk: a child protection conference',
  'on-plan-already': 'The child is on a child protection plan: it is looked at again there',
  'legal-action': 'Court or other legal action at once',
} as const satisfies Record<string, string>
export type Outcome = keyof typeof outcomes

export const conferenceKinds = {
  initial: 'Initial conference',
  'pre-birth': 'Conference before birth',
  'transfer-in': 'Conference on moving here',
  review: 'Review conference',
} as const satisfies Record<string, string>
export type ConferenceKind = keyof typeof conferenceKinds

export const conferenceDecisions = {
  plan: 'A child protection plan begins',
  'no-plan': 'No child protection plan',
  continue: 'The plan goes on',
  end: 'The plan ends',
} as const satisfies Record<string, string>
export type ConferenceDecision = keyof typeof conferenceDecisions

export const planParts = {
  danger: 'What we are worried about',
  strength: 'What is going well',
  outcome: 'What must change',
  action: 'Who does what',
  safety: 'How the child is kept safe meanwhile',
  contingency: 'What happens if things do not change',
} as const satisfies Record<string, string>
export type PlanPart = keyof typeof planParts

export const progresses = {
  'not-begun': 'Not begun',
  'under-way': 'Under way',
  done: 'Done',
  'not-done': 'Will not be done',
} as const satisfies Record<string, string>
export type Progress = keyof typeof progresses

/** Why a plan ended; those after the first two need no conference (practice 5.1). */
export const endReasons = {
  'no-longer-at-risk': 'No longer at risk of significant harm',
  'looked-after': 'Looked after, and protected by that',
  'moved-away': 'Moved: another authority’s conference took over',
  eighteen: 'Turned 18',
  died: 'Died',
  abroad: 'Moved abroad for good',
  'not-born': 'Not born alive',
} as const satisfies Record<string, string>
export type EndReason = keyof typeof endReasons

/** Words as options of a field. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }))

/** The codes of words, for a schema. */
export const codesOf = <T extends object>(words: T) =>
  Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]
