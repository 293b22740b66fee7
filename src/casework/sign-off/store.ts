import { sql, type Transaction } from 'kysely'
import { refuse } from '../../web/errors.ts'
import { dayOf } from '../../web/words.ts'
import { type Piece, signedKind } from './kinds.ts'
import { type Act, type NotNow, notNowWords, notSubmitted, type Standing, type Step } from './model.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/**
 * Sends work for signature, in the transaction that wrote it and after the last of it was written. Each person of the work is a piece;
 * all their records must have been opened to write.
 * @param kind as declared with `foundation.signs`
 * @param work holds together the pieces of what was written once for several; one of one’s own when absent
 * @throws Refusal 409 in words when it waits already or is signed as it stands
 * @returns the work’s id
 */
export async function submitForSignature(
  trx: Trx,
  kind: string,
  { of, words, work }: { of: readonly Piece[]; words?: string | undefined; work?: string | undefined },
): Promise<string> {
  return step(trx, kind, 'submitted', { of, words, work: work ?? of[0]!.fact })
}

/** Takes work back before it is signed, so that it can be changed. */
export async function withdraw(
  trx: Trx,
  kind: string,
  { of, words }: { of: readonly Piece[]; words?: string | undefined },
): Promise<void> {
  await step(trx, kind, 'withdrawn', { of, words, work: of[0]!.fact })
}

/**
 * Returns work with reasons, or signs it with a rationale; tells the area in the same transaction.
 * @throws Refusal 409 in words when it may not be decided now, or not by this person
 */
export async function decide(
  trx: Trx,
  kind: string,
  act: 'returned' | 'authorised',
  { of, words, account, now }: { of: readonly Piece[]; words: string; account: string; now: Date },
): Promise<void> {
  await step(trx, kind, act, { of, words, work: of[0]!.fact })
  const hear = signedKind(kind)[act]
  await hear?.(trx, { kind, of, account, at: now, day: dayOf(now), words })
}

async function step(
  trx: Trx,
  kind: string,
  act: Act,
  { of, words, work }: { of: readonly Piece[]; words: string | undefined; work: string },
): Promise<string> {
  const pieces: Piece[] = []
  let refused: NotNow | undefined
  for (const piece of of) {
    const why = await mayNot(trx, kind, piece.fact, act)
    // Of sisters and brothers, those about whom nothing changed stay signed.
    if (why && why !== 'signed-already') throw notNow(why)
    if (why) refused = why
    else pieces.push(piece)
  }
  if (pieces.length === 0) throw notNow(refused ?? 'not-there')
  // The trigger keep_signing fills in the rest, and refuses again.
  const { rows } = await sql<{ work: string }>`
    insert into sign_off (person_id, field_group, kind, title, fact_id, work_id, turn, version, act, words, account_id, digest)
    select p.person, k.field_group, k.kind, k.title, p.fact, ${work}::uuid, 1, 1, ${act}, ${words || null}, access.recorder(), ''
      from unnest(${pieces.map(({ person }) => person)}::uuid[], ${pieces.map(({ fact }) => fact)}::uuid[]) as p (person, fact)
      join foundation.signed_kind k on k.kind = ${kind}
    returning work_id as work`.execute(trx)
  return rows[0]!.work
}

const notNow = (why: NotNow) => refuse(409, `${notNowWords[why]}.`, { title: 'Not now' })

/** Why whoever is signed in may not take a step with a piece of work; undefined when they may. */
export async function mayNot(trx: Trx, kind: string, fact: string, act: Act): Promise<NotNow | undefined> {
  const { rows } = await sql<{ why: NotNow | null }>`
    select record.sign_off_refusal(${kind}, ${fact}, ${act}, access.recorder()) as why`.execute(trx)
  return rows[0]!.why ?? undefined
}

const told = sql`s.act, s.version, s.acted_at as at, s.account_id as account, a.display_name as by, s.words`

/** Where pieces of work stand, by the id of their row. A piece that nobody has submitted is there too. */
export async function standingsOf(
  trx: Trx,
  kind: string,
  facts: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<Step & { fact: string; changed: boolean }>`
    select distinct on (s.fact_id) s.fact_id as fact, ${told},
           s.act in ('submitted', 'authorised') and s.digest is distinct from record.signed_digest(s.kind, s.fact_id) as changed
      from sign_off s join access.account a on a.id = s.account_id
     where s.kind = ${kind} and s.fact_id = any (${[...facts]}::uuid[])
     order by s.fact_id, s.turn desc`.execute(trx)
  const found = new Map(rows.map(({ fact, changed, ...last }) => [fact, { last, changed }]))
  return new Map(facts.map((fact) => [fact, found.get(fact) ?? notSubmitted]))
}

/** Where one piece of work stands. */
export async function standingOf(trx: Trx, kind: string, fact: string): Promise<Standing> {
  return (await standingsOf(trx, kind, [fact])).get(fact)!
}

/** A piece of submitted work as the page of its signature needs it. */
export interface SignedPiece extends Piece {
  readonly kind: string
  readonly title: string
}

/** Whose the work is, for whoever has opened the record of one of them. */
export async function peopleOfWork(trx: Trx, work: string): Promise<readonly string[]> {
  const { rows } = await sql<{ people: string[] }>`select record.people_of_work(${work}) as people`.execute(
    trx,
  )
  return rows[0]!.people
}

/** The pieces of one piece of work whose records are open. */
export async function piecesOf(trx: Trx, work: string): Promise<readonly SignedPiece[]> {
  const { rows } = await sql<SignedPiece>`
    select distinct on (s.fact_id) s.person_id as person, s.fact_id as fact, s.kind, s.title
      from sign_off s where s.work_id = ${work} order by s.fact_id, s.turn desc`.execute(trx)
  return rows
}

/** Every step of a piece of work, the first first. */
export async function stepsOf(trx: Trx, fact: string): Promise<readonly Step[]> {
  const { rows } = await sql<Step>`
    select ${told} from sign_off s join access.account a on a.id = s.account_id
     where s.fact_id = ${fact} order by s.turn`.execute(trx)
  return rows
}

/** Something that waits, on a list of one’s own work: a line for all the children of one piece of work. */
export interface Waiting {
  readonly work: string
  readonly title: string
  readonly act: 'submitted' | 'returned'
  readonly at: Date
  readonly by: string
  readonly version: number
  readonly children: readonly { readonly person: string; readonly called: string }[]
}

/** What waits for this reader on an opened list (`caseload`): to sign, or returned to them; the longest waiting first. */
export async function waitingFor(trx: Trx): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select s.work_id as work, min(s.title) as title, s.act, min(s.acted_at) as at, min(s.account) as by, max(s.version) as version,
           jsonb_agg(jsonb_build_object('person', s.person_id, 'called', coalesce(c.name, c.local_id, c.reference))
                     order by coalesce(c.name, c.local_id, c.reference)) as children
      from record.listed_signing() s join index_card c on c.person_id = s.person_id
     group by s.work_id, s.act order by min(s.acted_at)`.execute(trx)
  return rows
}
