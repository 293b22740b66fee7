import { sql, type Transaction } from 'kysely'
import type { Cursor, FieldValue, Kept, Saved, Saving } from './drafts.ts'
import { settle } from './drafts.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** A draft as the page of its form needs it. */
export interface Draft {
  readonly id: string
  readonly form: string
  readonly address: string
  readonly about: readonly string[]
  readonly startedAt: Date
  readonly savedAt: Date
  /** By field name in full, as `FormView.values` has them. */
  readonly values: Readonly<Record<string, string | string[]>>
  readonly versions: Readonly<Record<string, number>>
  readonly cursor: Cursor | undefined
}

/** A draft in a list: what it is and where to go on, without its words. */
export interface Unfinished {
  readonly id: string
  readonly form: string
  /** What it is called, where the form is data. */
  readonly title: string | null
  readonly address: string
  readonly about: readonly string[]
  readonly startedAt: Date
  readonly savedAt: Date
  /** Others may write in it too: it is ended with its form, and not put away by itself. */
  readonly shared: boolean
  /** When it was put away; absent while it is being written. */
  readonly putAwayAt: Date | null
}

/** Saved more than this number of seconds ago, a window counts as closed. */
const windowSeconds = 20

/**
 * Saves what a window sent, in one transaction that locks the draft: fields that others changed meanwhile are merged or
 * kept beside, never overwritten. The transaction must present the session (`writing`).
 * @returns what to tell the window; undefined when the draft is not this person's to write in, or was filed meanwhile
 */
export async function saveDraft(
  trx: Trx,
  session: { secret: string; account: { id: string } },
  draft: string,
  said: Saving,
): Promise<Saved | undefined> {
  const id = await openDraft(trx, session, draft, said)
  if (!id) return undefined
  const { rows: held } = await sql<{ ended: boolean }>`
    update forms.draft set saved_at = clock_timestamp() where id = ${id} returning ended_at is not null as ended`.execute(
    trx,
  )
  if (!held[0] || held[0].ended) return undefined
  const kept = await fieldsOf(trx, id)
  const me = session.account.id
  const beside: string[] = []
  const write: { name: string; value: FieldValue; version: number }[] = []
  for (const [name, sent] of Object.entries(said.fields)) {
    const now = kept.get(name)
    const settled = settle(now, sent, said)
    if (settled.to === 'keep-beside') {
      beside.push(name)
      await sql`insert into forms.draft_other (draft_id, name, value, account_id, window_id)
        values (${id}, ${name}, ${JSON.stringify(sent.value)}::jsonb, ${me}, ${said.window})
        on conflict (draft_id, name, account_id, window_id) do update set value = excluded.value, kept_at = clock_timestamp()`.execute(
        trx,
      )
    } else if (settled.to !== 'leave')
      write.push({ name, value: settled.value, version: (now?.version ?? 0) + 1 })
  }
  if (write.length > 0) {
    await sql`
      insert into forms.draft_field (draft_id, name, value, version, account_id, window_id, sent)
      select ${id}, w.name, w.value, w.version, ${me}, ${said.window}, ${said.sent}
        from jsonb_to_recordset(${JSON.stringify(write)}::jsonb) as w (name text, value jsonb, version integer)
      on conflict (draft_id, name) do update
        set value = excluded.value, version = excluded.version, account_id = excluded.account_id,
            window_id = excluded.window_id, sent = excluded.sent, changed_at = clock_timestamp()`.execute(trx)
  }
  for (const name of said.decided) await sql`select forms.drop_others(${id}, ${name})`.execute(trx)
  await sql`update forms.draft_window set seen_at = clock_timestamp()${
    said.cursor ? sql`, cursor = ${JSON.stringify(said.cursor)}::jsonb` : sql``
  } where draft_id = ${id} and window_id = ${said.window}`.execute(trx)
  return told(trx, id, said, me, beside)
}

/**
 * Opens a window on a draft. For a form that several write in, the page calls it in a transaction that presents an
 * opening to write, and shows the window's number; otherwise the first save does it.
 * @returns the draft's id: where several write, the one that is there; undefined when it is not theirs
 */
