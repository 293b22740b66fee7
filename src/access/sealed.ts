import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Encrypts small secrets with a key that is not in the database. */
export interface Sealer {
  /** @param about whose it is: what was sealed about one cannot be opened about another */
  seal(text: string, about: string): Buffer
  /** @returns undefined when it was not sealed by one of the keys, or about somebody else */
  open(sealed: Uint8Array, about: string): string | undefined
  /** Whether it was sealed with the newest key. */
  isCurrent(sealed: Uint8Array, about: string): boolean
}

/**
 * AES-256-GCM with a key of its own for each purpose.
 * @param keys the first seals; all of them open, so that a key can be replaced without asking everybody to enrol again
 */
export function sealerFor(purpose: string, keys: readonly string[]): Sealer {
  const derived = keys.map((key) => Buffer.from(hkdfSync('sha256', key, '', `cairn ${purpose}`, 32)))
  if (derived.length === 0) throw new Error('There is no key to seal with')
  const openWith = (key: Buffer, sealed: Buffer, about: string) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
      decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString()
    } catch {
      return undefined
    }
  }
  return {
    seal(text, about) {
      const start = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', derived[0]!, start).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text), cipher.final()])
      return Buffer.concat([start, cipher.getAuthTag(), body])
    },
    open(sealed, about) {
      for (const key of derived) {
        const text = openWith(key, Buffer.from(sealed), about)
        if (text !== undefined) return text
      }
      return undefined
    },
    isCurrent: (sealed, about) => openWith(derived[0]!, Buffer.from(sealed), about) !== undefined,
  }
}
