import {
  choiceField,
  type ListedField,
  lineField,
  listedForm,
  shownFields,
  wordsField,
} from '../../web/field-list.ts'
import { day, time } from '../../web/form.ts'
import { riskQuestions, type StepKind } from './model.ts'

const risks = { unlikely: 'Unlikely to be a risk', risk: 'A risk', high: 'A high risk' }
const phases = { initial: 'First notification', further: 'Further information' }
const audiences = {
  child: 'A child or young person',
  parent: 'A parent or carer',
  adult: 'Another adult',
  survivor: 'Somebody who was harmed by whoever has it',
  professional: 'A professional',
}

/** What is asked for each kind of step. */
export const stepFields: Readonly<Record<StepKind, readonly ListedField[]>> = {
  safety: [
    wordsField('plan', 'What is done to keep people safe', {
      hint: 'Who is moved, warned, or watched over; who decides',
    }),
    lineField('manager', 'With which manager', { optional: true }),
  ],
  containment: [wordsField('what', 'What was done to get it back or to stop it going on')],
  risk: [
    ...Object.entries(riskQuestions).map(([name, label]): ListedField => ({ name, label, kind: 'scale' })),
    choiceField('risk', 'Your judgement', risks),
    wordsField('why', 'Why', { hint: 'Say more where you judge otherwise than the answers propose' }),
  ],
  regulator: [
    choiceField('phase', 'What is sent', phases),
    wordsField('nature', 'What happened, in words for the regulator'),
    lineField('people', 'About how many people, of which kinds'),
    lineField('records', 'About how many records, of which kinds'),
    wordsField('consequences', 'What may follow from it'),
    wordsField('measures', 'What was done and will be done'),
    lineField('theirReference', 'Their reference', { optional: true, hint: 'When they have given one' }),
    wordsField('late', 'Why it was not sent within 72 hours', {
      optional: true,
      hint: 'Only when it is late',
    }),
  ],
  told: [
    choiceField('whom', 'Who was told', audiences),
    lineField('channel', 'How: by visit, telephone, letter'),
    lineField('safeContact', 'How you made sure that it is safe to reach them this way'),
    wordsField('said', 'What they were told', {
      hint: 'What happened, what may follow, what we do, what they can do, whom to ask',
    }),
  ],
  'not-told': [
    wordsField('why', 'Why they are not told', {
      hint: 'It was encrypted; the risk is gone; it would take more than is fair: then how the public is told',
    }),
  ],
  partner: [
    lineField('whom', 'Who was told', { hint: 'Police, another council, the NHS, insurers' }),
    wordsField('said', 'What they were told'),
  ],
  lesson: [
    wordsField('learnt', 'What was learnt'),
    wordsField('changes', 'What changes, and who sees to it', { optional: true }),
  ],
  note: [wordsField('words', 'Note')],
  closed: [wordsField('outcome', 'Outcome')],
  reopened: [wordsField('why', 'Why it is opened again')],
}

/** What a step's form holds. That the notification is late is asked for by the page, which knows the clock. */
export const stepSchema = (kind: StepKind) =>
  listedForm(stepFields[kind], {
    day: day('Say on which day', { notAfterToday: 'It happened today or before' }),
    time: time('Say at what time'),
  })

/** A step's answers as they are read, in the order of the form. */
export const shownStep = (kind: StepKind, body: Readonly<Record<string, unknown>>) =>
  shownFields(stepFields[kind], body)
