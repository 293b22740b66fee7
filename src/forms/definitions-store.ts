import { sql, type Transaction } from 'kysely'
import { type Definition, definition } from './definition.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export type VersionState = 'draft' | 'published' | 'replaced' | 'withdrawn'

/** A version of a form. */
export interface Version {
  readonly id: string
  readonly number: number
  readonly state: VersionState
  readonly form: Definition
  /** Brought by a version of Cairn, and not edited since. */
  readonly shipped: boolean
  readonly editedAt: Date
  /** Ids of everybody who had a hand in it. */
  readonly editors: readonly string[]
  readonly publishedAt: Date | null
  readonly publishedBy: string | null
  readonly withdrawnAt: Date | null
  readonly withdrawnBecause: string | null
}

type Row = Omit<Version, 'form'> & { content: unknown }

const columns = sql`v.id, v.number, v.state, v.content, v.shipped, v.edited_at as "editedAt", v.editors, v.published_at as "publishedAt",
  (select a.display_name from access.account a where a.id = v.published_by) as "publishedBy", v.withdrawn_at as "withdrawnAt",
  v.withdrawn_because as "withdrawnBecause"`

// A published version never changes: read once for the life of the process.
const read = new Map<string, Definition>()

function versionFrom({ content, ...row }: Row): Version {
  const known = row.state === 'draft' ? undefined : read.get(row.id)
  const form = known ?? definition.parse(content)
  if (row.state !== 'draft') read.set(row.id, form)
  return { ...row, form }
}

/** The forms that can be begun now, by title. */
export async function formsInForce(trx: Trx): Promise<readonly Version[]> {
  const { rows } = await sql<Row>`
    select ${columns} from forms.version v where v.state = 'published' order by v.content ->> 'title'`.execute(
    trx,
  )
  return rows.map(versionFrom)
}

/** The version of a form that is in force; undefined when there is none. */
export async function inForce(trx: Trx, key: string): Promise<Version | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from forms.version v where v.definition = ${key} and v.state = 'published'`.execute(trx)
  return rows[0] && versionFrom(rows[0])
}

/** The newest version of a form that was ever in force, withdrawn or not. */
export async function lastInForce(trx: Trx, key: string): Promise<Version | undefined> {
  const { rows } = await sql<Row>`
    select ${columns} from forms.version v where v.definition = ${key} and v.state <> 'draft' order by v.number desc limit 1`.execute(
    trx,
  )
  return rows[0] && versionFrom(rows[0])
}

/** Versions by their ids, whatever their state: what was answered is shown in the version it was given in. */
export async function versionsById(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, Version>> {
  const { rows } = await sql<Row>`
    select ${columns} from forms.version v where v.id = any (${[...new Set(ids)]}::uuid[])`.execute(trx)
  return new Map(rows.map((row) => [row.id, versionFrom(row)]))
}

/** A form as its keepers see it: what is in force, what is being edited, what stood before. */
export interface FormKept {
  readonly key: string
  /** It has questions that the law asks. */
  readonly statutory: boolean
  readonly bound: readonly string[]
  readonly versions: readonly Version[]
}

/** Every form with its versions, the newest first. */
export async function formsKept(trx: Trx): Promise<readonly FormKept[]> {
  const { rows } = await sql<Row & { key: string; bound: string[] }>`
    select ${columns}, v.definition as key,
           array(select b.question from forms.bound_question b where b.definition = v.definition order by 1) as bound
      from forms.version v order by v.definition, v.number desc`.execute(trx)
  const forms = new Map<string, FormKept & { versions: Version[] }>()
  for (const { key, bound, ...row } of rows) {
    const form = forms.get(key) ?? { key, bound, statutory: bound.length > 0, versions: [] }
    form.versions.push(versionFrom(row))
    forms.set(key, form)
  }
  return [...forms.values()]
}

/** Saves what is edited of a form as the draft of its next version. */
export async function saveEdited(trx: Trx, form: Definition): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select forms.edit(${form.key}, ${JSON.stringify(form)}::jsonb) as id`.execute(trx)
  return rows[0]!.id
}

/** Puts what was edited in force; null when nothing was. The database refuses whoever edited it. */
export async function publishEdited(trx: Trx, key: string): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`select forms.publish(${key}) as id`.execute(trx)
  return rows[0]!.id
}

/** Ends a form: none is begun any more. */
export async function withdrawForm(trx: Trx, key: string, because: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select forms.withdraw(${key}, ${because}) as done`.execute(
    trx,
  )
  return rows[0]!.done
}

/** Drops what was edited and not published. */
export async function dropEdited(trx: Trx, key: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select forms.drop_edited(${key}) as done`.execute(trx)
  return rows[0]!.done
}
