import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readConfig } from '../database/config.ts'

/*
 * Files on their way from a browser to the run that reads them: in a folder of the data folder that nobody else may
 * enter, gone when the run is over. Pages and background work in processes of their own need the same data folder.
 */

const folder = () => join(readConfig().dataFolder, 'private', 'imports')

/** The files of one upload, before it is known which run they belong to. */
export class Upload {
  readonly names: string[] = []

  private constructor(private readonly place: string) {}

  static async begin(id: string): Promise<Upload> {
    const place = join(folder(), `arriving-${id}`)
    await mkdir(place, { recursive: true, mode: 0o700 })
    return new Upload(place)
  }

  /** Streams one file to its place. @throws when the stream breaks or the file is too large */
  async take(name: string, file: Readable): Promise<void> {
    const plain =
      name
        .replace(/^.*[\\/]/, '')
        .replace(/[^\p{L}\p{N}._ -]/gu, '_')
        .slice(-100) || 'file'
    const own = this.names.includes(plain) ? `${this.names.length + 1}-${plain}` : plain
    this.names.push(own)
    await pipeline(file, createWriteStream(join(this.place, own), { mode: 0o600 }))
  }

  giveTo(run: string): Promise<void> {
    return rename(this.place, placeOf(run))
  }

  discard(): Promise<void> {
    return rm(this.place, { recursive: true, force: true })
  }
}

const placeOf = (run: string) => join(folder(), run)

/** Where the files of a run lie; none when they are gone. */
export async function uploadedFiles(run: string): Promise<string[]> {
  const names = await readdir(placeOf(run)).catch(() => [])
  return names.sort().map((name) => join(placeOf(run), name))
}

export const removeUpload = (run: string): Promise<void> => rm(placeOf(run), { recursive: true, force: true })

/** Files whose run is over, or that never came to have one: a process was killed between the two. */
export async function removeLeftovers(isWaiting: (run: string) => Promise<boolean>): Promise<void> {
  for (const name of await readdir(folder()).catch(() => [])) {
    const place = join(folder(), name)
    const age = Date.now() - ((await stat(place).catch(() => undefined))?.mtimeMs ?? 0)
    const stale = name.startsWith('arriving-') ? age > 86_400_000 : !(await isWaiting(name))
    if (stale) await rm(place, { recursive: true, force: true })
  }
}
