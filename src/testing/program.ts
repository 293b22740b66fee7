import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const root = join(import.meta.dirname, '../..')

export interface Program {
  process: ChildProcess
  /** Everything it has said so far. */
  said(): string
  /** Where it answers; rejects with what it said when it ended before. */
  address: Promise<string>
  /** Its exit status, once it has ended; null when a signal ended it. */
  ended: Promise<number | null>
}

export interface ProgramOptions {
  /** The data folder. */
  data?: string
  env?: Record<string, string>
  /** `npm` for `npm start`, with npm and its shell between. */
  through?: 'node' | 'npm'
}

/** The program as a newcomer starts it, on a port that is free. */
export function startProgram({ data, env = {}, through = 'node' }: ProgramOptions): Program {
  const args = through === 'npm' ? ['npm', 'start'] : [process.execPath, join(root, 'bin/start.js')]
  const child = spawn(args[0]!, args.slice(1), {
    cwd: root,
    env: { ...plainEnvironment(), PORT: '0', ...(data ? { CAIRN_DATA: data } : {}), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  }
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const address = new Promise<string>((done, failed) => {
    child.stdout.on('data', () => {
      const found = /Cairn answers at (\S+)/.exec(text)
      if (found) done(found[1]!)
    })
    ended.then(() => failed(new Error(`It ended before it answered. It said:\n${text}`)))
  })
  address.catch(() => undefined)
  return { process: child, said: () => text, address, ended }
}

/** The environment of this process without what would lead the program elsewhere, or tell it that npm is above. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|CAIRN_|DATABASE_|PORT$|HOST$|NODE_ENV$|VITEST)/.test(name),
    ),
  )
}

/** A data folder that PostgreSQL's own user can reach; remove it with `rm`. */
export async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-data-'))
  await chmod(folder, 0o711)
  return folder
}

/** Removes a data folder, and the witness's folder beside it. */
export async function removeFolder(folder: string): Promise<void> {
  for (const path of [folder, `${folder}-witness`]) await rm(path, { recursive: true, force: true })
}

/** The processes of PostgreSQL that work in a data folder (Linux). */
export async function serverProcesses(data: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const folder = await readlink(`/proc/${name}/cwd`).catch(() => '')
    const program = await readlink(`/proc/${name}/exe`).catch(() => '')
    if (folder.startsWith(join(data, 'postgres')) && basename(program).startsWith('postgres')) {
      found.push(Number(name))
    }
  }
  return found
}

/**
 * Waits until something is so, looking often.
 * @param what words for the failure
 * @param patience in milliseconds; long, for a machine with other work, and no longer than the test's own
 */
export async function until(what: string, is: () => Promise<boolean>, patience = 90_000): Promise<void> {
  const end = Date.now() + patience
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`Waited ${patience} ms in vain until ${what}`)
    await wait(25)
  }
}
