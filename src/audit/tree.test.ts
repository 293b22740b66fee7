import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { leafHash, Tree } from './tree.ts'

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** MTH of RFC 9162 section 2.1.1, word for word. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)))
}

const leaves = Array.from({ length: 301 }, (_, n) => leafHash(Buffer.from(`line ${n}`)))

function grown(tree: Tree, more: readonly Buffer[]): Tree {
  for (const leaf of more) tree.add(leaf)
  return tree
}

describe('the tree', () => {
  test('has the roots that the recursive definition gives, at every size from 0 to 300', () => {
    const tree = new Tree()
    for (let size = 0; size <= 300; size += 1) {
      expect(tree.size).toBe(size)
      expect(tree.root()).toEqual(naiveRoot(leaves.slice(0, size)))
      tree.add(leaves[size]!)
    }
  })

  // Roots that other implementations of the standard publish for these eight leaves.
  test('has the roots that are known for known leaves', () => {
    const known = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const tree = grown(
      new Tree(),
      known.map((hex) => leafHash(Buffer.from(hex, 'hex'))),
    )
    expect(new Tree().root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(tree.root().toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    )
  })

  test('goes on from its frontier: any two sizes of one log are consistent', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (a, b) => {
        const [small, large] = a < b ? [a, b] : [b, a]
        const before = grown(new Tree(), leaves.slice(0, small))
        const after = grown(new Tree(before.size, before.frontier), leaves.slice(small, large))
        expect(after.root()).toEqual(naiveRoot(leaves.slice(0, large)))
      }),
    )
  })

  test('with any bit of any leaf changed has another root, and no other past leads to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(255), (size, which, bit) => {
        const changed = leaves.slice(0, size).map((leaf) => Buffer.from(leaf))
        const leaf = changed[which % size]!
        leaf[bit >> 3]! ^= 1 << (bit & 7)
        expect(grown(new Tree(), changed).root()).not.toEqual(naiveRoot(leaves.slice(0, size)))
      }),
    )
  })

  test('refuses a frontier of another size', () => {
    expect(() => new Tree(3, [leaves[0]!])).toThrow('one node for each bit')
    expect(() => new Tree(2 ** 40, [leaves[0]!])).not.toThrow()
  })
})
