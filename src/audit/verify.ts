import type { KeyObject } from 'node:crypto'
import { sql, type Transaction } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { PlacedLine } from './line.ts'
import { isSignedBy, type Note, readNote } from './note.ts'
import { type Finding, Findings, type HeldLine, mostFindings, prove, type RootToProve } from './prove.ts'
import { trailOf } from './seal.ts'
import type { Tree } from './tree.ts'
import { NoWitness, type Witness, type WitnessedRoot } from './witness.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Snapshot = Transaction<any>

/** What proving found out, for the command line and the page of the seal. */
export interface Verification {
  /** Everything witnessed is there as it was sealed, and nothing besides. */
  readonly proved: boolean
  readonly trail: string
  /** The last root that the witness holds: what the proof stands on. */
  readonly witnessed: { readonly size: number; readonly sealedAt: Date; readonly takenAt: Date }
  /** Lines that are as they were witnessed. */
  readonly lines: number
  /** Lines sealed since: proved against the database's own signed root only. */
  readonly sealedSince: number
  /** Lines that nobody has sealed yet: a change of these leaves no trace. */
  readonly unsealed: { readonly count: number; readonly oldest: Date | null }
  /** Lines whose content retention has erased, each said by a line of its own. */
  readonly erased: number
  /** Lines sealed more than an hour late. No fault in itself. */
  readonly late: number
  readonly findings: readonly Finding[]
  /** There were more findings than are named. */
  readonly more: boolean
  readonly seconds: number
}

/** Lines may wait so long for a seal, and seals for the witness, before it is a finding: three of the longer beat. */
export const patienceMinutes = 30

export interface VerifyOptions {
  now?: () => Date
  /** Called every few thousand lines. */
  progress?: (done: number, total: number) => void
}

/**
 * Proves the trail against the last root that the witness holds: one pass over the database's lines, in one view of
 * the data and the memory of a page. The leaves are worked out here from what the lines say, by the server's built-in
 * functions only: what the database's owner may change is believed in nothing.
 * @param db as the role for background work, or a standby of it
 * @throws NoWitness when the witness cannot be read, or holds no root of this trail
 */
export async function verifyTrail(
  db: Connection,
  witness: Witness,
  { now = () => new Date(), progress = () => undefined }: VerifyOptions = {},
): Promise<Verification> {
  const started = now()
  const trail = await trailOf(db)
  // First the witness, then the view of the data: what was witnessed is then in it.
  const last = await witness.last(trail)
  if (!last) {
    throw new NoWitness(
      `The witness holds no root of this trail, so nothing can be proved (background work hands one over every ten minutes): ${witness.place}`,
    )
  }
  const total = last.size
  const keys = await witness.keys(trail)
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      // Many small pages: what starts workers or a compiler for each costs more than the page.
      await sql`select set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)`.execute(
        trx,
      )
      const findings = new Findings()
      let witnessed = { size: total, sealedAt: started, takenAt: started }
      const faultOf = (note: Note | undefined) =>
        note?.trail !== trail || !isSignedBy(note, keys)
          ? 'A root that the witness holds is not signed by a key that it knows'
          : undefined
      const toProve = witnessedRoots(witness.roots(trail), total, faultOf, ({ note, takenAt }) => {
        witnessed = { size: note.size, sealedAt: note.sealedAt, takenAt }
      })
      const lookups = { placeOf: (id: string) => placeOf(trx, id) }
      const proven = await prove(toProve, heldLines(trx), lookups, findings, (done) => {
        if (done % 5_000 === 0 || done === total) progress(done, total)
      })
      await addUnplaced(trx, findings)
      const unsealed = await waiting(trx)
      const seal = await checkSeal(trx, proven.tree, keys)
      if (seal.fault) findings.add({ kind: 'root', says: seal.fault })
      addOverdue(findings, started, unsealed, seal, total)
      return {
        proved: findings.all.length === 0,
        trail,
        witnessed,
        lines: proven.proved,
        sealedSince: proven.sealedSince,
        unsealed,
        erased: proven.erased,
        late: proven.late,
        findings: findings.all,
        more: findings.more,
        seconds: (now().getTime() - started.getTime()) / 1000,
      }
    })
}

async function* witnessedRoots(
  roots: AsyncIterable<WitnessedRoot>,
  until: number,
  faultOf: (note: Note | undefined) => string | undefined,
  read: (root: { note: Note; takenAt: Date }) => void,
): AsyncIterable<RootToProve> {
  for await (const { note: text, takenAt, lines } of roots) {
    const note = readNote(text)
    if (!note || note.size > until) continue
    read({ note, takenAt })
    yield { size: note.size, root: note.root, sealedAt: note.sealedAt, fault: faultOf(note), lines }
  }
}

