import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sealer } from '../../access/sealed.ts'
import { filesBelow, writeWhole } from './document-bytes.ts'

/**
 * Where the wrapped keys lie: apart from the bytes and from the database, with backups that live briefly. A key that is
 * destroyed here destroys the document for that person, in every older backup of the bytes too.
 */
export interface WrappedKeys {
  put(of: KeyOf, wrapped: Uint8Array): Promise<void>
  get(of: KeyOf): Promise<Buffer | undefined>
  destroy(of: KeyOf): Promise<void>
  all(): AsyncIterable<KeyOf & { at: Date }>
}

/** A document has one key, wrapped once for each person it is about. */
export interface KeyOf {
  readonly stored: string
  readonly person: string
}

const name = /^([0-9a-f-]{36})\.([0-9a-f-]{36})$/

/** Wrapped keys as files of a folder that all processes of the authority reach. */
export function keysInFolder(folder: string): WrappedKeys {
  const place = ({ stored, person }: KeyOf) => {
    if (!name.test(`${stored}.${person}`)) throw new Error('Not the name of a key')
    return join(folder, stored.slice(0, 2), `${stored}.${person}`)
  }
  return {
    put: (of, wrapped) => writeWhole(place(of), wrapped),
    get: (of) =>
      readFile(place(of)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      }),
    destroy: (of) => rm(place(of), { force: true }),
    async *all() {
      for await (const { folder: within, name: found } of filesBelow(folder)) {
        const [, stored, person] = name.exec(found) ?? []
        if (stored && person) yield { stored, person, at: (await stat(join(within, found))).mtime }
      }
    },
  }
}

/** The keys of documents, wrapped with the key of the server, which is in neither store. */
export interface DocumentKeys {
  wrap(of: KeyOf, key: Uint8Array): Promise<void>
  /** Undefined: there is none, it was destroyed. `false`: it does not open, it was changed or is of another server. */
  unwrap(of: KeyOf): Promise<Buffer | undefined | false>
  destroy(of: KeyOf): Promise<void>
  all(): AsyncIterable<KeyOf & { at: Date }>
}

/** @param sealer of the server's key; what is wrapped for one person and document opens for no other */
export function documentKeys(store: WrappedKeys, sealer: Sealer): DocumentKeys {
  const about = ({ stored, person }: KeyOf) => `${stored} ${person}`
  return {
    wrap: (of, key) => store.put(of, sealer.seal(Buffer.from(key).toString('base64'), about(of))),
    async unwrap(of) {
      const wrapped = await store.get(of)
      if (!wrapped) return undefined
      const key = sealer.open(wrapped, about(of))
      return key === undefined ? false : Buffer.from(key, 'base64')
    },
    destroy: (of) => store.destroy(of),
    all: () => store.all(),
  }
}
