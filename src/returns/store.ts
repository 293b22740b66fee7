import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { type Transaction as KyselyTransaction, sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Departure } from './cin-census/make.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
export type Transaction = KyselyTransaction<any>

export type MadeState = 'waiting' | 'making' | 'ready' | 'not-offered' | 'failed'

/** A return that was made, or is being made: counts and hashes, nobody's data. */
export interface MadeReturn {
  id: string
  return: 'cin-census'
  /** As the DfE names it: 2024-25. */
  collection: string
  as_reported: boolean
  known_at: Date | null
  state: MadeState
  asked_by: string | null
  asked_at: Date
  finished_at: Date | null
  serial: number | null
  file_name: string | null
  children: number
  without_referral: number
  size: number | null
  sha256: Buffer | null
  departures: number
  cleared_at: Date | null
  says: string | null
}

export interface Asked {
  return: 'cin-census'
  collection: string
  asReported: boolean
  knownAt?: Date | undefined
}

const columns = sql`id, return, collection, as_reported, known_at, state, asked_by, asked_at, finished_at, serial,
  file_name, children, without_referral, size, sha256, departures, cleared_at, says`

/** Asks for a return as the account of a session, on the trail; a job makes it. */
export async function ask(trx: Transaction, secret: string, asked: Asked): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select returns.ask(${secret}, ${asked.return}, ${asked.collection}, ${asked.asReported}, ${asked.knownAt ?? null}) as id`.execute(
    trx,
  )
  const { id } = rows[0]!
  await sql`select jobs.enqueue('return', ${id}::uuid)`.execute(trx)
  return id
}

/** A return asked for on the command line, as the role for background work. */
export async function addMade(db: Connection, asked: Asked): Promise<MadeReturn> {
  const { rows } = await sql<MadeReturn>`
    insert into returns.made (return, collection, as_reported, known_at)
    values (${asked.return}, ${asked.collection}, ${asked.asReported}, ${asked.knownAt ?? null})
    returning ${columns}`.execute(db)
  return rows[0]!
}

export async function findMade(db: Connection, id: string): Promise<MadeReturn | undefined> {
  const { rows } = await sql<MadeReturn>`select ${columns} from returns.made where id = ${id}`.execute(db)
  return rows[0]
}

export type ListedReturn = MadeReturn & { asked_name: string | null }

export async function listMade(
  db: Connection,
  limit: number,
  offset: number,
): Promise<{ made: ListedReturn[]; total: number }> {
  const { rows } = await sql<ListedReturn>`
    select m.*, a.display_name as asked_name
      from (select ${columns} from returns.made) m left join access.account a on a.id = m.asked_by
     order by m.asked_at desc limit ${limit} offset ${offset}`.execute(db)
  const { rows: counted } = await sql<{ total: number }>`select count(*) as total from returns.made`.execute(
    db,
  )
  return { made: rows, total: counted[0]!.total }
}

export async function accountName(db: Connection, id: string | null): Promise<string | null> {
  if (id === null) return null
  const { rows } = await sql<{
    name: string
  }>`select display_name as name from access.account where id = ${id}`.execute(db)
  return rows[0]?.name ?? null
}

export async function noteMaking(db: Connection, id: string): Promise<void> {
  await sql`
    update returns.made set state = 'making', started_at = clock_timestamp(), children = 0, says = null where id = ${id}`.execute(
    db,
  )
}

/** The number that stands in the file's header: one more than the last file of this collection. */
export async function takeSerial(db: Connection, id: string): Promise<number> {
  const { rows } = await db
    .transaction()
    .execute((trx) => sql<{ serial: number }>`select returns.take_serial(${id}) as serial`.execute(trx))
  return rows[0]!.serial
}

export async function noteProgress(db: Connection, id: string, children: number): Promise<void> {
  await sql`update returns.made set children = ${children} where id = ${id}`.execute(db)
}

export async function noteFailed(db: Connection, id: string, says: string): Promise<void> {
  await sql`
    update returns.made set state = 'failed', says = ${says}, serial = null, finished_at = clock_timestamp()
     where id = ${id}`.execute(db)
}

export interface Outcome {
  run: string
  fileName: string
  children: number
  withoutReferral: number
  size: number
  sha256: Buffer
  departures: Departure[]
  /** Why the file is not offered; null when it is. */
  notOffered: string | null
}

/** What came of it. A file that is not offered is not kept, and its number is free again. */
export async function finish(trx: Transaction, id: string, came: Outcome): Promise<void> {
  const { run, fileName, children, withoutReferral, size, sha256, departures, notOffered } = came
  if (notOffered !== null) await sql`delete from returns.piece where made_id = ${id}`.execute(trx)
  await sql`delete from returns.departure where made_id = ${id}`.execute(trx)
  await sql`
    insert into returns.departure (made_id, place, child, element, what)
    select ${id}, row_number() over (), d.child, d.element, d.what
      from jsonb_to_recordset(${JSON.stringify(departures)}::jsonb) as d (child text, element text, what text)`.execute(
    trx,
  )
  await sql`
    update returns.made
       set state = ${notOffered === null ? 'ready' : 'not-offered'}, says = ${notOffered}, run_id = ${run},
           file_name = ${fileName}, children = ${children}, without_referral = ${withoutReferral}, size = ${size}, sha256 = ${sha256},
           serial = case when ${notOffered === null} then serial end,
           departures = ${departures.length}, finished_at = clock_timestamp()
     where id = ${id}`.execute(trx)
}

// ---- The file itself ---------------------------------------------------------------------------------------------

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** Keeps a file piece by piece, each packed on its own. */
export class PieceKeeper {
  #place = 0

  constructor(
    private readonly trx: Transaction,
    private readonly id: string,
  ) {}

  async begin(): Promise<void> {
    await sql`delete from returns.piece where made_id = ${this.id}`.execute(this.trx)
  }

  async keep(piece: string): Promise<void> {
    this.#place += 1
    await sql`
      insert into returns.piece (made_id, place, bytes) values (${this.id}, ${this.#place}, ${await pack(piece)})`.execute(
      this.trx,
    )
  }
}

/** A file that is open to this session, packed: a tenth of its size. */
export async function packedPieces(trx: Transaction, id: string): Promise<Buffer[]> {
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from returns.piece where made_id = ${id} order by place`.execute(trx)
  return rows.map(({ bytes }) => bytes)
}

/** The file itself, piece by piece. */
export async function* unpacked(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield await unpack(piece)
}

export async function departuresOf(trx: Transaction, id: string, limit: number): Promise<Departure[]> {
  const { rows } = await sql<Departure>`
    select child, element, what from returns.departure where made_id = ${id} order by place limit ${limit}`.execute(
    trx,
  )
  return rows
}

/** Opens a file, or what is wrong with it, to a session for a short while: on the trail, in a transaction of its own. */
export async function openFile(
  db: Connection,
  secret: string,
  id: string,
  action: 'view' | 'download',
  correlation?: string,
): Promise<void> {
  await sql`select returns.open_file(${secret}, ${id}, ${action}, ${correlation ?? null})`.execute(db)
}

/** @returns how many files were cleared away */
export async function clearOld(db: Connection, days: number): Promise<number> {
  const { rows } = await sql<{ cleared: number }>`select returns.clear_old(${days}) as cleared`.execute(db)
  return rows[0]!.cleared
}
