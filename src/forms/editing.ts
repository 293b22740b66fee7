import { type Definition, definition, type Question, questionsOf, type Section } from './definition.ts'

/** A form after an edit; or what is wrong with it, in words. */
export type Edited = { readonly form: Definition } | { readonly wrong: string }

const parsed = (form: unknown): Edited => {
  const found = definition.safeParse(form)
  return found.success
    ? { form: found.data }
    : { wrong: found.error.issues.map(({ message }) => message).join('. ') }
}

const withSections = (
  form: Definition,
  change: (sections: readonly Section[]) => readonly unknown[],
): Edited => parsed({ ...form, sections: change(form.sections) })

/** A key made of words, as yet in no use: 'What the child says' is `what-the-child-says`. */
export function keyFor(words: string, used: ReadonlySet<string>): string {
  const plain = words
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .split('-')
    .slice(0, 6)
    .join('-')
  const base = plain || 'question'
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? base : `${base}-${n}`
    if (!used.has(key)) return key
  }
}

export const sectionKeys = (form: Definition) => new Set(form.sections.map(({ key }) => key))
export const questionKeys = (form: Definition) => new Set(questionsOf(form).map(({ key }) => key))

/** Puts a question into its section: in place of the one of its key, or as the last. */
export const withQuestion = (form: Definition, section: string, question: unknown, key: string): Edited =>
  withSections(form, (sections) =>
    sections.map((one) => {
      if (one.key !== section) return one
      const at = one.questions.findIndex((other) => other.key === key)
      const questions: unknown[] = [...one.questions]
      questions.splice(at < 0 ? questions.length : at, at < 0 ? 0 : 1, question)
      return { ...one, questions }
    }),
  )

/** Puts a section’s words and condition; a new one comes last, with its first question. */
export const withSection = (form: Definition, section: Section): Edited =>
  withSections(form, (sections) =>
    sections.some(({ key }) => key === section.key)
      ? sections.map((one) => (one.key === section.key ? section : one))
      : [...sections, section],
  )

const swapped = <T>(list: readonly T[], at: number, by: 1 | -1): T[] => {
  const moved = [...list]
  const [one] = moved.splice(at, 1)
  moved.splice(Math.max(0, at + by), 0, one!)
  return moved
}

/** Moves a section, or a question of it, one place; at the end of its section a question goes over into the next. */
export function moved(
  form: Definition,
  { section, question, by }: { section: string; question?: string | undefined; by: 1 | -1 },
): Edited {
  const place = form.sections.findIndex(({ key }) => key === section)
  if (!question) return withSections(form, (sections) => swapped(sections, place, by))
  const from = form.sections[place]!
  const at = from.questions.findIndex(({ key }) => key === question)
  const inside = at + by >= 0 && at + by < from.questions.length
  if (inside)
    return withSections(form, (sections) =>
      sections.map((one) => (one === from ? { ...one, questions: swapped(one.questions, at, by) } : one)),
    )
  const into = form.sections[place + by]
  if (!into) return { form }
  return withSections(form, (sections) =>
    sections
      .map((one) => {
        if (one === from) return { ...one, questions: one.questions.filter(({ key }) => key !== question) }
        if (one !== into) return one
        return {
          ...one,
          questions:
            by > 0 ? [from.questions[at]!, ...one.questions] : [...one.questions, from.questions[at]!],
        }
      })
      .filter(({ questions }) => questions.length > 0),
  )
}

/** Takes a question out, or a whole section; a section without questions goes with its last. */
export const without = (
  form: Definition,
  { section, question }: { section: string; question?: string | undefined },
): Edited =>
  withSections(form, (sections) =>
    sections
      .map((one) =>
        one.key === section && question
          ? { ...one, questions: one.questions.filter(({ key }) => key !== question) }
          : one,
      )
      .filter(({ key, questions }) => questions.length > 0 && (question || key !== section)),
  )

/** Lists typed a line each: 'Came to it' or 'came | Came to it | a hint'; keys are made where none is given. */
export function linesToOptions(text: string): { value: string; text: string; hint?: string }[] {
  const used = new Set<string>()
  return text
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .filter(([first]) => first)
    .map(([first, words, hint]) => {
      const value = words ? first! : keyFor(first!, used)
      used.add(value)
      return { value, text: words || first!, ...(hint ? { hint } : {}) }
    })
}

export const optionsToLines = (options: Question['options']): string =>
  (options ?? []).map(({ value, text, hint }) => [value, text, hint].filter(Boolean).join(' | ')).join('\n')

export const linesToColumns = (text: string): { key: string; text: string; kind: 'text' | 'date' }[] =>
  linesToOptions(text).map(({ value, text: words, hint }) => ({
    key: value,
    text: words,
    kind: hint === 'date' ? 'date' : 'text',
  }))

export const columnsToLines = (columns: Question['columns']): string =>
  (columns ?? [])
    .map(({ key, text, kind }) => [key, text, ...(kind === 'date' ? ['date'] : [])].join(' | '))
    .join('\n')
