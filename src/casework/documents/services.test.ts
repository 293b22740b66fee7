import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config } from '../../database/config.ts'
import { vaultFor } from './services.ts'

let dataFolder: string
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'documents-'))
})
afterAll(() => rm(dataFolder, { recursive: true }))

const evaluation = () => ({ dataFolder }) as Config
const own = () => ({ dataFolder, database: {} }) as Config
const all = {
  CAIRN_DOCUMENTS: '/a/place',
  CAIRN_DOCUMENT_KEYS: '/another/place',
  CAIRN_DOCUMENT_KEY: 'k'.repeat(32),
}

test('an evaluation needs nothing: it makes a key of its own, once', async () => {
  const first = await vaultFor(evaluation(), {})
  await first!.keys.wrap({ stored: crypto.randomUUID(), person: crypto.randomUUID() }, Buffer.alloc(32))
  for await (const of of (await vaultFor(evaluation(), {}))!.keys.all())
    expect(await first!.keys.unwrap(of)).toEqual(Buffer.alloc(32))
  expect((await readdir(dataFolder)).sort()).toEqual(['document-key', 'document-keys'])
})

test('on the authority’s own database nothing is kept until it is said where and under which key', async () => {
  expect(await vaultFor(own(), {})).toBeUndefined()
  expect(await vaultFor(own(), all)).toMatchObject({ largest: 50 * 1024 ** 2, scanner: undefined })
  for (const name of Object.keys(all))
    await expect(vaultFor(own(), { ...all, [name]: '' })).rejects.toThrow('belong together')
})

test.each([
  [{ CAIRN_DOCUMENT_KEYS: '/a/place' }, 'must be another folder'],
  [{ CAIRN_DOCUMENT_KEY: 'short' }, '32 random characters'],
  [{ CAIRN_DOCUMENT_LARGEST: 'much' }, 'number of megabytes'],
  [{ CAIRN_CLAMD: 'clamd' }, 'an address and a port'],
])('%o is refused in one line', async (more, words) => {
  await expect(vaultFor(own(), { ...all, ...more })).rejects.toThrow(words)
})
