import { createPublicKey, type KeyObject } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type PlacedLine, uuidBytes, uuidText } from './line.ts'
import { isSignedBy, keyIdOf, readNote } from './note.ts'
import { Tree } from './tree.ts'
import { type Handover, NotAnExtension, NoWitness, type Witness, type WitnessedRoot } from './witness.ts'

// For each root two files, made once and never written again: <size>.lines and, when those are safe, <size>.root.
// The folder can therefore be one in which files can be made but not changed or removed (`chattr +a`, a share with
// versions, a bucket with object lock).

const width = 56
const padded = (size: number) => String(size).padStart(15, '0')

/** A witness that is a folder, outside the data folder and looked after by somebody else. */
export function folderWitness(folder: string): Witness {
  const placeOf = (trail: string) => join(folder, trail.replace('/', '-'))
  return {
    place: folder,
    async last(trail) {
      const size = (await sizesIn(placeOf(trail))).at(-1)
      if (size === undefined) return undefined
      const note = await noteOf(placeOf(trail), size)
      return { size, root: note.root }
    },
    take: (trail, handover) => inPlainWords(folder, () => take(placeOf(trail), trail, handover)),
    roots: (trail) => roots(placeOf(trail)),
    keys: (trail) => keysIn(join(placeOf(trail), 'keys')),
  }
}

async function take(
  place: string,
  trail: string,
  { note: text, key, before, lines }: Handover,
): Promise<void> {
  const note = readNote(text)
  if (note?.trail !== trail || !isSignedBy(note, new Map([[keyIdOf(key), key]])))
    throw new Error('What is handed to the witness is no note of this trail')
  await mkdir(join(place, 'keys'), { recursive: true, mode: 0o755 })
  const size = (await sizesIn(place)).at(-1) ?? 0
  const held = size > 0 ? (await noteOf(place, size)).root : new Tree().root()
  const tree = new Tree(before.size, before.frontier)
  if (!tree.root().equals(held)) {
    throw new NotAnExtension(`The database has another history than the one witnessed at ${size} lines`)
  }
  const making = join(place, `.${padded(note.size)}.${process.pid}`)
  try {
    await writeWhole(making, packed(lines, tree))
    if (tree.size !== note.size || !tree.root().equals(note.root)) {
      throw new NotAnExtension(`The lines since ${size} do not give the root that was signed`)
    }
    await once(making, join(place, `${padded(note.size)}.lines`), true)
    await keepKey(join(place, 'keys', `${keyIdOf(key)}.pem`), making, key)
    await writeWhole(making, [Buffer.from(text)])
    await once(making, join(place, `${padded(note.size)}.root`))
  } finally {
    await rm(making, { force: true })
  }
}

/** The lines as they lie in the file, many at a time; the tree grows with them. */
async function* packed(lines: AsyncIterable<PlacedLine>, tree: Tree): AsyncIterable<Buffer> {
  const room = width * 4096
  let entries = Buffer.alloc(room)
  let filled = 0
  for await (const { id, at, hash } of lines) {
    tree.add(hash)
    uuidBytes(id).copy(entries, filled)
    entries.writeBigInt64BE(BigInt(at), filled + 16)
    hash.copy(entries, filled + 24)
    filled += width
    if (filled === room) {
      yield entries
      entries = Buffer.alloc(room)
      filled = 0
    }
  }
  yield entries.subarray(0, filled)
}

/** On the disk, not only in the system's memory, when this returns. */
async function writeWhole(file: string, parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  await rm(file, { force: true })
  await pipeline(parts, createWriteStream(file, { flags: 'wx', mode: 0o644, flush: true }))
}

/** Puts a finished file in its place, where nothing may stand; what a killed process left half done may be replaced. */
async function once(from: string, to: string, unfinished = false): Promise<void> {
  try {
    await link(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !unfinished) throw error
    // Lines without their root: the same lines, unless a process was killed while others went on.
    if (!(await readFile(from)).equals(await readFile(to))) {
      await rm(to)
      await link(from, to)
    }
  }
}

async function keepKey(file: string, making: string, key: KeyObject): Promise<void> {
  if (await stat(file).catch(() => undefined)) return
  await writeWhole(making, [Buffer.from(key.export({ format: 'pem', type: 'spki' }) as string)])
  await link(making, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

async function sizesIn(place: string): Promise<number[]> {
  const names = await inPlainWords(place, () => readdir(place), [])
  return names
    .filter((name) => /^\d{15}\.root$/.test(name))
    .map((name) => Number(name.slice(0, 15)))
    .sort((a, b) => a - b)
}

async function noteOf(place: string, size: number) {
  const note = readNote(await readFile(join(place, `${padded(size)}.root`), 'utf8'))
  if (note?.size !== size) throw new NoWitness(`The witness's root of ${size} lines cannot be read: ${place}`)
  return note
}

async function* roots(place: string): AsyncIterable<WitnessedRoot> {
  for (const size of await sizesIn(place)) {
    const file = join(place, `${padded(size)}.root`)
    const [note, { mtime }] = await inPlainWords(place, () =>
      Promise.all([readFile(file, 'utf8'), stat(file)]),
    )
    yield { note, takenAt: mtime, lines: () => unpacked(join(place, `${padded(size)}.lines`)) }
  }
}

async function* unpacked(file: string): AsyncIterable<PlacedLine> {
  let rest: Buffer = Buffer.alloc(0)
  try {
    for await (const part of createReadStream(file, { highWaterMark: width * 4096 })) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, part as Buffer]) : (part as Buffer)
      let from = 0
      for (; from + width <= bytes.length; from += width) {
        yield {
          id: uuidText(bytes.subarray(from, from + 16)),
          at: Number(bytes.readBigInt64BE(from + 16)),
          hash: bytes.subarray(from + 24, from + width),
        }
      }
      rest = bytes.subarray(from)
    }
  } catch (error) {
    // Roots without their lines say less; whoever proves notices.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

async function keysIn(folder: string): Promise<ReadonlyMap<string, KeyObject>> {
  const names = await inPlainWords(folder, () => readdir(folder), [])
  const keys = await Promise.all(
    names
      .filter((name) => name.endsWith('.pem'))
      .map(async (name) => createPublicKey(await readFile(join(folder, name), 'utf8'))),
  )
  return new Map(keys.map((key) => [keyIdOf(key), key]))
}

const folderErrors = new Set([
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'EDQUOT',
  'ENOTDIR',
  'EISDIR',
  'EIO',
])

/** A folder that is missing, full or closed, as one line. @param absent what is meant when it is not there */
async function inPlainWords<T>(place: string, work: () => Promise<T>, absent?: T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && absent !== undefined) return absent
    if (code && folderErrors.has(code))
      throw new NoWitness(`The witness's folder cannot be used (${code}): ${place}`)
    throw error
  }
}
