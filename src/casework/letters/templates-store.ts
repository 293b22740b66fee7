import { sql, type Transaction } from 'kysely'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export type AddressedTo = 'family' | 'child' | 'professional' | 'anybody'

/** A template with one of its versions. */
export interface TemplateVersion {
  readonly id: string
  readonly template: string
  readonly name: string
  readonly paper: 'letter' | 'invitation' | 'plan' | 'minutes'
  readonly addressedTo: AddressedTo
  readonly version: number
  readonly title: string
  readonly body: string
  readonly child_body: string | null
  readonly easy_body: string | null
  readonly why: string | null
  readonly draftedBy: string | null
  readonly draftedById: string | null
  readonly draftedAt: Date
  readonly publishedBy: string | null
  readonly publishedAt: Date | null
}

const told = sql`
  v.id, v.template, t.name, t.paper, t.addressed_to as "addressedTo", v.version, v.title, v.body, v.child_body, v.easy_body, v.why,
  (select a.display_name from access.account a where a.id = v.drafted_by) as "draftedBy", v.drafted_by as "draftedById", v.drafted_at as "draftedAt",
  (select a.display_name from access.account a where a.id = v.published_by) as "publishedBy", v.published_at as "publishedAt"`

/** What letters can be written from now: the latest published version of each template. */
export async function templatesNow(trx: Trx): Promise<TemplateVersion[]> {
  const { rows } = await sql<TemplateVersion>`
    select distinct on (t.name, v.template) ${told} from letters.template t join letters.template_version v on v.template = t.code
     where v.published_at is not null and (t.retired_on is null or t.retired_on > current_date)
     order by t.name, v.template, v.version desc`.execute(trx)
  return rows
}

/** Every version of a template, the latest first; of all templates when none is named. */
export async function versionsOf(trx: Trx, template?: string): Promise<TemplateVersion[]> {
  const { rows } = await sql<TemplateVersion>`
    select ${told} from letters.template t join letters.template_version v on v.template = t.code
     where ${template === undefined ? sql`true` : sql`t.code = ${template}`} order by t.name, v.version desc`.execute(
    trx,
  )
  return rows
}

/** What an administrator writes. */
export interface TemplateDraft {
  readonly template: string
  readonly name: string
  readonly addressedTo: AddressedTo
  readonly title: string
  readonly body: string
  readonly childBody: string | undefined
  readonly easyBody: string | undefined
  readonly why: string | undefined
}

/** A new version that somebody else has to publish; it takes the place of one that waits. Undefined: not an administrator. */
export async function draftVersion(trx: Trx, one: TemplateDraft): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select letters.draft_version(${one.template}, ${one.name}, ${one.addressedTo}, ${one.title}, ${one.body}, ${one.childBody ?? null},
      ${one.easyBody ?? null}, ${one.why ?? null}) as id`.execute(trx)
  return rows[0]!.id ?? undefined
}

/** False where it is published already, or by whoever wrote it. */
export async function publishVersion(trx: Trx, version: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select letters.publish_version(${version}) as done`.execute(
    trx,
  )
  return rows[0]!.done
}
