import { randomUUID } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'
import {
  type Answer,
  type AnswerRow,
  type AnswerSource,
  type Answers,
  rowsOf,
  valueOfRows,
} from './answering.ts'
import type { ChildForm } from './areas.ts'
import { groupOf, type Question, questionsOf } from './definition.ts'
import { type Version, versionsById } from './definitions-store.ts'
import type { EarlierForm } from './flow.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** A child’s form as lists show it. */
export interface FormRow extends ChildForm {
  readonly definition: string
  readonly version: string
  readonly title: string
  readonly work: string
  readonly group: string
  readonly startedOn: Day
  readonly completedOn: Day | null
  readonly endedOn: Day | null
  readonly endedBecause: string | null
  readonly author: string | null
  readonly recordedAt: Date
}

const columns = sql`f.id as form, f.person_id as person, f.fact_id as fact, f.definition, f.version_id as version, f.title, f.work_id as work,
  f.field_group as "group", f.started_on as "startedOn", f.completed_on as "completedOn", f.ended_on as "endedOn", f.ended_because as "endedBecause",
  (select a.display_name from access.account a where a.id = f.author_id) as author, f.recorded_at as "recordedAt"`

/**
 * Begins a form for each of these children, written once for all of them. Their records must have been opened to write.
 * @param on the day it began, which may have been before today
 * @returns the id of the work
 */
export async function beginForm(
  trx: Trx,
  version: Version,
  {
    of,
    on,
    account,
  }: { of: readonly { person: string; fact?: string | undefined }[]; on: Day; account: string },
): Promise<{ work: string; forms: ChildForm[] }> {
  const work = randomUUID()
  const forms: ChildForm[] = []
  for (const { person, fact = null } of of) {
    const { rows } = await sql<{ id: string }>`
      insert into form (person_id, field_group, definition, version_id, title, work_id, started_on, fact_id, author_id)
      values (${person}, ${version.form.group}, ${version.form.key}, ${version.id}, ${version.form.title}, ${work}, ${on}, ${fact}, ${account})
      returning id`.execute(trx)
    forms.push({ form: rows[0]!.id, person, fact })
  }
  return { work, forms }
}

/** Ties a child’s form to the fact of an area it is written for. */
export async function tieToFact(trx: Trx, form: string, fact: string): Promise<void> {
  await sql`update form set fact_id = ${fact} where id = ${form}`.execute(trx)
}

/** Every form about these people, the latest first. */
export async function formsOf(trx: Trx, people: readonly string[]): Promise<readonly FormRow[]> {
  const { rows } = await sql<FormRow>`
    select ${columns} from form f where f.person_id = any (${[...people]}::uuid[]) order by f.started_on desc, f.id desc`.execute(
    trx,
  )
  return rows
}

/** The forms of one piece of work whose records are open. */
export async function formsOfWork(trx: Trx, work: string): Promise<readonly FormRow[]> {
  const { rows } = await sql<FormRow>`
    select ${columns} from form f where f.work_id = ${work} order by f.id`.execute(trx)
  return rows
}

/** Whose a piece of work is, for whoever has opened the record of one of them. */
export async function peopleOfForms(trx: Trx, work: string): Promise<readonly string[]> {
  const { rows } = await sql<{ people: string[] }>`select record.people_of_forms(${work}) as people`.execute(
    trx,
  )
  return rows[0]!.people
}

type KeptRow = AnswerRow & {
  form: string
  question: string
  shared: boolean
  source: AnswerSource | null
}

function groupedBy<T>(rows: readonly T[], of: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row])
  return groups
}

