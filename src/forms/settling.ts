import { createHash } from 'node:crypto'
import type { FormView } from '../web/form.ts'
import type { Day } from '../web/words.ts'
import { cellName, eachName, type FormChild, mostRows, onceName, readField } from './answering.ts'
import type { Question, Section } from './definition.ts'

type Values = FormView['values']

/** A field of a page: the question it answers, for all the children or for one. */
interface Unit {
  readonly question: Question
  readonly name: string
}

/** Every field that a page of a form can have. */
export const unitsOf = (section: Section, children: readonly FormChild[]): Unit[] =>
  section.questions
    .filter(({ kind }) => kind !== 'statement')
    .flatMap((question): Unit[] => [
      ...(question.siblings === 'once' ? [{ question, name: onceName(question.key) }] : []),
      ...(question.siblings === 'once' && children.length === 1
        ? []
        : children.map(({ person }) => ({ question, name: eachName(person, question.key) }))),
    ])

/** The names of a field’s inputs: one, or the cells of its rows. */
export const inputsOf = ({ question, name }: Unit): string[] =>
  question.kind === 'table'
    ? Array.from({ length: mostRows }, (_, row) =>
        question.columns!.map(({ key }) => cellName(name, row, key)),
      ).flat()
    : [name]

const short = (unit: Unit, values: Values, today: Day): string => {
  const read = readField(unit.question, unit.name, values, today)
  return createHash('sha256')
    .update(JSON.stringify('wrong' in read ? read : (read.value ?? null)))
    .digest('base64url')
    .slice(0, 12)
}

/** What stood in each field when a page was shown, in short: sent back with it, so that nobody overwrites what they have not seen. */
export const stoodIn = (section: Section, children: readonly FormChild[], values: Values, today: Day) =>
  Object.fromEntries(unitsOf(section, children).map((unit) => [unit.name, short(unit, values, today)]))

/**
 * Brings what somebody sent together with what others filed since the page was shown to them: a field that they left alone
 * keeps what stands now; one that they alone changed takes theirs; one that both changed differently is a conflict, in
 * which theirs stays on the page and nothing is filed. Pure.
 */
export function settled(
  section: Section,
  children: readonly FormChild[],
  {
    posted,
    current,
    stood,
    today,
  }: {
    posted: Values
    current: Values
    stood: Readonly<Record<string, string>>
    today: Day
  },
): { readonly values: Values; readonly conflicts: readonly string[] } {
  const values: Record<string, string | string[] | undefined> = { ...posted }
  const conflicts: string[] = []
  for (const unit of unitsOf(section, children)) {
    const [theirs, now] = [short(unit, posted, today), short(unit, current, today)]
    const known = Object.hasOwn(stood, unit.name)
    // A question that was not on their page: what stands is nothing they took out.
    const absent = !known && inputsOf(unit).every((name) => posted[name] === undefined)
    const before = known ? stood[unit.name] : now
    if (theirs === now) continue
    if (theirs === before || absent) for (const name of inputsOf(unit)) values[name] = current[name]
    else if (now !== before) conflicts.push(unit.name)
  }
  return { values, conflicts }
}
