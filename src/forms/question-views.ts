import type { FormView } from '../web/form.ts'
import {
  answerWords,
  cellName,
  choosesSeveral,
  eachName,
  holds,
  mostRows,
  type Offer,
  onceName,
  optionsOf,
  takeName,
} from './answering.ts'
import {
  type Condition,
  type Definition,
  groupOf,
  type Question,
  questionsOf,
  type Section,
} from './definition.ts'
import type { OpenWork } from './open-work.ts'

/** A field as the template draws it. */
interface FieldView {
  readonly name: string
  /** The child it is for; absent where it is for all of them. */
  readonly child?: string | undefined
  readonly widget: 'line' | 'paragraphs' | 'radios' | 'ticks' | 'select' | 'rows'
  readonly hint?: string | undefined
  readonly inputmode?: string | undefined
  readonly list?: string | undefined
  readonly options: readonly { value: string; text: string; hint?: string | undefined }[]
  readonly columns: readonly { key: string; text: string; kind: string }[]
  /** For rows: the names of their cells, one empty row more than are filled. */
  readonly rows: readonly (readonly string[])[]
  readonly filled: boolean
  /** The field whose answer shows this one, with the answers that do: for the page to hide it as they change. */
  readonly shownBy?: { readonly name: string; readonly is?: readonly string[] | undefined } | undefined
}

/** A question as the template draws it. */
export interface QuestionView {
  readonly key: string
  readonly label: string
  readonly guidance?: string | undefined
  readonly required: boolean
  readonly statutory: boolean
  readonly statement: boolean
  /** Not open to the reader for writing. */
  readonly closed: boolean
  /** In words, where another question of the same page decides whether it is asked. */
  readonly condition?: string | undefined
  /** For all the children; and for each, or where something is otherwise for one. */
  readonly once?: FieldView | undefined
  readonly each: readonly FieldView[]
  readonly offers: readonly { name: string; who: string; words: string; title: string; day: string }[]
}

/** A section with the questions its page shows: what an earlier page decides against is not there; what this page decides is. */
export function shownOf(work: OpenWork, section: Section): Section {
  const here = new Set(section.questions.map(({ key }) => key))
  return {
    ...section,
    questions: section.questions.filter(
      ({ showWhen }) =>
        !showWhen ||
        here.has(showWhen.question) ||
        work.forms.some(({ person }) => holds(showWhen, work.answersOfChild(person))),
    ),
  }
}

/** A section’s questions for its children, as the page shows them. */
export function questionViews(
  work: OpenWork,
  section: Section,
  {
    form,
    offers,
    relatives,
  }: {
    form: FormView
    offers: (child: string, question: string) => Offer | undefined
    relatives: readonly string[]
  },
): QuestionView[] {
  const here = new Set(section.questions.map(({ key }) => key))
  const { form: definition } = work.version
  return shownOf(work, section).questions.map((question): QuestionView => {
    const once = question.siblings === 'once'
    const showWhen = question.showWhen && here.has(question.showWhen.question) ? question.showWhen : undefined
    const fieldOf = (name: string, child?: { person: string; name: string }): FieldView => ({
      ...fieldView(question, name, form, relatives),
      child: child?.name,
      shownBy: showWhen && {
        name: shownBy(definition, showWhen, child?.person ?? work.forms[0]!.person),
        is: showWhen.is,
      },
    })
    const given = work.forms.flatMap(({ person, name }) => {
      const offer = offers(person, question.key)
      return offer && !work.answersOfChild(person).has(question.key)
        ? [{ name: takeName(once ? 'once' : person, question.key), who: name, ...said(question, offer) }]
        : []
    })
    return {
      key: question.key,
      label: question.label,
      guidance: question.guidance,
      required: question.required,
      statutory: question.binding !== undefined,
      statement: question.kind === 'statement',
      closed: !work.writable.includes(groupOf(definition, question)),
      condition: showWhen && conditionWords(definition, showWhen),
      once: once ? fieldOf(onceName(question.key)) : undefined,
      each:
        once && work.forms.length === 1
          ? []
          : work.forms.map((child) => fieldOf(eachName(child.person, question.key), child)),
      // What is the same for all is offered once.
      offers: once && new Set(given.map(({ words }) => words)).size === 1 ? given.slice(0, 1) : given,
    }
  })
}

const said = (question: Question, { value, source }: Offer) => ({
  words: answerWords(question, value),
  title: source.title,
  day: source.day,
})

const shownBy = (form: Definition, { question }: Condition, child: string): string =>
  questionsOf(form).find(({ key }) => key === question)?.siblings === 'once'
    ? onceName(question)
    : eachName(child, question)

/** When a question is asked, in words: ‘Was this child seen?’ is Yes. */
export function conditionWords(form: Definition, { question, is }: Condition): string {
  const asked = questionsOf(form).find(({ key }) => key === question)
  if (!asked) return ''
  const answers = is?.map((value) => optionsOf(asked).find((one) => one.value === value)?.text ?? value)
  return `‘${asked.label}’ is ${answers ? answers.join(' or ') : 'answered'}`
}

function fieldView(
  question: Question,
  name: string,
  { values }: FormView,
  relatives: readonly string[],
): FieldView {
  const options = optionsOf(question)
  const rows =
    question.kind === 'table'
      ? Array.from({ length: mostRows }, (_, row) =>
          question.columns!.map(({ key }) => cellName(name, row, key)),
        )
      : []
  const used = rows.findLastIndex((cells) => cells.some((cell) => values[cell]))
  return {
    name,
    widget: widgetOf(question, options.length),
    hint: question.kind === 'date' ? 'Like 23/11/2026' : undefined,
    inputmode: ['date', 'number'].includes(question.kind) ? 'numeric' : undefined,
    list: question.kind === 'person' && relatives.length > 0 ? relatives.join('\n') : undefined,
    options,
    columns: question.columns ?? [],
    rows: rows.slice(0, Math.max(used + 2, 2)),
    filled: used >= 0 || Boolean(values[name]?.length),
  }
}

function widgetOf(question: Question, options: number): FieldView['widget'] {
  if (question.kind === 'table') return 'rows'
  if (question.kind === 'long-text' || question.kind === 'address') return 'paragraphs'
  if (choosesSeveral(question)) return 'ticks'
  if (options === 0) return 'line'
  return options > 12 ? 'select' : 'radios'
}
