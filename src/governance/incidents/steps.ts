import { z } from 'zod'
import { choice, day, optionalText, text, time, wholeNumber } from '../../web/form.ts'
import { riskQuestions, type StepKind } from './model.ts'

/** A field of a step's form. */
export interface StepField {
  readonly name: string
  readonly label: string
  readonly kind: 'words' | 'line' | 'choice' | 'scale'
  readonly hint?: string
  readonly options?: Readonly<Record<string, string>>
}

const words = (name: string, label: string, hint?: string): StepField => ({
  name,
  label,
  kind: 'words',
  ...(hint ? { hint } : {}),
})
const line = (name: string, label: string, hint?: string): StepField => ({
  name,
  label,
  kind: 'line',
  ...(hint ? { hint } : {}),
})

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
export const stepFields: Readonly<Record<StepKind, readonly StepField[]>> = {
  safety: [
    words('plan', 'What is done to keep people safe', 'Who is moved, warned, or watched over; who decides'),
    line('manager', 'With which manager'),
  ],
  containment: [words('what', 'What was done to get it back or to stop it going on')],
  risk: [
    ...Object.entries(riskQuestions).map(([name, label]): StepField => ({ name, label, kind: 'scale' })),
    { name: 'risk', label: 'Your judgement', kind: 'choice', options: risks },
    words('why', 'Why', 'Say more where you judge otherwise than the answers propose'),
  ],
  regulator: [
    { name: 'phase', label: 'What is sent', kind: 'choice', options: phases },
    words('nature', 'What happened, in words for the regulator'),
    line('people', 'About how many people, of which kinds'),
    line('records', 'About how many records, of which kinds'),
    words('consequences', 'What may follow from it'),
    words('measures', 'What was done and will be done'),
    line('theirReference', 'Their reference', 'When they have given one'),
    words('late', 'Why it was not sent within 72 hours', 'Only when it is late'),
  ],
  told: [
    { name: 'whom', label: 'Who was told', kind: 'choice', options: audiences },
    line('channel', 'How: by visit, telephone, letter'),
    line('safeContact', 'How you made sure that it is safe to reach them this way'),
    words(
      'said',
      'What they were told',
      'What happened, what may follow, what we do, what they can do, whom to ask',
    ),
  ],
  'not-told': [
    words(
      'why',
      'Why they are not told',
      'It was encrypted; the risk is gone; it would take more than is fair: then how the public is told',
    ),
  ],
  partner: [
    line('whom', 'Who was told', 'Police, another council, the NHS, insurers'),
    words('said', 'What they were told'),
  ],
  lesson: [words('learnt', 'What was learnt'), words('changes', 'What changes, and who sees to it')],
  note: [words('words', 'Note')],
  closed: [words('outcome', 'Outcome')],
  reopened: [words('why', 'Why it is opened again')],
}

const optional = new Set(['manager', 'theirReference', 'late', 'changes'])

/** What a step's form holds. `late` is asked for by the page, which knows the clock. */
export function stepSchema(kind: StepKind) {
  const shape = Object.fromEntries(
    stepFields[kind].map(({ name, label, kind: how, options }) => {
      if (how === 'scale') return [name, wholeNumber(`${label} Choose from 0 to 4`, 0, 4)]
      if (how === 'choice')
        return [
          name,
          choice(Object.keys(options!) as [string, ...string[]], `Choose: ${label.toLowerCase()}`),
        ]
      return [name, optional.has(name) ? optionalText(5000) : text(`Say it: ${label.toLowerCase()}`, 5000)]
    }),
  )
  return z.object({
    ...shape,
    day: day('Say on which day', { notAfterToday: 'It happened today or before' }),
    time: time('Say at what time'),
  })
}

/** A step's answers as they are read, in the order of the form. */
export const shownStep = (kind: StepKind, body: Readonly<Record<string, unknown>>) =>
  stepFields[kind].flatMap(({ name, label, options }) => {
    const value = body[name]
    if (value === undefined || value === null || value === '') return []
    const said = String(value)
    return [{ key: label, value: options && Object.hasOwn(options, said) ? options[said]! : said }]
  })
