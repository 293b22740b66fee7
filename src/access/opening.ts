import { type RawBuilder, sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { nameOpening } from './named-openings.ts'
import { onFile, type Refused, refusalOf, type WhyNot } from './refusal.ts'

/** What opening needs of a session; `Session` of web/session.ts is one. */
interface Opener {
  readonly secret: string
}

/** How much of a record: who this is; what happens with them; everything the rules give. */
export type Level = 'index' | 'summary' | 'full'

export interface Asked {
  /** Why, as the trail shall keep it: 'case management', 'writing up a visit'. Three characters or more. */
  purpose: string
  /** Field groups (governance D.1), e.g. `['F01', 'F09']`; those of the level when absent. */
  groups?: readonly string[]
  level?: Level
  /** `write` alone lets rows be written. */
  action?: 'view' | 'write' | 'print' | 'export' | 'download' | 'api' | 'report-cell'
  /** What the worker typed, where the rule wants a reason. */
  reason?: string | undefined
  /** For the trail: where the request came from, and its reference. */
  client?: string | undefined
  correlation?: string | undefined
}

export interface Opened {
  readonly allowed: true
  readonly person: string
  /** The strongest rule that let it happen: a code of access.rule. */
  readonly rule: string
  /** The field groups that are open now, which may be fewer than were asked for. */
  readonly groups: readonly string[]
  readonly level: Level
  /** The groups that may be written; none unless `action` was `write`. */
  readonly writable: readonly string[]
  /** The person under every id the record knows them by (after a merge). */
  readonly people: readonly string[]
  /** 0 to 4 (governance E.3). */
  readonly restriction: number
  /** Set while emergency access is what opened it. */
  readonly breakGlass: string | undefined
}

/** An opening made inside a transaction would open nothing, and be undone with it. */
function alone(db: Connection): Connection {
  if (db.isTransaction) throw new Error('Open before the transaction that reads or writes, not inside it')
  return db
}

interface Row {
  person: string
  outcome: 'allowed' | 'refused'
  rule: string
  groups: string[]
  level: Level
  writable: string[] | null
  why: WhyNot
  may_ask_emergency: boolean
  people: string[]
  restriction: number
  break_glass: string | null
  opening: string | null
}

/**
 * Opens part of one person's record, or says why not: decides need to know, writes the trail's line and commits, in
 * one round trip. Never call it inside a transaction: an opening counts only for later ones.
 * @throws Refusal 401 when the session has ended meanwhile
 */
export async function openRecord(
  db: Connection,
  session: Opener,
  personId: string,
  asked: Asked,
): Promise<Opened | Refused> {
  // One call by itself is planned in half the time of one for each of several.
  const { rows } = await onFile(
    sql<Row>`select ${personId}::uuid as person, opened.* from ${call(session, sql`${personId}`, asked)} as opened`.execute(
      alone(db),
    ),
  )
  nameOpening(session, rows[0]!.opening)
  return answer(rows[0]!)
}

/** As `openRecord`, for several people at once (a family): a line on the trail and an answer for each, in order. */
export async function openRecords(
  db: Connection,
  session: Opener,
  personIds: readonly string[],
  asked: Asked,
): Promise<(Opened | Refused)[]> {
  const { rows } = await onFile(
    sql<Row>`
      select asked.person, opened.*
        from unnest(${personIds}::uuid[]) with ordinality as asked (person, place)
       cross join lateral ${call(session, sql`asked.person`, asked)} as opened
       order by asked.place`.execute(alone(db)),
  )
  for (const { opening } of rows) nameOpening(session, opening)
  return rows.map(answer)
}

function call(
  { secret }: Opener,
  person: RawBuilder<unknown>,
  { purpose, groups, level = 'full', action = 'view', reason, client, correlation }: Asked,
) {
  return sql`access.open_record(${secret}, ${person}, ${purpose}, ${groups ?? null}::text[], ${level}, ${action},
                                ${reason ?? null}, ${client ?? null}, ${correlation ?? null})`
}

function answer(row: Row): Opened | Refused {
  if (row.outcome === 'refused')
    return { allowed: false, why: row.why, mayAskEmergency: row.may_ask_emergency }
  const { person, rule, groups, level, writable, people, restriction, break_glass } = row
  return {
    allowed: true,
    person,
    rule,
    groups,
    level,
    writable: writable ?? [],
    people,
    restriction: restriction ?? 0,
    breakGlass: break_glass ?? undefined,
  }
}

/**
 * As `openRecord`, for a page that has nothing to show otherwise.
 * @throws Refusal 403 or 404 in words for the person who asked
 */
export async function mustOpenRecord(
  db: Connection,
  session: Opener,
  personId: string,
  asked: Asked,
): Promise<Opened> {
  const opened = await openRecord(db, session, personId, asked)
  if (!opened.allowed) throw refusalOf(opened)
  return opened
}

export interface AskedOfList {
  purpose: string
  /** What was looked for, for the trail. */
  asked?: string | undefined
  client?: string | undefined
  correlation?: string | undefined
}

export interface OpenedList {
  readonly allowed: true
  /** `everyone`: the index of all people, less those who must not be found; `caseload`: the people of one's own work. */
  readonly scope: 'everyone' | 'caseload' | 'night' | 'tonight'
}

export type ListKind = 'search' | 'caseload' | 'unallocated' | 'night' | 'tonight'

/**
 * Opens a list, so that `index_card` can be read: `search` (anyone by name, for roles that may), `caseload` (whom this
 * account or its teams work with), `unallocated` (whom nobody works with yet), `night` (for whom the emergency duty team did
 * something), `tonight` (whom it should know of). What the page then shows it notes with
 * `noteShown`, before it leaves.
 */
export async function openList(
  db: Connection,
  session: Opener,
  kind: ListKind,
  { purpose, asked, client, correlation }: AskedOfList,
): Promise<OpenedList | Refused> {
  const { rows } = await onFile(
    sql<{ outcome: string; scope: OpenedList['scope']; why: WhyNot }>`
      select * from access.open_list(${session.secret}, ${kind}, ${purpose}, ${asked ?? null}, ${client ?? null},
                                     ${correlation ?? null})`.execute(alone(db)),
  )
  const { outcome, scope, why } = rows[0]!
  return outcome === 'allowed' ? { allowed: true, scope } : { allowed: false, why, mayAskEmergency: false }
}

/** One line on the trail with the ids a list has shown. */
export async function noteShown(
  db: Connection,
  session: Opener,
  kind: ListKind,
  people: readonly string[],
  correlation?: string,
): Promise<void> {
  await onFile(
    sql`select access.note_shown(${session.secret}, ${kind}, ${people}::uuid[], ${correlation ?? null})`.execute(
      alone(db),
    ),
  )
}

export interface OpenedNewPerson {
  readonly allowed: true
  /** The id the new person must be given. */
  readonly person: string
  readonly groups: readonly string[]
}

/** Opens the record of somebody who is not in it yet, for writing. Search first: that is the page's duty. */
export async function openNewPerson(
  db: Connection,
  session: Opener,
  { purpose, client, correlation }: Omit<AskedOfList, 'asked'>,
): Promise<OpenedNewPerson | Refused> {
  const { rows } = await onFile(
    sql<{ outcome: string; person: string; groups: string[]; why: WhyNot; opening: string | null }>`
      select * from access.open_new_person(${session.secret}, ${purpose}, ${client ?? null}, ${correlation ?? null})`.execute(
      alone(db),
    ),
  )
  const { outcome, person, groups, why, opening } = rows[0]!
  nameOpening(session, opening)
  return outcome === 'allowed'
    ? { allowed: true, person, groups }
    : { allowed: false, why, mayAskEmergency: false }
}

/** Opens what one account has done on the trail: to itself, those above it, the protection officer, the Guardian. */
export async function openActor(
  db: Connection,
  session: Opener,
  accountId: string,
  { purpose, correlation }: { purpose: string; correlation?: string | undefined },
): Promise<{ readonly allowed: true } | Refused> {
  const { rows } = await onFile(
    sql<{ outcome: string; why: WhyNot }>`
      select * from access.open_actor(${session.secret}, ${accountId}, ${purpose}, ${correlation ?? null})`.execute(
      alone(db),
    ),
  )
  const { outcome, why } = rows[0]!
  return outcome === 'allowed' ? { allowed: true } : { allowed: false, why, mayAskEmergency: false }
}

/** Any other line the trail is owed: a print, an export, a setting changed. Never text of a record in `details`. */
export async function noteOnTrail(
  db: Connection,
  session: Opener,
  action: string,
  {
    purpose,
    subject,
    details = {},
  }: { purpose: string; subject?: string | undefined; details?: Record<string, unknown> },
): Promise<void> {
  await onFile(
    sql`select audit.note(${session.secret}, ${action}, ${purpose}, ${subject ?? null}::uuid,
                          ${JSON.stringify(details)}::jsonb)`.execute(db),
  )
}
