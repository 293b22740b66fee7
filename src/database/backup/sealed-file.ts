import { createReadStream, createWriteStream } from 'node:fs'
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeWebStream } from 'node:stream/web'
import { createGunzip, createGzip } from 'node:zlib'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { CannotStart, inPlainWords } from '../cannot-start.ts'

/**
 * Makes a key file, as age-keygen does: the secret line opens backups, the public one only makes them.
 * @throws CannotStart when there is a file already
 */
export async function makeKeyFile(file: string): Promise<void> {
  const secret = await generateX25519Identity()
  const text = `# public key: ${await identityToRecipient(secret)}\n${secret}\n`
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CannotStart(`There is a key file already: ${file}`)
    throw inPlainWords(error, file)
  })
}

/** The keys of a key file: those that open (secret), or those that only close (public) where there is no secret. */
async function readKeys(file: string): Promise<{ secret: string[]; recipients: string[] }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CannotStart(`The key file cannot be read: ${file}`)
  })
  const words = text.split(/\s+/)
  const secret = words.filter((word) => word.startsWith('AGE-SECRET-KEY-1'))
  const recipients =
    secret.length > 0 ? await Promise.all(secret.map(identityToRecipient)) : words.filter(isPublic)
  if (recipients.length === 0)
    throw new CannotStart(`${file} is not a key file: it has no line AGE-SECRET-KEY-1… or age1…`)
  return { secret, recipients }
}

const isPublic = (word: string) => /^age1[a-z0-9]+$/.test(word)

/**
 * Writes what is given into a file, compressed and encrypted with age. The file has its name only when it is complete
 * and on the disk.
 * @throws CannotStart for what keeps the file from being written
 */
export async function sealInto(
  file: string,
  keyFile: string,
  contents: AsyncIterable<Uint8Array>,
): Promise<void> {
  const encrypter = new Encrypter()
  for (const recipient of (await readKeys(keyFile)).recipients) encrypter.addRecipient(recipient)
  const making = `${file}.${process.pid}.part`
  try {
    const gzip = createGzip({ level: 4 })
    // What fails while being read breaks the gzip, and through it everything after.
    const compressing = pipeline(contents, gzip)
    compressing.catch(() => undefined)
    const sealed = await encrypter.encrypt(Readable.toWeb(gzip) as ReadableStream<Uint8Array>)
    const written = createWriteStream(making, { mode: 0o600, flags: 'wx' })
    await Promise.all([compressing, pipeline(Readable.fromWeb(sealed as NodeWebStream), written)])
    await onDisk(making)
    await rename(making, file)
    await onDisk(dirname(file))
  } catch (error) {
    await rm(making, { force: true })
    throw inPlainWords(error, file)
  }
}

async function onDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * What was put into a file by `sealInto`, as it is read.
 * @throws CannotStart when the key does not fit; the stream fails when the file was cut short or changed
 */
export async function unseal(file: string, keyFile: string): Promise<AsyncIterable<Uint8Array>> {
  const { secret } = await readKeys(keyFile)
  if (secret.length === 0)
    throw new CannotStart(`${keyFile} has the public key only: it makes backups and opens none.`)
  await (
    await open(file).catch(() => {
      throw new CannotStart(`The backup cannot be read: ${file}`)
    })
  ).close()
  const decrypter = new Decrypter()
  for (const key of secret) decrypter.addIdentity(key)
  const bytes = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>
  const opened = await decrypter.decrypt(bytes).catch((error: Error) => {
    throw new CannotStart(
      /no identity matched/.test(error.message)
        ? `The key in ${keyFile} does not open ${file}: it was made with another.`
        : `${file} is not a backup of Cairn, or its beginning was changed.`,
    )
  })
  const gunzip = createGunzip()
  // What fails is told to whoever reads on.
  pipeline(Readable.fromWeb(opened as NodeWebStream), gunzip).catch(() => undefined)
  return gunzip
}
