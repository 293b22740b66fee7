import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'

/** What cannot be used, in one line that names the setting. */
export class NoSealKey extends Error {
  override name = 'NoSealKey'
}

/**
 * The key that signs roots. Read for each sealing and kept nowhere: putting another file there is all that changing
 * the key needs, and the witness is given its public half with the next root.
 * @param makes an evaluation: a file that is not there is made, readable by this user only
 * @throws NoSealKey
 */
export async function readSealKey(file: string, makes = false): Promise<KeyObject> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && makes) return undefined
    throw new NoSealKey(`CAIRN_SEAL_KEY cannot be read (${error.code}): ${file}`)
  })
  if (text === undefined) {
    await makeKey(file)
    return readSealKey(file)
  }
  const key = parse(text)
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new NoSealKey(
      `CAIRN_SEAL_KEY is no Ed25519 key. \`openssl genpkey -algorithm ed25519 -out FILE\` makes one: ${file}`,
    )
  }
  return key
}

function parse(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text)
  } catch {
    return undefined
  }
}

/** Whole or not at all, and never over another that was made meanwhile. */
async function makeKey(file: string): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const making = `${file}.${process.pid}`
  await writeFile(making, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  await link(making, file).catch(() => undefined)
  await rm(making)
}
