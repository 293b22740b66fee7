import { createHmac, randomUUID } from 'node:crypto'

export interface MeshIdentity {
  readonly mailbox: string
  readonly password: string
  readonly sharedKey: string
}

const scheme = 'NHSMESH'

/** The hash of a token: HMAC-SHA256 in small hexadecimal letters, under the environment’s shared key. */
export const meshHash = (
  { mailbox, password, sharedKey }: MeshIdentity,
  nonce: string,
  count: string,
  timestamp: string,
): string =>
  createHmac('sha256', sharedKey)
    .update(`${mailbox}:${nonce}:${count}:${password}:${timestamp}`)
    .digest('hex')

/** A moment as the token has it: `202611231520`, UTC. */
export const meshTime = (at: Date): string => at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 12)

/** The authorization header of one request; each request needs its own. */
export function meshAuthorization(
  identity: MeshIdentity,
  { now = new Date(), nonce = randomUUID() as string, count = 0 } = {},
): string {
  const timestamp = meshTime(now)
  const hash = meshHash(identity, nonce, String(count), timestamp)
  return `${scheme} ${identity.mailbox}:${nonce}:${count}:${timestamp}:${hash}`
}
