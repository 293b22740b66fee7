import {
  choiceField,
  type ListedField,
  lineField,
  listedForm,
  shownFields,
  wordsField,
} from '../web/field-list.ts'
import { day } from '../web/form.ts'
import type { RequestKind, StepKind } from './model.ts'

export const stepWords: Readonly<Record<StepKind, string>> = {
  acknowledged: 'Acknowledged',
  'id-asked': 'Proof of who asks: asked for',
  'id-received': 'Who asks is known',
  authority: 'May ask for somebody else',
  competence: 'Whether the child decides',
  'clarification-asked': 'What is meant: asked',
  'clarification-received': 'What is meant: answered',
  'fee-asked': 'Fee asked for',
  'fee-paid': 'Fee paid',
  extended: 'Extended',
  subject: 'Whom it is about',
  note: 'Note',
  answered: 'Answered',
  closed: 'Closed',
  reopened: 'Opened again',
}

const yesNo = { yes: 'Yes', no: 'No' }
const identity = {
  known: 'Their worker knows them',
  papers: 'They showed papers: seen, and not kept',
  details: 'They knew old details that only they would know',
  attended: 'They came in person and were recognised',
}
const authorities = {
  responsibility: 'Parental responsibility, with evidence',
  signed: 'Signed authority',
  court: 'An order of a court',
  none: 'None that holds: they were told so',
}
const outcomes = {
  granted: 'Done as asked',
  partly: 'Done in part',
  refused: 'Refused',
  withdrawn: 'Taken back by who asked',
  nothing: 'Nothing is held',
}
const found = { found: 'Somebody in the record', nobody: 'Nobody in the record' }

/** What is asked for each kind of step. */
export const stepFields: Readonly<Record<StepKind, readonly ListedField[]>> = {
  acknowledged: [lineField('how', 'How they were told that we have it')],
  'id-asked': [
    wordsField('what', 'What was asked for', {
      hint: 'No more than is needed; nothing where their worker knows them',
    }),
  ],
  'id-received': [
    choiceField('how', 'How you know who asks', identity),
    wordsField('words', 'In words', { optional: true }),
  ],
  authority: [
    choiceField('by', 'By what', authorities),
    wordsField('evidence', 'The evidence', { hint: 'Which fact, order or paper; until when' }),
  ],
  competence: [
    choiceField('competent', 'Does the child understand what it means to ask, and to have it read?', yesNo, {
      hint: 'No age decides it; how the child was helped to understand belongs below',
    }),
    choiceField('agrees', 'Does the child agree?', yesNo, { optional: true }),
    wordsField('assessed', 'How and by whom it was assessed'),
    wordsField(
      'bestInterests',
      'Where the child does not agree: why it is in the child’s best interests all the same',
      { optional: true },
    ),
  ],
  'clarification-asked': [wordsField('what', 'What was asked')],
  'clarification-received': [wordsField('what', 'What they answered')],
  'fee-asked': [
    wordsField('why', 'Why a fee is fair', { hint: 'Only for what is manifestly unfounded or excessive' }),
    lineField('amount', 'How much'),
  ],
  'fee-paid': [lineField('amount', 'How much')],
  extended: [
    wordsField('why', 'Why it takes longer, as they were told', {
      hint: 'Complex, or many requests; told within the first month',
    }),
  ],
  subject: [
    choiceField('which', 'Who it is about', found),
    lineField('reference', 'Their reference in the record', { optional: true, hint: 'P-…' }),
  ],
  note: [wordsField('words', 'Note')],
  answered: [
    choiceField('outcome', 'Outcome', outcomes),
    wordsField('told', 'What they were told', {
      hint: 'With how to complain to us, to the regulator, and to go to court',
    }),
    wordsField('exemptions', 'What was left out, and by which exemption', { optional: true }),
    wordsField('recipients', 'Who else was told of a correction (Article 19)', { optional: true }),
  ],
  closed: [wordsField('words', 'How it ended', { optional: true })],
  reopened: [wordsField('why', 'Why it is opened again')],
}

/** The steps that make sense for a kind of request. */
export const stepsFor = (kind: RequestKind): StepKind[] => {
  const givesOut = kind === 'access' || kind === 'portability'
  return (Object.keys(stepWords) as StepKind[]).filter((one) => {
    if (one === 'authority' || one === 'competence') return givesOut || kind === 'rectification'
    if (kind === 'representation') return !/^(id|clarification|fee)-/.test(one)
    return true
  })
}

export const stepSchema = (kind: StepKind) =>
  listedForm(stepFields[kind], {
    on: day('Say on which day', { notAfterToday: 'It happened today or before' }),
  })

/** A step's answers as they are read, in the order of the form. */
export const shownStep = (kind: StepKind, body: Readonly<Record<string, unknown>>) =>
  shownFields(stepFields[kind], body)
