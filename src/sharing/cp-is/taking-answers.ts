import { sql, type Transaction } from 'kysely'
import { birthday, dayNumber, isoDay } from '../../clocks/calendar.ts'
import { dayOf } from '../../web/words.ts'
import { backToWaiting, note, waitAgain } from '../outbox/store.ts'
import { type Answered, afterAnswer, outcomesOf, toMend } from './answers.ts'
import { giveUp } from './ledger.ts'
import type { UploadAnswer } from './neutral.ts'
import type { CpIsSettings } from './settings.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** The partner’s name in the outbox. */
export const partnerName = 'cp-is'

interface FileRow {
  sequence: string
  state: string
  answer_sha256: Buffer | null
  newest: boolean
}

interface AlertRow extends Answered {
  id: string
  person_id: string
  born: string | null
  place: number
  nhs_number: string
}

/** What came of an answer, for whoever watches. */
export interface Taken {
  readonly says: string
  /** Children of whom more may have to be said. */
  readonly children: readonly string[]
  /** A reason to stop and let a person look. */
  readonly stop?: string | undefined
}

/**
 * Takes an answer in: what the NHS holds now of each alert of the file, and what becomes of the messages that it
 * carried. An answer that came before does nothing; a second and different one says that the NHS worked through the
 * file again, perhaps after a later one, so that what it holds is told anew.
 */
export async function takeAnswer(
  trx: Trx,
  answer: UploadAnswer,
  { sequence, sha256 }: { sequence: number | undefined; sha256: Buffer },
  settings: CpIsSettings,
  now: Date,
): Promise<Taken | 'unknown'> {
  const file = await fileOf(trx, sequence)
  if (!file) return 'unknown'
  const number = Number(file.sequence)
  // The very same answer while nothing else was sent says nothing new. After a later file nobody can tell a copy of it from
  // the answer of an NHS that worked the file through again within the same second.
  if (file.answer_sha256?.equals(sha256) && file.newest) return { says: 'answered before', children: [] }
  const alerts = await alertsOf(trx, number)
  const records = distinctPlaces(alerts)
  const { file: outcome, code, records: outcomes, sums } = outcomesOf(answer, records)
  const again = file.state === 'answered'
  if (!again && (outcome === 'retry' || outcome === 'failed' || outcome === 'not-understood')) {
    await giveUp(trx, number, 'failed', code)
    await noteAnswered(trx, number, sha256, code, 'failed')
    await backToWaiting(trx, partnerName, String(number), code ?? 'uncertain', outcome === 'retry' ? 30 : 10)
    return {
      says: `file ${code ?? 'without a code'}`,
      children: [],
      stop: code === 'CPF06' ? code : undefined,
    }
  }
  const kindOf = (detail: string) =>
    Object.hasOwn(settings.details, detail) ? settings.details[detail]!.kind : undefined
  const codes = new Map<string, string | undefined>()
  const changed: object[] = []
  for (const alert of alerts) {
    const { born, sent } = alert
    const isAdult =
      sent.kind === 'child' && born !== null && isoDay(birthday(dayNumber(born), 18)) <= dayOf(now)
    const its = outcomes.get(alert.place)!
    const after = afterAnswer(alert, its, { sequence: number, again, kindOf, isAdult })
    if (!again && alert.sequence === number)
      codes.set(alert.person_id, codes.get(alert.person_id) ?? toMend(after))
    if (after === alert) continue
    changed.push({
      id: alert.id,
      state: after.state,
      doubt: after.inDoubt,
      code: after.code,
      detail: its.details.length > 0 ? its.details : undefined,
      holds: after.acknowledged,
      now: after.acknowledged === sent,
    })
  }
  await sql`
    update record.cpis_alert a
       set state = c.state, in_doubt = c.doubt, state_since = clock_timestamp(), code = c.code, detail = c.detail, acknowledged = c.holds,
           acknowledged_at = case when c.now then clock_timestamp() else a.acknowledged_at end
      from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb)
        as c (id uuid, state text, doubt boolean, code text, detail jsonb, holds jsonb, now boolean)
     where a.id = c.id`.execute(trx)
  const places = [...outcomes].map(([place, { code: its }]) => ({ place, code: its }))
  await sql`
    update cpis.file_record r set code = p.code
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p (place integer, code text)
     where r.sequence = ${number} and r.place = p.place`.execute(trx)
  if (!again) {
    await noteAnswered(trx, number, sha256, code, 'answered')
    await settleMessages(trx, number, codes)
  } else await sql`update cpis.file set answer_sha256 = ${sha256} where sequence = ${number}`.execute(trx)
  return {
    says: again ? 'answered again' : sums ? `file ${code}` : `file ${code}, and its totals do not agree`,
    children: [...new Set(alerts.map(({ person_id }) => person_id))],
  }
}

/** The file an answer is about; where the NHS could not read its number, the only one that waits. */
async function fileOf(trx: Trx, sequence: number | undefined): Promise<FileRow | undefined> {
  const { rows } = await sql<FileRow>`
    select sequence, state, answer_sha256, sequence = (select last_sequence from cpis.exchange) as newest from cpis.file
     where case when ${sequence ?? null}::bigint is null then state in ('sending', 'accepted') else sequence = ${sequence ?? null}::bigint end for update`.execute(
    trx,
  )
  return rows[0]
}

async function alertsOf(trx: Trx, sequence: number): Promise<AlertRow[]> {
  const { rows } = await sql<AlertRow & { acknowledged: Answered['sent'] | null }>`
    select a.id, record.leader_of(a.person_id) as person_id, a.sequence, a.state, a.in_doubt as "inDoubt", a.sent, a.acknowledged, p.date_of_birth as born, r.place, r.nhs_number
      from cpis.file_record r cross join lateral unnest(r.alerts) as one (alert)
      join record.cpis_alert a on a.id = one.alert join record.person p on p.id = a.person_id
     where r.sequence = ${sequence} order by r.place, a.id for update of a`.execute(trx)
  return rows.map((row) => ({
    ...row,
    sequence: Number(row.sequence),
    acknowledged: row.acknowledged ?? undefined,
  }))
}

const distinctPlaces = (alerts: readonly AlertRow[]) => [
  ...new Map(alerts.map(({ place, nhs_number }) => [place, { place, nhsNumber: nhs_number }])).values(),
]

async function noteAnswered(
  trx: Trx,
  sequence: number,
  sha256: Buffer,
  code: string | undefined,
  state: 'answered' | 'failed',
): Promise<void> {
  await sql`
    update cpis.file set state = ${state}, code = ${code ?? null}, answered_at = clock_timestamp(), answer_sha256 = ${sha256} where sequence = ${sequence}`.execute(
    trx,
  )
  await sql`update cpis.exchange set answered_at = clock_timestamp()`.execute(trx)
}

/** The messages that the file carried: acknowledged, or refused with the first code that a child’s alerts got. */
async function settleMessages(
  trx: Trx,
  sequence: number,
  codes: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  const { rows } = await sql<{ about: string; messages: string[] }>`
    select about_id as about, array_agg(id) as messages from outbox.message
     where partner = ${partnerName} and carrier = ${String(sequence)} and state = 'sent' group by about_id`.execute(
    trx,
  )
  for (const code of new Set(rows.map(({ about }) => codes.get(about)))) {
    const ids = rows.flatMap(({ about, messages }) => (codes.get(about) === code ? messages : []))
    if (code === 'uncertain') await waitAgain(trx, ids, code)
    else await note(trx, ids, code ? { state: 'refused', says: code } : { state: 'acknowledged' })
  }
}
