import { resolve } from 'node:path'
import { readConfig } from '../database/config.ts'

export interface SealSettings {
  /** The file of the key that signs roots (Ed25519, PKCS #8 PEM); undefined: this process does not seal. */
  readonly keyFile: string | undefined
  /** The witness's folder; undefined: nobody is shown the roots. */
  readonly witnessFolder: string | undefined
  /** An evaluation: the key is made when there is none. */
  readonly makesKey: boolean
}

/**
 * CAIRN_SEAL_KEY and CAIRN_WITNESS. With the embedded database they default to a key in the data folder and a folder
 * beside it, so that a demonstration shows the whole proof; on a server of one's own both are set or missing.
 */
export function sealSettings(env: Record<string, string | undefined> = process.env): SealSettings {
  const { database, dataFolder } = readConfig(env)
  const evaluation = database === undefined
  const path = (value: string | undefined, otherwise: string) =>
    value ? resolve(value) : evaluation ? otherwise : undefined
  return {
    keyFile: path(env.CAIRN_SEAL_KEY, `${dataFolder}/seal-key.pem`),
    witnessFolder: path(env.CAIRN_WITNESS, `${dataFolder}-witness`),
    makesKey: evaluation,
  }
}
