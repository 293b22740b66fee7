import { sql, type Transaction } from 'kysely'
import { declareSigned, type Piece } from '../casework/sign-off/kinds.ts'
import type { SignedField } from '../casework/sign-off/model.ts'
import type { Day } from '../web/words.ts'
import { answerWords, askedOf, boundValues } from './answering.ts'
import { areaOf, type ChildForm } from './areas.ts'
import { type Definition, groupsOf } from './definition.ts'
import { lastInForce, type Version, versionsById } from './definitions-store.ts'
import { answersOf, completeForms, type FormRow, formsOfWork } from './forms-store.ts'
import { paths } from './paths.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

const prefix = 'form-'

/** The kind under which a form is signed (src/casework/sign-off). */
export const signedAs = (form: string): string => `${prefix}${form}`
const formOf = (kind: string): string => kind.slice(prefix.length)

/** Every field group that has to be opened to read, write or sign a form. */
export const groupsFor = (form: Definition): string[] =>
  [...new Set([...groupsOf(form), ...(areaOf(form.key)?.groups ?? [])])].sort()

/** Forms of these ids, whoever’s they are, as far as they are open. */
async function rowsOf(trx: Trx, forms: readonly string[]): Promise<readonly FormRow[]> {
  const { rows } = await sql<{ work: string }>`
    select distinct f.work_id as work from form f where f.id = any (${[...forms]}::uuid[])`.execute(trx)
  const found: FormRow[] = []
  for (const { work } of rows) found.push(...(await formsOfWork(trx, work)))
  return found.filter(({ form }) => forms.includes(form))
}

/** What one child’s form says, field by field, as a document and a signature show it: what was asked and answered. */
export async function formContent(trx: Trx, row: FormRow, version: Version): Promise<readonly SignedField[]> {
  const answers = (await answersOf(trx, [row])).get(row.form)!
  return askedOf(version.form, answers).flatMap(({ section, question }): SignedField[] => {
    const answer = answers.get(question.key)
    return answer
      ? [
          {
            name: question.key,
            label: question.label,
            text: answerWords(question, answer.value),
            section: section.title,
          },
        ]
      : []
  })
}

/** Files forms for good, with what their area makes of them: in the transaction of the filing, or of the signature. */
export async function formsDone(
  trx: Trx,
  of: readonly FormRow[],
  { account, day }: { account: string; day: Day },
): Promise<void> {
  await completeForms(
    trx,
    of.map(({ form }) => form),
    day,
  )
  const area = areaOf(of[0]!.definition)
  if (!area?.done) return
  const answers = await answersOf(trx, of)
  const versions = await versionsById(
    trx,
    of.map(({ version }) => version),
  )
  await area.done(trx, {
    account,
    day,
    of: of.map(({ form, person, fact, version }) => ({
      form,
      person,
      fact,
      answers: answers.get(form)!,
      bound: boundValues(versions.get(version)!.form, answers.get(form)!),
    })),
  })
}

const children = (rows: readonly FormRow[]): ChildForm[] =>
  rows.map(({ form, person, fact }) => ({ form, person, fact }))
const factsOf = (of: readonly Piece[]) => of.map(({ fact }) => fact)

/** Forms are signed by whom their definition names. */
export const formsSigned = declareSigned({
  kind: prefix,
  groups: async (trx, kind) => {
    const version = await lastInForce(trx, formOf(kind))
    return version ? groupsFor(version.form) : []
  },
  href: ({ person, work }) => paths.read({ person, work }),
  content: async (trx, { fact }) => {
    const [row] = await rowsOf(trx, [fact])
    if (!row) return []
    return formContent(trx, row, (await versionsById(trx, [row.version])).get(row.version)!)
  },
  follows: (kind) => areaOf(formOf(kind))?.follows ?? [],
  authorised: async (trx, { of, account, day }) =>
    formsDone(trx, await rowsOf(trx, factsOf(of)), { account, day }),
  returned: async (trx, { kind, of, day }) => {
    await areaOf(formOf(kind))?.returned?.(trx, children(await rowsOf(trx, factsOf(of))), day)
  },
})
