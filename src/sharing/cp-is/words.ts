import type { Saying } from '../outbox/partner.ts'

/** Codes of problems, refusals and waiting, in words for whoever mends them. */
const sayings: Readonly<Record<string, Saying>> = {
  'no-number': {
    text: 'No NHS number is on record, so the NHS cannot see the alert',
    mend: 'Ask the family’s health visitor, GP or school nurse for the number, or trace it, and enter it on the record. The alert goes by itself then.',
  },
  'number-wrong': {
    text: 'The NHS number on record cannot be one: its last digit does not fit',
    mend: 'Compare it with the letter it was taken from and correct it on the record.',
  },
  'two-numbers': {
    text: 'Two NHS numbers are on record, and both hold',
    mend: 'Find out which is the person’s, and end the other on the record.',
  },
  'not-traced': {
    text: 'Nobody has checked that the NHS number is this person’s',
    mend: 'Trace it: number, name and date of birth must agree. Record that on the page NHS alerts of the record.',
  },
  'number-inactive': {
    text: 'The NHS no longer uses the number on record: the alert cannot be seen',
    mend: 'Trace the person’s number of today. If the NHS named another, check that it is the same person before you enter it.',
  },
  'mother-number': {
    text: 'The mother’s NHS number is missing, or nobody has checked it: the alert of an unborn child is held against hers',
    mend: 'Ask the midwife for her number, trace it, and enter it on the mother’s record.',
  },
  'no-mother': {
    text: 'An unborn child has a plan, and the record does not say who its mother is',
    mend: 'Add the mother to the child’s family.',
  },
  'no-name': {
    text: 'The given or the family name is missing',
    mend: 'Enter the registered name on the record.',
  },
  'no-birth-date': {
    text: 'The date of birth is missing',
    mend: 'Enter it on the record, or for an unborn child when it is expected.',
  },
  hidden: {
    text: 'The record must not be known to be there, so nothing is sent by itself',
    mend: 'The people named for it decide with the safeguarding lead what health is told, and how.',
  },
  sensitive: {
    text: 'The NHS keeps this person’s details back (a sensitive record), and takes no alert',
    mend: 'The safeguarding lead arranges with the named nurse how health is told. Nothing is tried again until the record changes.',
  },
  'to-delete': {
    text: 'The NHS shows an alert for which the record has no reason',
    mend: 'Look whether the plan was recorded in error. If so, ask on the page NHS alerts of the record that it is deleted; a manager decides.',
  },
  'end-refused': {
    text: 'The plan has ended, and the NHS refuses the end: a child is shown to be at risk who is not',
    mend: 'Mend what it says of number, name or date of birth. If the end is about a year old, only deleting helps: ask for it on the page NHS alerts of the record.',
  },
  CPR01: {
    text: 'The NHS knows no such NHS number',
    mend: 'Trace the number anew and correct it on the record.',
  },
  CPR02: {
    text: 'The NHS keeps this person’s details back (a sensitive record), and takes no alert',
    mend: 'The safeguarding lead arranges with the named nurse how health is told.',
  },
  CPR03: {
    text: 'The number is not this person’s, as far as the NHS can tell: name or date of birth do not agree',
    mend: 'Compare the registered name and date of birth with the family’s documents and with health. Correct them here, or ask the GP to correct them there.',
  },
  CPR04: {
    text: 'The NHS does not take this form of number',
    mend: 'Enter the number of ten digits; an old form is not used any more.',
  },
  CPR05: {
    text: 'The person has a newer NHS number',
    mend: 'Trace the new number, check that it is the same person, and enter it on the record.',
  },
  CPR07: {
    text: 'The NHS did not take it, for a reason of its own',
    mend: 'The reason stands beside the alert as the NHS gave it. Where it is not clear, ask the national service desk.',
  },
  CPF01: {
    text: 'The NHS could not read the file',
    mend: 'Whoever looks after this service looks into it. What was in the file is sent again.',
  },
  CPF05: {
    text: 'The NHS’s own register was out of order',
    mend: 'Nothing to do: it is sent again by itself.',
  },
  CPF06: {
    text: 'The NHS no longer takes files in this way',
    mend: 'Whoever looks after this service rings the national service desk.',
  },
  undelivered: {
    text: 'The file was not collected in time',
    mend: 'Nothing to do: it is sent again by itself.',
  },
  overdue: {
    text: 'No answer came in time',
    mend: 'It is sent again by itself. If that happens again, ring the national service desk.',
  },
  uncertain: {
    text: 'The answer does not say what became of it',
    mend: 'Nothing to do: it is sent again by itself.',
  },
  away: {
    text: 'MESH was not reached',
    mend: 'Nothing to do: it is tried again by itself, later and later.',
  },
  'in-flight': { text: 'An earlier file is not answered yet', mend: 'Nothing to do: it follows.' },
  'asked-again': { text: 'Somebody asked for another try', mend: 'It goes with the next file.' },
  unsendable: {
    text: 'It cannot be written as the NHS takes it',
    mend: 'Look at number, names and dates on the record; whoever looks after this service helps.',
  },
}

const unknown: Saying = {
  text: 'It did not go through',
  mend: 'Whoever looks after this service looks into it.',
}

/** What a code says, and what to do. */
export const sayingOf = (code: string): Saying => (Object.hasOwn(sayings, code) ? sayings[code]! : unknown)

/** Why the exchange as a whole has stopped. */
const stops: Readonly<Record<string, string>> = {
  'not-let-in':
    'MESH does not let us in: mailbox, password, shared key or certificate are wrong or have run out. Trying on would make it worse.',
  refused:
    'MESH refuses our messages. Its code says why: 06 to 08 headers, 12 the recipient’s mailbox, 15 a file it cannot read, 16 and 17 the workflow.',
  CPF06: 'The NHS no longer takes files in this way.',
}

export const stopOf = (code: string): string =>
  Object.hasOwn(stops, code) ? stops[code]! : 'Something went wrong that does not pass by itself.'

/** States of an alert, as the record shows them. */
export const stateWords = {
  sent: 'Sent, not answered yet',
  live: 'The NHS shows it',
  ended: 'The NHS shows that it has ended',
  deleted: 'The NHS has deleted it',
  rejected: 'The NHS did not take it',
  'cannot-share': 'The NHS takes no alert for this person',
  uncertain: 'Sent; what became of it is not known, so it is sent again',
  closed: 'Nothing more is sent',
} as const

export const planWords = {
  CPP: 'Child protection plan',
  LAC: 'Looked after',
  UCP: 'Plan of an unborn child, held against the mother',
} as const

/** What a worker found out after health had looked. */
export const outcomeWords = {
  expected: 'It was known, and expected',
  'contacted-health': 'Spoke with health',
  'added-to-plan': 'Added to what the plan or the assessment knows',
  'strategy-considered': 'A strategy discussion was considered',
  'no-action': 'Nothing needs to be done',
} as const

export const traceWords = {
  verified: 'Checked: number, name and date of birth agree',
  'not-matched': 'Traced, and they do not agree',
  inactive: 'No longer used',
  superseded: 'Replaced by another number',
  sensitive: 'Sensitive: the NHS keeps details back',
} as const

export const methodWords = {
  pds: 'The NHS’s register (PDS)',
  batch: 'Batch tracing',
  'health-professional': 'Told by a health professional',
  document: 'A document of the NHS',
  'cp-is': 'Told by CP-IS',
} as const
