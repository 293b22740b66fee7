import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
// @ts-expect-error plain JavaScript that must be readable to an old Node
import { checkNode } from '../../bin/prepare.js'
import { CannotStart, inPlainWords } from './cannot-start.ts'
import { readConfig } from './config.ts'
import { startEmbeddedDatabase } from './embedded-database.ts'
import { lockFolder } from './embedded-lock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-cannot-start-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('one line for a person', () => {
  test.each([
    ['ENOSPC', /^The disk that holds \/data is full/],
    ['53100', /^The disk that holds \/data is full/],
    ['EACCES', /^Cannot write to \/data/],
    ['EROFS', /^Cannot write to \/data/],
    ['ENOTDIR', /^\/data is not a folder/],
  ])('%s', (code, words) => {
    const error = inPlainWords(Object.assign(new Error('as the system says it'), { code }), '/data')
    expect(error).toBeInstanceOf(CannotStart)
    expect((error as Error).message).toMatch(words)
    expect((error as Error).message).not.toContain('\n')
  })

  test('another error stays what it is', () => {
    const error = new Error('something else')
    expect(inPlainWords(error, '/data')).toBe(error)
  })

  test('an old Node', () => {
    expect(() => checkNode('18.20.4')).toThrow(/^Cairn needs Node 20\.19 or later, and this is 18\.20\.4/)
    expect(() => checkNode('20.18.0')).toThrow(/^Cairn needs Node/)
    for (const version of ['20.19.0', '22.1.0', '24.0.0']) expect(() => checkNode(version)).not.toThrow()
  })

  test('a data folder that this user may not write to', async () => {
    const asRoot = process.getuid?.() === 0
    await chmod(folder, asRoot ? 0o755 : 0o500)
    try {
      if (asRoot) process.seteuid!(65_534)
      await expect(startEmbeddedDatabase(join(folder, 'closed'))).rejects.toThrow(/^Cannot write to .*closed/)
    } finally {
      if (asRoot) process.seteuid!(0)
      await chmod(folder, 0o700)
    }
  })
})

describe('a data folder has one process', () => {
  const lock = () => lockFolder(join(folder, 'running.json'), folder)

  test('given back, it can be taken again', async () => {
    await (await lock())()
    await (await lock())()
  })

  test.each([
    ['a process that is gone', { pid: 4_000_000, began: 'then' }],
    ['a process whose number another one has by now', { pid: process.ppid, began: 'before this machine' }],
    ['a file that was never finished', undefined],
  ])('left by %s, it is taken over', async (_, holder) => {
    await writeFile(join(folder, 'running.json'), holder ? JSON.stringify(holder) : '{"pid"')
    await (await lock())()
  })

  test('held by a living one, it is refused', async () => {
    const release = await lock()
    await expect(lock()).rejects.toThrow(`Cairn is already running on ${folder} (process ${process.pid})`)
    await release()
  })
})

describe('the environment', () => {
  test.each([
    [{ PORT: 'http' }, 'PORT is not a number of a port: http'],
    [{ PORT: '70000' }, 'PORT is not a number of a port: 70000'],
    [{ NODE_ENV: 'production' }, 'DATABASE_URL is not set'],
    [{ DATABASE_JOBS_URL: 'postgres://a:b@c/d' }, 'DATABASE_JOBS_URL is set but DATABASE_URL is not'],
    [{ CAIRN_SECRET: 'short' }, 'CAIRN_SECRET needs 32'],
    [{ CAIRN_PUBLIC_URL: 'cairn.example' }, 'CAIRN_PUBLIC_URL is not a web address'],
  ])('%j', (env, words) => {
    expect(() => readConfig(env)).toThrow(words)
  })

  test('an address of a database that cannot be read is not repeated: it holds a password', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@there' })).toThrow(
      /^DATABASE_URL is not an address of a database: postgres:\/\/user:password@host:5432\/database$/,
    )
  })
})
