import { sql, type Transaction } from 'kysely'
import { nhsNumberIsRight } from '../../people/numbers.ts'
import { dayOf } from '../../web/words.ts'
import type { Access, AccessNotification, InactiveNotification } from './neutral.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** A moment further ahead than clocks differ is not believed. */
const latestMinutes = 24 * 60

/**
 * Somebody in health looked: one row for each child it is about, and those who answer for the child are told. A look that
 * was told before does nothing.
 * @returns how many looks were matched, and how many a person has to match
 */
export async function takeViewings(
  trx: Trx,
  { accesses }: AccessNotification,
  receivedId: string,
  now: Date,
): Promise<{ matched: number; unmatched: number }> {
  let [matched, unmatched] = [0, 0]
  for (const access of accesses) {
    const people = await peopleLookedAt(trx, access)
    const believed = access.at.getTime() <= now.getTime() + latestMinutes * 60_000
    if (people.length === 0 || !believed) {
      unmatched += await setAside(trx, 'viewing', receivedId, access.id, {
        ...access,
        at: access.at.toISOString(),
      })
      continue
    }
    matched += 1
    for (const { person, how, mother } of people) {
      const { rows } = await sql<{ id: string }>`
        insert into record.nhs_viewing (person_id, natural_key, viewed_on, viewed_at, who, role, organisation, organisation_code, by_system, of_mother, matched_by, upload_sequence)
        values (${person}, ${access.id}, ${dayOf(access.at)}, ${access.at}, ${short(access.who)}, ${short(access.role)}, ${short(access.organisation)},
                ${short(access.organisationCode)}, ${access.bySystem}, ${mother}, ${how}, ${short(access.sequence)})
        on conflict (person_id, natural_key) do nothing returning id`.execute(trx)
      if (rows[0]) await sql`select cpis.tell_of_viewing(${rows[0].id})`.execute(trx)
    }
  }
  return { matched, unmatched }
}

/** What strangers send is kept no longer than it is read. */
const short = (text: string | undefined): string | null => text?.slice(0, 200) ?? null

interface Found {
  readonly person: string
  readonly how: 'local-id' | 'number' | 'former-number'
  readonly mother: boolean
}

/**
 * Our own number, then the NHS number of today, then one of former days. Before a birth it is the mother who is looked
 * up: her unborn child’s workers hear of it, and her own where she is told of herself.
 */
async function peopleLookedAt(trx: Trx, { localId, nhsNumber }: Access): Promise<Found[]> {
  const { person, how } = await whoIs(trx, localId, nhsNumber)
  if (!person || !how) return []
  const { rows } = await sql<{ person: string; mother: boolean }>`
    select a.person_id as person, bool_and(a.plan_type = 'UCP') as mother from record.cpis_alert a
     where (a.person_id = any (cpis.ids_of(${person})) or a.plan_type = 'UCP' and a.sent ->> 'localId' = (select reference from record.person where id = ${person}))
       and a.state <> 'deleted'
     group by a.person_id`.execute(trx)
  return rows.length > 0 ? rows.map((row) => ({ ...row, how })) : [{ person, how, mother: false }]
}

