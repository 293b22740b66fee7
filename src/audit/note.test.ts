import { generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import { isSignedBy, keyIdOf, readNote, signRoot, trailName } from './note.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const keys = new Map([[keyIdOf(publicKey), publicKey]])
const root = {
  trail: trailName('0b0e7d1c-3f8c-4f6a-9c5e-8f2b1a7d4e60'),
  size: 12_345,
  root: randomBytes(32),
  sealedAt: new Date('2026-11-25T03:04:05.678Z'),
}
const text = signRoot(root, privateKey)

describe('a signed root', () => {
  test('reads back as it was signed, and its signature holds', () => {
    const note = readNote(text)!
    expect(note).toMatchObject(root)
    expect(isSignedBy(note, keys)).toBe(true)
  })

  test('is the form that logs use: name, size, root, an empty line, the signature', () => {
    const [name, size, hash, when, empty, signature] = text.split('\n')
    expect([name, size, hash]).toEqual([root.trail, '12345', root.root.toString('base64')])
    expect(when).toBe('sealed 2026-11-25T03:04:05.678Z')
    expect(empty).toBe('')
    expect(signature).toMatch(/^— cairn-seal /)
  })

  test('with any bit changed does not read or does not hold', () => {
    const bytes = Buffer.from(text)
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes)
        changed[bit >> 3]! ^= 1 << (bit & 7)
        const note = readNote(changed.toString())
        expect(note !== undefined && isSignedBy(note, keys)).toBe(false)
      }),
      { numRuns: runs(500) },
    )
  })

  test('does not hold with another key', () => {
    const other = generateKeyPairSync('ed25519').publicKey
    expect(isSignedBy(readNote(text)!, new Map([[keyIdOf(other), other]]))).toBe(false)
    expect(isSignedBy(readNote(text)!, new Map([[keyIdOf(publicKey), other]]))).toBe(false)
  })
})
