import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'

interface Holder {
  pid: number
  /** When that process began, so that a later process with the same id is not taken for it. */
  began: string
}

/** How long a process that is just ending is waited for, in milliseconds. */
const patience = 12_000

/**
 * Takes a data folder for this process. The lock of a process that was killed is recognised and replaced; one that
 * is about to end is waited for.
 * @param file the lock's file
 * @param folder the data folder, for the words of the refusal
 * @returns gives the folder back
 * @throws CannotStart when a living process has it
 */
export async function lockFolder(file: string, folder: string): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, began: beginOf(process.pid) ?? '' }
  const mine = `${file}.${process.pid}`
  await writeFile(mine, JSON.stringify(own))
  const until = Date.now() + patience
  try {
    // Linking is atomic: of several processes one wins, and whoever reads the file reads all of it.
    while (!(await linked(mine, file))) {
      const holder = await readHolder(file)
      if (holder && isAlive(holder)) {
        if (Date.now() < until && holder.pid !== process.pid) {
          await wait(50)
          continue
        }
        throw new CannotStart(
          `Cairn is already running on ${folder} (process ${holder.pid}). Stop it first, or set CAIRN_DATA to another folder.`,
        )
      }
      await putAside(file, holder)
    }
  } finally {
    await rm(mine, { force: true })
  }
  return async () => {
    if ((await readHolder(file))?.pid === process.pid) await rm(file, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

/** Moves a dead process's lock away; if a quicker process has locked meanwhile, gives its lock back. */
async function putAside(file: string, dead: Holder | undefined): Promise<void> {
  const aside = `${file}.old.${process.pid}`
  try {
    await rename(file, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = await readHolder(aside)
  if (moved && (moved.pid !== dead?.pid || moved.began !== dead?.began)) await linked(aside, file)
  await rm(aside, { force: true })
}

function isAlive({ pid, began }: Holder): boolean {
  const now = beginOf(pid)
  return now !== undefined && now === began
}

/** When a process began, as the system tells it; undefined when there is no such process, or it has ended. */
function beginOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid < 1) return undefined
  try {
    return process.platform === 'linux'
      ? beginOnLinux(pid)
      : execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)])
          .toString()
          .trim()
  } catch {
    return undefined
  }
}

function beginOnLinux(pid: number): string | undefined {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name before may hold anything; what follows its closing bracket is the state, and 19 fields on, the start.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
}