async function whoIs(
  trx: Trx,
  localId: string | undefined,
  nhsNumber: string | undefined,
): Promise<{ person?: string | undefined; how?: Found['how'] }> {
  const one = async (query: ReturnType<typeof sql<{ person: string }>>) => {
    const { rows } = await query.execute(trx)
    const people = [...new Set(rows.map(({ person }) => person))]
    // Two whom it may be: a person says which.
    return people.length === 1 ? people[0] : undefined
  }
  const holds = async (person: string) =>
    nhsNumber === undefined ||
    (
      await sql`select from record.person_identifier where person_id = any (cpis.ids_of(${person})) and kind = 'nhs-number' and value = ${nhsNumber}
               union all select from record.cpis_alert where nhs_number = ${nhsNumber} and (person_id = any (cpis.ids_of(${person})) or plan_type = 'UCP')`.execute(
        trx,
      )
    ).rows.length > 0
  const byId =
    localId &&
    (await one(
      sql<{
        person: string
      }>`select record.leader_of(id) as person from record.person where reference = ${localId}`,
    ))
  // Our number and the NHS’s of another: somebody is mistaken, and a person finds out who.
  if (byId) return (await holds(byId)) ? { person: byId, how: 'local-id' } : {}
  if (!nhsNumber || !nhsNumberIsRight(nhsNumber)) return {}
  const byNumber = await one(sql<{ person: string }>`
    select record.leader_of(person_id) as person from record.person_identifier
     where kind = 'nhs-number' and value = ${nhsNumber} and (to_day is null or to_day > current_date)`)
  if (byNumber) return { person: byNumber, how: 'number' }
  const former = await one(sql<{ person: string }>`
    select record.leader_of(person_id) as person from record.person_identifier where kind = 'nhs-number' and value = ${nhsNumber}
    union select record.leader_of(person_id) from record.nhs_number_ended where nhs_number = ${nhsNumber}
    union select record.leader_of(person_id) from record.cpis_alert where nhs_number = ${nhsNumber} and plan_type <> 'UCP'`)
  return former ? { person: former, how: 'former-number' } : {}
}

/**
 * Numbers that the NHS no longer uses. What replaced one is written down and chosen by nobody: a person checks that it is
 * the same human being. Nothing more is sent under the old one from the moment this is kept.
 */
export async function takeInactive(
  trx: Trx,
  { id, numbers }: InactiveNotification,
  receivedId: string,
  now: Date,
): Promise<{ matched: number; unmatched: number }> {
  let [matched, unmatched] = [0, 0]
  for (const { nhsNumber, localId, replacements, sequence } of numbers) {
    const { person } = nhsNumber && nhsNumberIsRight(nhsNumber) ? await whoIs(trx, localId, nhsNumber) : {}
    if (!nhsNumber || !person) {
      unmatched += await setAside(trx, 'number-ended', receivedId, `${id} ${nhsNumber ?? ''}`, {
        nhsNumber,
        localId,
        sequence,
        replacements: replacements.length,
      })
      continue
    }
    matched += 1
    // After an adoption nobody joins the old number to the new: it is not written down.
    const right = (await wasAdopted(trx, person)) ? [] : replacements.filter(nhsNumberIsRight).slice(0, 20)
    const { rows } = await sql<{ id: string }>`
      insert into record.nhs_number_ended (person_id, natural_key, nhs_number, replacements, told_on)
      values (${person}, ${`${id} ${nhsNumber}`}, ${nhsNumber}, ${right}::text[], ${dayOf(now)})
      on conflict (person_id, natural_key) do nothing returning id`.execute(trx)
    if (!rows[0]) continue
    await sql`
      insert into record.nhs_number_trace (person_id, nhs_number, status, traced_on, method)
      values (${person}, ${nhsNumber}, ${replacements.length > 0 ? 'superseded' : 'inactive'}, ${dayOf(now)}, 'cp-is')`.execute(
      trx,
    )
    await sql`select cpis.tell_of_number(${rows[0].id})`.execute(trx)
  }
  return { matched, unmatched }
}

async function wasAdopted(trx: Trx, person: string): Promise<boolean> {
  const { rows } = await sql`
    select from record.period_of_care where person_id = any (cpis.ids_of(${person})) and end_reason in ('E11', 'E12')`.execute(
    trx,
  )
  return rows.length > 0
}

/** Kept for a person to look at. @returns 1 when it was not there before */
export async function setAside(
  trx: Trx,
  kind: 'viewing' | 'number-ended' | 'unreadable' | 'answer',
  receivedId: string,
  key: string,
  said: object,
): Promise<number> {
  const { rows } = await sql`
    insert into cpis.unmatched (kind, received_id, natural_key, said) values (${kind}, ${receivedId}, ${key.slice(0, 200)}, ${JSON.stringify(said)}::jsonb)
    on conflict (kind, natural_key) do nothing returning id`.execute(trx)
  return rows.length
}