/** The answers of these forms, by form and question, as far as their field groups are open. */
export async function answersOf(
  trx: Trx,
  forms: readonly { form: string; version: string }[],
): Promise<ReadonlyMap<string, Answers>> {
  const { rows } = await sql<KeptRow>`
    select a.form_id as form, a.question, a.place, a.value, a.words, a.origin, a.about_words as about, a.child_may_read as "childMayRead",
           a.parent_may_read as "parentMayRead", a.shared, a.source
      from form_answer a where a.form_id = any (${forms.map(({ form }) => form)}::uuid[])`.execute(trx)
  const versions = await versionsById(
    trx,
    forms.map(({ version }) => version),
  )
  const byForm = groupedBy(rows, ({ form }) => form)
  return new Map(
    forms.map(({ form, version }) => {
      const kept = groupedBy(byForm.get(form) ?? [], ({ question }) => question)
      const answers = new Map<string, Answer>()
      for (const question of questionsOf(versions.get(version)!.form)) {
        const own = kept.get(question.key) ?? []
        const value = valueOfRows(question, own)
        const [first] = own.filter((row) => row.value !== null || row.words !== null)
        if (value !== undefined)
          answers.set(question.key, { value, shared: first!.shared, source: first!.source ?? undefined })
      }
      return [form, answers] as const
    }),
  )
}

/** Keeps one answer of one child’s form, or takes it out; what is the same stays as it is, with who wrote it and when. */
export async function keepAnswer(
  trx: Trx,
  { form, person }: ChildForm,
  version: Version,
  question: Question,
  answer: Answer | undefined,
): Promise<void> {
  const rows = answer ? rowsOf(question, answer) : []
  const group = groupOf(version.form, question)
  for (const row of rows) {
    await sql`
      insert into form_answer as a (person_id, form_id, field_group, question, place, value, words, origin, about_words, child_may_read,
                                    parent_may_read, shared, source)
      values (${person}, ${form}, ${group}, ${question.key}, ${row.place}, ${row.value === null ? null : JSON.stringify(row.value)}::jsonb,
              ${row.words}, ${row.origin}, ${row.about}, ${row.childMayRead}, ${row.parentMayRead}, ${answer!.shared},
              ${answer!.source ? JSON.stringify(answer!.source) : null}::jsonb)
      on conflict (form_id, question, place) do update
        set value = excluded.value, words = excluded.words, origin = excluded.origin, about_words = excluded.about_words,
            child_may_read = excluded.child_may_read, parent_may_read = excluded.parent_may_read, shared = excluded.shared, source = excluded.source
        where (a.value, a.words, a.origin, a.about_words, a.child_may_read, a.parent_may_read, a.shared)
              is distinct from (excluded.value, excluded.words, excluded.origin, excluded.about_words, excluded.child_may_read,
                                excluded.parent_may_read, excluded.shared)`.execute(trx)
  }
  await sql`
    update form_answer set value = null, words = null, source = null
     where form_id = ${form} and question = ${question.key} and place >= ${rows.length} and (value is not null or words is not null)`.execute(
    trx,
  )
}

/** Says that forms are filed, or signed, on a day; null: they are written on. */
export async function completeForms(trx: Trx, forms: readonly string[], on: Day | null): Promise<void> {
  await sql`update form set completed_on = ${on} where id = any (${[...forms]}::uuid[]) and completed_on is distinct from ${on}`.execute(
    trx,
  )
}

/** Ends forms that will not be finished: the family moved, it was begun in error. */
export async function endForms(trx: Trx, forms: readonly string[], on: Day, because: string): Promise<void> {
  await sql`
    update form set ended_on = ${on}, ended_because = ${because}
     where id = any (${[...forms]}::uuid[]) and ended_on is null and completed_on is null`.execute(trx)
}

/** A child’s form recorded on the wrong person goes to the record it belongs in, or out of every record. */
export async function moveForm(trx: Trx, form: string, to: string | null, reason: string): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select record.move_form(${form}, ${to}, ${reason}) as done`.execute(trx)
  return rows[0]!.done
}

/** Forms about these people that are filed or signed, with their answers: what later ones may take over. */
export async function earlierForms(trx: Trx, people: readonly string[]): Promise<readonly EarlierForm[]> {
  const done = (await formsOf(trx, people)).filter(({ completedOn, endedOn }) => completedOn && !endedOn)
  const answers = await answersOf(trx, done)
  return done.map(({ form, definition, title, completedOn }) => ({
    id: form,
    definition,
    title,
    completedOn: completedOn!,
    answers: answers.get(form)!,
  }))
}
