import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * A signed root in the form that transparency logs use (C2SP tlog-checkpoint and signed-note), so that other tools can
 * read and check it: name, size, root, when; an empty line; a signature.
 */
export interface Root {
  /** Which trail: `cairn-trail/<id of the database's trail>`. */
  readonly trail: string
  readonly size: number
  readonly root: Buffer
  readonly sealedAt: Date
}

export interface Note extends Root {
  /** What was signed, to the last line end. */
  readonly body: string
  /** Hexadecimal: says which key, and is no secret. */
  readonly keyId: string
  readonly signature: Buffer
}

const signer = 'cairn-seal'
const form =
  /^(cairn-trail\/[0-9a-f-]{36})\n(\d{1,15})\n([A-Za-z0-9+/]{43}=)\nsealed (\S+)\n\n— cairn-seal ([A-Za-z0-9+/]{91}=)\n$/

export const trailName = (id: string): string => `cairn-trail/${id}`

/** The 32 bytes of an Ed25519 public key. */
const rawKey = (key: KeyObject): Buffer =>
  (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' }).subarray(-32)

/** The first four bytes of what signed-note calls the key's hash. */
export function keyIdOf(key: KeyObject): string {
  const hash = createHash('sha256').update(`${signer}\n`).update(Buffer.of(1)).update(rawKey(key))
  return hash.digest('hex').slice(0, 8)
}

/** @returns the text of the note */
export function signRoot({ trail, size, root, sealedAt }: Root, key: KeyObject): string {
  const body = `${trail}\n${size}\n${root.toString('base64')}\nsealed ${sealedAt.toISOString()}\n`
  const signature = Buffer.concat([Buffer.from(keyIdOf(key), 'hex'), sign(null, Buffer.from(body), key)])
  return `${body}\n— ${signer} ${signature.toString('base64')}\n`
}

/** @returns undefined when the text is no note of ours */
export function readNote(text: string): Note | undefined {
  const [, trail, size, root, sealedAt, signed] = form.exec(text) ?? []
  if (!trail || !size || !root || !sealedAt || !signed) return undefined
  const bytes = Buffer.from(signed, 'base64')
  // One text for one signature: the last letter has bits to spare.
  if (bytes.toString('base64') !== signed) return undefined
  return {
    trail,
    size: Number(size),
    root: Buffer.from(root, 'base64'),
    sealedAt: new Date(sealedAt),
    body: text.slice(0, text.indexOf('\n\n') + 1),
    keyId: bytes.subarray(0, 4).toString('hex'),
    signature: bytes.subarray(4),
  }
}

/** Whether one of these keys signed it. */
export const isSignedBy = (
  { body, keyId, signature }: Note,
  keys: ReadonlyMap<string, KeyObject>,
): boolean => {
  const key = keys.get(keyId)
  return key !== undefined && verify(null, Buffer.from(body), key, signature)
}
