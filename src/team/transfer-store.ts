import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

export type Answer = 'accepted' | 'returned' | 'withdrawn'

/** A transfer as a list shows it: who, from where, to where. What is said of the child stands on the record. */
export interface TransferListed {
  readonly id: string
  readonly person: string
  readonly together: string
  readonly fromWorker: string | null
  readonly fromTeam: string | null
  readonly toWorker: string | null
  readonly toTeam: string
  readonly proposedOn: Day
  readonly proposedBy: string | null
  readonly effectiveOn: Day
  readonly answer: Answer | null
  readonly answeredOn: Day | null
  readonly mine: boolean
  /** This account may accept it. */
  readonly asked: boolean
}

/** Transfers that concern this session’s account: all that wait, and those answered since a day. */
export async function transfersAround(trx: Trx, since: Day): Promise<TransferListed[]> {
  const { rows } = await sql<TransferListed>`
    select id, person_id as person, written_together as together, from_worker as "fromWorker", from_team as "fromTeam", to_worker as "toWorker",
           to_team as "toTeam", proposed_on as "proposedOn", proposed_by as "proposedBy", effective_on as "effectiveOn", answer,
           answered_on as "answeredOn", mine, asked
      from record.transfers_around(${since}::date)`.execute(trx)
  return rows
}

/** A transfer in full; its child’s record must be open (F25). */
export interface Transfer extends TransferListed {
  readonly toAccount: string | null
  readonly toTeamId: string
  readonly summary: string
  readonly answerWords: string | null
  readonly answeredBy: string | null
}

export async function transferOf(trx: Trx, id: string): Promise<Transfer | undefined> {
  const { rows } = await sql<Transfer>`
    select t.id, t.person_id as person, t.written_together as together, fa.display_name as "fromWorker", ft.name as "fromTeam",
           ta.display_name as "toWorker", tt.name as "toTeam", t.to_account_id as "toAccount", t.to_team_id as "toTeamId",
           t.proposed_on as "proposedOn", p.display_name as "proposedBy", t.effective_on as "effectiveOn", t.summary, t.answer,
           t.answered_on as "answeredOn", t.answer_words as "answerWords", b.display_name as "answeredBy"
      from transfer t
      left join access.account fa on fa.id = t.from_account_id left join access.team ft on ft.id = t.from_team_id
      left join access.account ta on ta.id = t.to_account_id join access.team tt on tt.id = t.to_team_id
      left join access.account p on p.id = t.recorded_by left join access.account b on b.id = t.answered_by
     where t.id = ${id}`.execute(trx)
  return rows[0]
}

/** How the record stands that is handed over: what the next worker would otherwise have to find. */
export interface Readiness {
  readonly late: number
  readonly open: number
  readonly seenOn: Day | null
  readonly aloneOn: Day | null
  readonly overseenOn: Day | null
  readonly noteOn: Day | null
}

/** Read from the opened parts of one record: F25, F26, and whatever what is due belongs to. */
export async function readinessOf(trx: Trx, people: readonly string[], on: Day): Promise<Readiness> {
  const { rows } = await sql<Readiness>`
    select (select count(*)::int from due d where d.person_id = any (${people}::uuid[]) and d.state = 'open' and d.due_on < ${on}::date) as late,
           (select count(*)::int from due d where d.person_id = any (${people}::uuid[]) and d.state = 'open' and d.started_on <= ${on}::date) as open,
           (select max(v.visit_date) from visit v where v.person_id = any (${people}::uuid[]) and v.seen) as "seenOn",
           (select max(v.visit_date) from visit v where v.person_id = any (${people}::uuid[]) and v.seen_alone) as "aloneOn",
           (select max(n.note_date) from case_note n where n.person_id = any (${people}::uuid[]) and n.kind in ('oversight', 'supervision')) as "overseenOn",
           (select max(n.note_date) from case_note n where n.person_id = any (${people}::uuid[])) as "noteOn"`.execute(
    trx,
  )
  return rows[0]!
}

export interface Proposal {
  readonly children: readonly { readonly person: string; readonly summary: string }[]
  readonly account: string | null
  readonly team: string
  readonly on: Day
}

/**
 * Proposes a transfer for each child whose record was opened for writing (F25, F26).
 * @returns those it was proposed for; `accepted` where whoever proposed it answers for the team that takes them
 */
export async function proposeTransfer(
  trx: Trx,
  { children, account, team, on }: Proposal,
): Promise<{ person: string; transfer: string; accepted: boolean }[]> {
  const { rows } = await sql<{ person: string; transfer: string; accepted: boolean }>`
    select * from record.propose_transfer(${children.map(({ person }) => person)}::uuid[], ${children.map(({ summary }) => summary)}::text[],
                                          ${account}::uuid, ${team}::uuid, ${on}::date)`.execute(trx)
  return rows
}

/** @returns false where it is not this account’s to answer, or was answered meanwhile */
export async function answerTransfer(
  trx: Trx,
  id: string,
  answer: { answer: Answer; words?: string | undefined; account?: string | null; on?: Day | undefined },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select record.answer_transfer(${id}, ${answer.answer}, ${answer.words ?? null}, ${answer.account ?? null}::uuid, ${answer.on ?? null}::date) as done`.execute(
    trx,
  )
  return rows[0]!.done
}