/** Every leaf in order, with what its line says today hashed anew (0110 says how a leaf is made). */
async function* heldLines(trx: Snapshot): AsyncIterable<HeldLine> {
  const page = 5_000
  for (let next = -1; ; ) {
    const { rows } = await sql<HeldLine>`
      select l.index, l.line_id as id, (extract(epoch from l.at) * 1000000)::bigint as at, l.hash,
             t.payload is null and exists (
               select from audit.trail e
                where e.payload ->> 'action' = 'erase' and e.payload -> 'lines' ? l.line_id::text) as erasure,
             case when t.payload is not null
               then sha256('\\x00'::bytea || t.salt || uuid_send(t.id) || int8send((extract(epoch from t.at) * 1000000)::bigint)
                           || convert_to(t.payload::text, 'UTF8')) end as actual,
             t.id is not null as there
        from audit.leaf l left join audit.trail t on t.id = l.line_id and t.at = l.at
       where l.index > ${next} order by l.index limit ${page}`.execute(trx)
    for (const row of rows as (HeldLine & { there: boolean })[]) {
      yield row.there ? row : { ...row, actual: undefined }
    }
    if (rows.length < page) return
    next = rows.at(-1)!.index
  }
}

async function placeOf(trx: Snapshot, id: string): Promise<number | undefined> {
  const { rows } = await sql<{ index: number }>`select index from audit.leaf where line_id = ${id}`.execute(
    trx,
  )
  return rows[0]?.index
}

/** Lines that have no leaf and do not wait for one; and lines that wait and are gone. */
async function addUnplaced(trx: Snapshot, findings: Findings): Promise<void> {
  const { rows: without } = await sql<Omit<PlacedLine, 'hash'>>`
    select t.id, (extract(epoch from t.at) * 1000000)::bigint as at
      from audit.trail t
      left join audit.leaf l on l.line_id = t.id and l.at = t.at
      left join audit.unsealed u on u.line_id = t.id and u.at = t.at
     where l.line_id is null and u.line_id is null
     order by t.at limit ${mostFindings + 1}`.execute(trx)
  for (const { id, at } of without) {
    const gone = findings.all.findIndex((one) => one.kind === 'removed' && one.id === id)
    if (gone < 0) findings.add({ kind: 'inserted', id, at })
    // The line is there under its id: its leaf was taken away or dated otherwise, or the line itself was.
    else
      findings.all[gone] = {
        ...findings.all[gone]!,
        kind: findings.all[gone]!.at === at ? 'leaf' : 'changed',
      }
  }
  const { rows: lost } = await sql<Omit<PlacedLine, 'hash'>>`
    select u.line_id as id, (extract(epoch from u.at) * 1000000)::bigint as at
      from audit.unsealed u left join audit.trail t on t.id = u.line_id and t.at = u.at
     where t.id is null order by u.at limit ${mostFindings + 1}`.execute(trx)
  for (const { id, at } of lost) findings.add({ kind: 'removed', id, at })
}

async function waiting(trx: Snapshot): Promise<Verification['unsealed']> {
  const { rows } = await sql<{ count: number; oldest: Date | null }>`
    select count(*) as count, min(at) as oldest from audit.unsealed`.execute(trx)
  return rows[0]!
}

interface CheckedSeal {
  readonly size: number
  readonly sealedAt: Date | undefined
  readonly fault: string | undefined
}

/** The newest signed root in the database is the root of the database's own leaves. */
async function checkSeal(
  trx: Snapshot,
  tree: Tree,
  keys: ReadonlyMap<string, KeyObject>,
): Promise<CheckedSeal> {
  const { rows } = await sql<{ size: number; root: Buffer; note: string; sealedAt: Date }>`
    select size, root, note, sealed_at as "sealedAt" from audit.seal order by size desc limit 1`.execute(trx)
  const seal = rows[0]
  if (!seal) {
    const fault = tree.size > 0 ? 'There are sealed lines in the database, and no signed root' : undefined
    return { size: 0, sealedAt: undefined, fault }
  }
  const { size, sealedAt } = seal
  const note = readNote(seal.note)
  const follows = tree.size === size && tree.root().equals(seal.root) && note?.root.equals(seal.root)
  if (!note || !follows)
    return {
      size,
      sealedAt,
      fault: `The database's newest signed root, of ${size} lines, does not follow from its lines`,
    }
  const known = isSignedBy(note, keys)
  return {
    size,
    sealedAt,
    fault: known ? undefined : 'The newest root is not signed by a key that the witness knows',
  }
}

function addOverdue(
  findings: Findings,
  now: Date,
  unsealed: Verification['unsealed'],
  seal: CheckedSeal,
  witnessed: number,
): void {
  const overdue = (since: Date | null | undefined) =>
    since !== null && since !== undefined && now.getTime() - since.getTime() > patienceMinutes * 60_000
  if (overdue(unsealed.oldest)) findings.add({ kind: 'unsealed' })
  if (seal.size > witnessed && overdue(seal.sealedAt)) findings.add({ kind: 'unwitnessed' })
}
