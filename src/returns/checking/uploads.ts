import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readConfig } from '../../database/config.ts'

/*
 * Files on their way from a browser to the check that reads them: in a folder of the data folder that nobody else may
 * enter, gone when the check is over.
 */

/** What an uploaded file is to a check. */
export const slots = ['files', 'previous', 'providers', 'postcodes', 'authorities'] as const
export type Slot = (typeof slots)[number]

/** Where the files of a check lie, by what they are. */
export type Uploaded = Record<Slot, string[]>

/** Where files that are checked lie. */
export const folder = () => join(readConfig().dataFolder, 'private', 'checks')
const placeOf = (run: string) => join(folder(), run)

/** The files of one upload, before it is known which check they belong to. */
export class Upload {
  readonly names: Record<Slot, string[]> = {
    files: [],
    previous: [],
    providers: [],
    postcodes: [],
    authorities: [],
  }

  private constructor(private readonly place: string) {}

  static async begin(id: string): Promise<Upload> {
    const place = join(folder(), `arriving-${id}`)
    for (const slot of slots) await mkdir(join(place, slot), { recursive: true, mode: 0o700 })
    return new Upload(place)
  }

  /** Streams one file to its place. @throws when the stream breaks */
  async take(slot: Slot, name: string, file: Readable): Promise<void> {
    const names = this.names[slot]
    const plain =
      name
        .replace(/^.*[\\/]/, '')
        .replace(/[^\p{L}\p{N}._ -]/gu, '_')
        .replace(/^\.+/, '')
        .slice(-100) || 'file'
    const own = names.includes(plain) ? `${names.length + 1}-${plain}` : plain
    names.push(own)
    await pipeline(file, createWriteStream(join(this.place, slot, own), { mode: 0o600 }))
  }

  giveTo(run: string): Promise<void> {
    return rename(this.place, placeOf(run))
  }

  discard(): Promise<void> {
    return rm(this.place, { recursive: true, force: true })
  }
}

export async function uploadedFiles(run: string): Promise<Uploaded> {
  const uploaded = {} as Uploaded
  for (const slot of slots) {
    const place = join(placeOf(run), slot)
    const names = await readdir(place).catch(() => [])
    uploaded[slot] = names.sort().map((name) => join(place, name))
  }
  return uploaded
}

export const removeUpload = (run: string): Promise<void> => rm(placeOf(run), { recursive: true, force: true })

/** Files whose check is over, or that never came to have one: a process was killed between the two. */
export async function removeLeftovers(isWaiting: (run: string) => Promise<boolean>): Promise<void> {
  for (const name of await readdir(folder()).catch(() => [])) {
    const place = join(folder(), name)
    const age = Date.now() - ((await stat(place).catch(() => undefined))?.mtimeMs ?? 0)
    const stale = name.startsWith('arriving-') ? age > 86_400_000 : !(await isWaiting(name))
    if (stale) await rm(place, { recursive: true, force: true })
  }
}
