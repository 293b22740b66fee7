import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { openBytes, sealBytes, sealedSize, Tampered } from './sealed-bytes.ts'

const key = randomBytes(32)
const inPieces = async function* (bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const gathered = async (source: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = []
  for await (const one of source) all.push(one)
  return Buffer.concat(all)
}
const sealed = (bytes: Buffer, size = 1000) => gathered(sealBytes(inPieces(bytes, size), key, 'one'))
const opened = (bytes: Buffer, with_ = key, id = 'one') =>
  gathered(openBytes(inPieces(bytes, 999), with_, id))

describe('a document’s bytes', () => {
  const chunk = 64 * 1024
  test.each([1, 100, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 5])(
    '%i bytes come back as they were, and their sealed size is known',
    async (size) => {
      const bytes = randomBytes(size)
      const kept = await sealed(bytes)
      expect(kept.length).toBe(sealedSize(size))
      if (size >= 16) expect(kept.includes(bytes.subarray(0, 16))).toBe(false)
      expect((await opened(kept)).equals(bytes)).toBe(true)
    },
  )

  test('changed, cut short, put in another order, added to, under another name or key: nothing opens', async () => {
    const bytes = randomBytes(3 * chunk)
    const kept = await sealed(bytes)
    const one = chunk + 16
    for (const at of [0, 8, 100, 8 + one, kept.length - 1]) {
      const changed = Buffer.from(kept)
      changed[at]! ^= 1
      await expect(opened(changed), `byte ${at}`).rejects.toThrow(Tampered)
    }
    await expect(opened(kept.subarray(0, 8 + 2 * one))).rejects.toThrow(Tampered)
    await expect(opened(kept.subarray(0, 8))).rejects.toThrow(Tampered)
    await expect(opened(Buffer.alloc(0))).rejects.toThrow(Tampered)
    await expect(opened(Buffer.concat([kept, Buffer.alloc(100)]))).rejects.toThrow(Tampered)
    const swapped = Buffer.concat([
      kept.subarray(0, 8),
      kept.subarray(8 + one, 8 + 2 * one),
      kept.subarray(8, 8 + one),
      kept.subarray(8 + 2 * one),
    ])
    await expect(opened(swapped)).rejects.toThrow(Tampered)
    await expect(opened(kept, key, 'another')).rejects.toThrow(Tampered)
    await expect(opened(kept, randomBytes(32))).rejects.toThrow(Tampered)
  })
})
