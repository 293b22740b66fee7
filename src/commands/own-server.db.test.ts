import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { roleKinds } from '../database/provision.ts'
import { startProgram } from '../testing/program.ts'

const cairn = join(import.meta.dirname, '../../bin/cairn.js')
const name = `own_${Math.random().toString(36).slice(2, 10)}`

let superuserUrl: string
let addresses: Record<string, string>
let folder: string

/** One command line, as docs/operations.md gives it. */
async function run(args: string[], env: Record<string, string> = {}) {
  const { stdout } = await promisify(execFile)(process.execPath, [cairn, ...args], {
    env: { PATH: process.env.PATH, CAIRN_DATA: '/nowhere', ...env },
  })
  return stdout
}

beforeAll(async () => {
  const { port, superuser } = inject('databaseCluster')
  superuserUrl = `postgres://${superuser.user}:${superuser.password}@127.0.0.1:${port}/postgres`
  folder = await mkdtemp(join(tmpdir(), 'cairn-own-'))
})
afterAll(async () => {
  const client = new pg.Client(superuserUrl)
  await client.connect()
  for (const database of [name, `${name}_again`])
    await client.query(`drop database if exists ${database} with (force)`)
  for (const prefix of [name, `${name}_again`]) {
    for (const kind of roleKinds) await client.query(`drop role if exists ${prefix}_${kind}`)
  }
  await client.end()
  await rm(folder, { recursive: true })
})

const provision = async (called: string): Promise<Record<string, string>> =>
  JSON.parse(
    await run(['provision', '--prefix', called, '--database', called, '--json'], {
      DATABASE_SUPERUSER_URL: superuserUrl,
    }),
  )

describe('a server of one’s own, step by step (docs/operations.md)', () => {
  test('provision makes four addresses, migrate the tables; again, migrate does nothing', async () => {
    addresses = await provision(name)
    expect(Object.keys(addresses).sort()).toEqual([
      'DATABASE_ANALYST_URL',
      'DATABASE_JOBS_URL',
      'DATABASE_OWNER_URL',
      'DATABASE_URL',
    ])
    expect(await run(['migrate'], addresses)).toContain('0001_foundation')
    expect(await run(['migrate'], addresses)).toBe('Nothing to do.\n')
  })

  test('provisioned again, the roles have new passwords and the old ones are refused', async () => {
    const before = addresses
    addresses = await provision(name)
    await expect(run(['migrate'], before)).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^The database refuses the user or password of DATABASE_OWNER_URL\.\n$/),
    })
    expect(await run(['migrate'], addresses)).toBe('Nothing to do.\n')
  })

  const production = () => ({
    NODE_ENV: 'production',
    DATABASE_URL: addresses.DATABASE_URL!,
    DATABASE_JOBS_URL: addresses.DATABASE_JOBS_URL!,
    CAIRN_SECRET: 'a secret of thirty-two characters',
    CAIRN_ACCOUNT_KEY: 'another one with enough characters',
    HOST: '127.0.0.1',
  })

  test('a production start serves, logs to standard output without an address, and ends', async () => {
    const { address, ended, process: program, said } = startProgram({ env: production() })
    const at = await address
    expect((await fetch(`${at}/health/ready`)).status).toBe(200)
    await fetch(`${at}/nowhere/Elsie-Marrow`)
    program.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said()).toContain('"answered"')
    expect(said()).not.toMatch(/Marrow|demonstration|@127\.0\.0\.1/)
  })

  test.each(['DATABASE_OWNER_URL', 'DATABASE_ANALYST_URL'])('it does not start as %s', async (variable) => {
    const { ended, said } = startProgram({ env: { ...production(), DATABASE_URL: addresses[variable]! } })
    expect(await ended).toBe(2)
    expect(said()).toMatch(
      /^DATABASE_URL connects as own_\w+, which .*: too (strong|weak) to serve with\. .*\n$/,
    )
  })

  test('backed up, it is restored into another', async () => {
    const [file, key] = [join(folder, 'backup'), join(folder, 'key')]
    await run(['backup', file, '--key', key, '--make-key'], addresses)
    const again = await provision(`${name}_again`)
    await run(['migrate'], again)
    expect(JSON.parse(await run(['restore', file, '--key', key, '--json'], again))).toMatchObject({ file })
  })
})