export async function openDraft(
  trx: Trx,
  session: { secret: string },
  draft: string,
  of: Pick<Saving, 'form' | 'address' | 'about' | 'group' | 'sharedAs' | 'window'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select forms.open_draft(${session.secret}, ${draft}, ${of.form}, ${of.address}, ${of.about}::uuid[], ${of.group},
      ${of.sharedAs ?? null}, ${of.window}) as id`.execute(trx)
  return rows[0]?.id ?? undefined
}

async function told(
  trx: Trx,
  id: string,
  said: Saving,
  me: string,
  besideNames: readonly string[],
): Promise<Saved> {
  const after = await fieldsOf(trx, id)
  const versions: Record<string, number> = {}
  const changed: { name: string; value: FieldValue; version: number }[] = []
  for (const [name, field] of after) {
    const sent = said.fields[name]
    if (besideNames.includes(name)) continue
    if (sent && JSON.stringify(sent.value) === JSON.stringify(field.value)) versions[name] = field.version
    else if (
      sent
        ? field.window !== said.window || field.sent === said.sent
        : field.version > (said.shows[name] ?? 0)
    )
      changed.push({ name, value: field.value, version: field.version })
  }
  const { rows: others } = await sql<{ name: string; field: string | null }>`
    select distinct on (w.account_id) a.display_name as name, w.cursor ->> 'field' as field
      from forms.draft_window w join access.account a on a.id = w.account_id
     where w.draft_id = ${id} and w.account_id <> ${me} and w.seen_at > clock_timestamp() - make_interval(secs => ${windowSeconds})
     order by w.account_id, w.seen_at desc`.execute(trx)
  const { rows: by } = await sql<{ name: string; by: string }>`
    select f.name, a.display_name as by from forms.draft_field f join access.account a on a.id = f.account_id
     where f.draft_id = ${id} and f.name = any (${[...besideNames]}::text[])`.execute(trx)
  const { rows: saved } = await sql<{
    at: Date
  }>`select saved_at as at from forms.draft where id = ${id}`.execute(trx)
  return {
    draft: id,
    savedAt: saved[0]!.at.toISOString(),
    versions,
    changed,
    beside: by.map(({ name, by: who }) => {
      const { value, version } = after.get(name)!
      return { name, value, version, by: who }
    }),
    others: others.map(({ name, field }) => ({ name, field: field ?? undefined })),
  }
}

async function fieldsOf(trx: Trx, draft: string): Promise<Map<string, Kept>> {
  const { rows } = await sql<Kept & { name: string }>`
    select name, value, version, account_id as account, window_id as window, sent
      from forms.draft_field where draft_id = ${draft} order by name`.execute(trx)
  return new Map(rows.map(({ name, ...field }) => [name, field]))
}

/** A draft with its words, to go on with it; undefined when it is not there, not theirs, or was filed. */
export async function draftOf(trx: Trx, draft: string): Promise<Draft | undefined> {
  const { rows } = await sql<Omit<Draft, 'values' | 'versions'>>`
    select d.id, d.form, d.address, d.about, d.started_at as "startedAt", d.saved_at as "savedAt",
           (select w.cursor from forms.draft_window w where w.draft_id = d.id and w.account_id = access.recorder() and w.cursor is not null
             order by w.seen_at desc limit 1) as cursor
      from forms.draft d where d.id = ${draft} and d.ended_at is null`.execute(trx)
  const found = rows[0]
  if (!found) return undefined
  const fields = await fieldsOf(trx, draft)
  return {
    ...found,
    cursor: found.cursor ?? undefined,
    values: Object.fromEntries(
      [...fields].map(([name, { value }]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    versions: Object.fromEntries([...fields].map(([name, { version }]) => [name, version])),
  }
}

const titleOf = sql`(select v.content ->> 'title' from forms.version v where v.definition = d.form order by v.number desc limit 1) as title`
const unfinished = sql`d.id, d.form, ${titleOf}, d.address, d.about, d.started_at as "startedAt", d.saved_at as "savedAt", false as shared,
  case when d.ended_because = 'put away' then d.ended_at end as "putAwayAt"`

/** What this account has begun and not filed, last written first; what was put away within a month after it. */
export async function myDrafts(trx: Trx): Promise<readonly Unfinished[]> {
  const { rows } = await sql<Unfinished>`
    select * from (
      select ${unfinished} from forms.draft d
       where d.account_id = access.recorder() and d.shared_as is null and (d.ended_because is null or d.ended_because = 'put away')
         and exists (select from forms.draft_field f where f.draft_id = d.id)
      union all
      select d.id, d.form, ${titleOf}, d.address, d.about, d.started_at, d.saved_at, true, null from forms.shared_drafts() d
    ) as mine order by "putAwayAt" is not null, "savedAt" desc limit 200`.execute(trx)
  return rows
}

/** Drafts of one form that this account has begun about these people: to be offered before another is begun. */
export async function draftsAbout(
  trx: Trx,
  form: string,
  people: readonly string[],
): Promise<readonly Unfinished[]> {
  const { rows } = await sql<Unfinished>`
    select ${unfinished} from forms.draft d
     where d.account_id = access.recorder() and d.form = ${form} and d.about && ${[...people]}::uuid[] and d.ended_at is null
       and exists (select from forms.draft_field f where f.draft_id = d.id)
     order by d.saved_at desc limit 20`.execute(trx)
  return rows
}

/**
 * Ends a draft in the transaction that writes its fact (`filed`: its words are gone from the draft), or puts it away.
 * A form sent twice may end a draft that is ended: that is no error.
 */
export async function endDraft(trx: Trx, draft: string, because: 'filed' | 'put away'): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select forms.end_draft(${draft}, ${because}) as done`.execute(
    trx,
  )
  return rows[0]!.done
}

/** Takes up again what was put away within the last month. */
export async function takeUpAgain(trx: Trx, draft: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select forms.take_up_again(${draft}) as done`.execute(trx)
  return rows[0]!.done
}

/** Names of those among these people who are on this account's own list, which must have been opened (`caseload`). */
export async function namesOnMyList(
  trx: Trx,
  people: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; name: string | null; reference: string }>`
    select person_id as id, name, reference from index_card where person_id = any (${[...people]}::uuid[])`.execute(
    trx,
  )
  return new Map(rows.map(({ id, name, reference }) => [id, name ?? reference]))
}
