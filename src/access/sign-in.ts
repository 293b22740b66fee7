import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { checkCode, newCodeSecret } from './one-time-code.ts'
import { hashPassword, isPassword } from './password.ts'
import type { AccountServices } from './services.ts'
import { hashOf, newSecret } from './sessions.ts'

/** What somebody typed to prove who they are. */
export interface Proof {
  readonly password: string
  readonly code: string | undefined
}

export interface Desk {
  readonly db: Connection
  readonly accounts: AccountServices
  readonly now: () => Date
  /** Whether this account is asked for a code at all: an invented worker of a demonstration is not. */
  codeIsAsked(account: string): Promise<boolean>
}

/** How an attempt went. Unknown name, wrong password and wrong code are one answer. */
export type Attempt =
  | { readonly kind: 'right'; readonly account: string; readonly attempt: string }
  | { readonly kind: 'first-time'; readonly account: string; readonly attempt: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number }

interface BegunRow {
  attempt: string | null
  wait_seconds: number | null
  account: string | null
  password_hash: string | null
  totp_secret: Buffer | null
  totp_last_step: number | null
}

const noSecret = newCodeSecret()

/** The secret of the account's code; undefined when none is enrolled. */
function secretOf(desk: Desk, { account, totp_secret: sealed }: BegunRow): string | undefined {
  if (!account || !sealed) return undefined
  const secret = desk.accounts.codes.open(sealed, account)
  if (secret === undefined)
    throw new Error('The secret of a one-time code was sealed with a key that is not here')
  return secret
}

async function check(desk: Desk, begun: BegunRow | undefined, proof: Proof): Promise<Attempt> {
  if (!begun || begun.attempt === null)
    return begun?.wait_seconds ? { kind: 'wait', seconds: begun.wait_seconds } : { kind: 'wrong' }
  const { account, attempt } = begun
  const wrong = async (): Promise<Attempt> => {
    await sql`select access.sign_in_failed(${attempt})`.execute(desk.db)
    return { kind: 'wrong' }
  }
  // Password and code are both checked whichever is wrong: how long it takes tells nothing.
  const secret = secretOf(desk, begun)
  const step = await checkCode(secret ?? noSecret, proof.code ?? '', begun.totp_last_step ?? 0, desk.now())
  if (!(await isPassword(proof.password, begun.password_hash)) || account === null) return wrong()
  if (!(await desk.codeIsAsked(account))) return { kind: 'right', account, attempt }
  if (secret === undefined) return { kind: 'first-time', account, attempt }
  if (step === undefined) return wrong()
  const { rows } = await sql<{
    fresh: boolean
  }>`select access.use_code(${account}, ${step}) as fresh`.execute(desk.db)
  if (!rows[0]!.fresh) return wrong()
  await reseal(desk, account, begun.totp_secret!, secret)
  return { kind: 'right', account, attempt }
}

/** A secret under an older key goes under the newest, so that the old one can be dropped. */
async function reseal({ db, accounts: { codes } }: Desk, account: string, sealed: Buffer, secret: string) {
  if (codes.isCurrent(sealed, account)) return
  await sql`select access.reseal_code(${account}, ${sealed}, ${codes.seal(secret, account)})`.execute(db)
}

/** E-mail, password and code, throttled by name and by address. */
export async function trySignIn(
  desk: Desk,
  typed: Proof & { email: string },
  address: string,
): Promise<Attempt> {
  const { rows } =
    await sql<BegunRow>`select * from access.begin_sign_in(${typed.email}, ${address})`.execute(desk.db)
  return check(desk, rows[0], typed)
}

/** The same for whoever holds this session, locked or not: for unlocking, and for steps that ask twice. */
export async function tryProof(desk: Desk, secret: string, proof: Proof, address: string): Promise<Attempt> {
  const { rows } = await sql<BegunRow>`select * from access.begin_proof(${secret}, ${address})`.execute(
    desk.db,
  )
  const attempt = await check(desk, rows[0], proof)
  if (attempt.kind === 'right')
    await sql`select access.note_proof(${secret}, ${attempt.attempt})`.execute(desk.db)
  return attempt
}

/** @returns the new session's secret, for the cookie */
export async function startSession(
  db: Connection,
  who: {
    account: string
    method: 'local' | 'directory'
    client: string
    attempt?: string | undefined
    directorySession?: string | undefined
  },
): Promise<string> {
  const secret = newSecret()
  await sql`select access.start_session(${who.account}, ${hashOf(secret)}, ${who.method}, ${who.client},
    ${who.attempt ?? null}::uuid, ${who.directorySession ?? null})`.execute(db)
  return secret
}

export const lockSession = (db: Connection, secret: string) =>
  sql`select access.lock_session(${secret})`.execute(db)
export const endSession = (db: Connection, secret: string) =>
  sql`select access.end_session(${secret})`.execute(db)

/**
 * The first sign-in: a password of one's own and a one-time code, after the first password was right.
 * @returns false when it came too late or was done before
 */
export async function enrol(
  desk: Desk,
  first: { account: string; attempt: string; password: string; secret: string; step: number },
): Promise<boolean> {
  const hash = await hashPassword(first.password)
  const sealed = desk.accounts.codes.seal(first.secret, first.account)
  const { rows } = await sql<{ done: boolean }>`
    select access.enrol(${first.account}, ${first.attempt}, ${hash}, ${sealed}, ${first.step}) as done`.execute(
    desk.db,
  )
  return rows[0]!.done
}
