import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Where encrypted bytes lie. A folder is one such place; a store that speaks S3 would be another (write: an upload in
 * parts, completed at the end). It is given no key and no name: whoever holds the bytes holds nothing readable.
 */
export interface DocumentBytes {
  /** Keeps them whole or not at all; what it said it kept it has. @throws what `bytes` throws */
  write(id: string, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** Undefined where there are none. */
  read(id: string): AsyncIterable<Uint8Array> | undefined | Promise<AsyncIterable<Uint8Array> | undefined>
  /** How many there are; undefined where there are none. */
  size(id: string): Promise<number | undefined>
  remove(id: string): Promise<void>
  /** Everything that lies there, with when it came. */
  all(): AsyncIterable<{ id: string; at: Date }>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Undefined where the file system has nothing of that name. */
async function whereThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file that has its name only when it is complete and on the disk. */
export async function writeWhole(file: string, bytes: AsyncIterable<Uint8Array> | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const making = `${file}.part`
  const handle = await open(making, 'w', 0o600)
  try {
    await handle.writeFile(bytes as never)
    await handle.sync()
    await handle.close()
    await rename(making, file)
    const folder = await open(dirname(file))
    await folder.sync().finally(() => folder.close())
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(making, { force: true })
    throw error
  }
}

/** The files of a folder and of those within it. */
export async function* filesBelow(folder: string): AsyncGenerator<{ folder: string; name: string }> {
  for (const entry of (await whereThere(readdir(folder, { withFileTypes: true }))) ?? []) {
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name))
    else yield { folder, name: entry.name }
  }
}

/** Bytes as files of a folder that all processes of the authority reach. */
export function bytesInFolder(folder: string): DocumentBytes {
  const place = (id: string) => {
    if (!uuid.test(id)) throw new Error('Not the name of stored bytes')
    return join(folder, id.slice(0, 2), id)
  }
  return {
    write: (id, bytes) => writeWhole(place(id), bytes),
    read: async (id) =>
      (await whereThere(stat(place(id)))) && createReadStream(place(id), { highWaterMark: 256 * 1024 }),
    size: async (id) => (await whereThere(stat(place(id))))?.size,
    remove: (id) => rm(place(id), { force: true }),
    async *all() {
      for await (const { folder: within, name } of filesBelow(folder)) {
        const found = await whereThere(stat(join(within, name)))
        // What was begun and never finished counts as what nobody needs.
        if (found) yield { id: name.replace(/\.part$/, ''), at: found.mtime }
      }
    },
  }
}
