import type { FastifyInstance } from 'fastify'
import { sealerFor } from '../../access/sealed.ts'
import { CannotStart } from '../../database/cannot-start.ts'
import type { Config } from '../../database/config.ts'
import { keptSecret } from '../../database/kept-secret.ts'
import { refuse } from '../../web/errors.ts'
import { bytesInFolder } from './document-bytes.ts'
import { documentKeys, keysInFolder } from './document-keys.ts'
import { clamdAt, type Scanner } from './scanner.ts'
import type { Vault } from './vault.ts'

declare module '../../web/server.ts' {
  interface ServerDeps {
    /** Where documents are kept; absent where the authority has not said where. */
    readonly documents?: Vault | undefined
  }
}

/** @throws Refusal 503 where nobody has said where documents are kept */
export function vaultOf(app: FastifyInstance): Vault {
  if (!app.deps.documents)
    throw refuse(503, 'This service has no place for documents yet. Whoever runs it can give it one.', {
      title: 'Documents cannot be kept here yet',
    })
  return app.deps.documents
}

export interface VaultSettings {
  readonly folder: string
  readonly keyFolder: string
  /** The first wraps, all open. */
  readonly keys: readonly string[]
  readonly largest?: number
  readonly scanner?: Scanner | undefined
}

const megabyte = 1024 ** 2

/** A vault from settings in hand. */
export const vaultWith = ({
  folder,
  keyFolder,
  keys,
  largest = 50 * megabyte,
  scanner,
}: VaultSettings): Vault => ({
  bytes: bytesInFolder(folder),
  keys: documentKeys(keysInFolder(keyFolder), sealerFor('document key', keys)),
  scanner,
  largest,
})

type Environment = Record<string, string | undefined>

/**
 * Reads where documents are kept and under which key; docs/operations.md lists the variables. An evaluation keeps documents and makes a key
 * in its data folder; on an authority's own database nothing is kept until all three are set.
 * @throws CannotStart with one line
 */
export async function vaultFor(config: Config, env: Environment = process.env): Promise<Vault | undefined> {
  const {
    CAIRN_DOCUMENTS: folder,
    CAIRN_DOCUMENT_KEYS: keyFolder,
    CAIRN_DOCUMENT_KEY: key,
    CAIRN_DOCUMENT_LARGEST: largest,
  } = env
  const evaluation = config.database === undefined
  if (!evaluation && !folder && !keyFolder && !key) return undefined
  if (!evaluation && !(folder && keyFolder && key))
    throw new CannotStart(
      'CAIRN_DOCUMENTS, CAIRN_DOCUMENT_KEYS and CAIRN_DOCUMENT_KEY belong together: set all three, or none.',
    )
  if (folder && folder === keyFolder)
    throw new CannotStart('CAIRN_DOCUMENT_KEYS must be another folder than CAIRN_DOCUMENTS.')
  const keys = key
    ? key.split(',').map((one) => one.trim())
    : [await keptSecret(config.dataFolder, 'document-key')]
  if (keys.some((one) => one.length < 32))
    throw new CannotStart('CAIRN_DOCUMENT_KEY needs 32 random characters or more in each of its keys.')
  if (largest && !/^[1-9]\d{0,3}$/.test(largest))
    throw new CannotStart('CAIRN_DOCUMENT_LARGEST is a number of megabytes, at most 9999.')
  return vaultWith({
    folder: folder || `${config.dataFolder}/documents`,
    keyFolder: keyFolder || `${config.dataFolder}/document-keys`,
    keys,
    ...(largest ? { largest: Number(largest) * megabyte } : {}),
    scanner: scannerFor(env.CAIRN_CLAMD),
  })
}

function scannerFor(address: string | undefined): Scanner | undefined {
  if (!address) return undefined
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? []
  if (!host || !port) throw new CannotStart('CAIRN_CLAMD is an address and a port, such as 127.0.0.1:3310.')
  return clamdAt(host.replace(/^\[(.*)\]$/, '$1'), Number(port))
}
