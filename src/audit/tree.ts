import { hash } from 'node:crypto'

/** A Merkle tree as RFC 9162 section 2.1 builds it: SHA-256, 0x00 before a leaf, 0x01 before two nodes. */

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

const sha256 = (...parts: Uint8Array[]): Buffer => hash('sha256', Buffer.concat(parts), 'buffer')

/** The hash of one leaf's content. */
export const leafHash = (...content: Uint8Array[]): Buffer => sha256(leafPrefix, ...content)

const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodePrefix, left, right)

/**
 * A tree that is only added to. It keeps its frontier (the roots of the full subtrees, largest first: one for each bit
 * of its size), so that adding n leaves costs O(n) whatever stands before them. Two sizes of one log are consistent
 * when the frontier at the smaller has its root, and grows into the root of the larger.
 */
export class Tree {
  #size: number
  readonly #frontier: Buffer[]

  /**
   * @param size leaves so far
   * @param frontier as `frontier` gave it at that size
   */
  constructor(size = 0, frontier: readonly Buffer[] = []) {
    if (frontier.length !== ones(size)) throw new Error('A frontier has one node for each bit of its size')
    this.#size = size
    this.#frontier = [...frontier]
  }

  get size(): number {
    return this.#size
  }

  get frontier(): readonly Buffer[] {
    return this.#frontier
  }

  /** Adds one leaf by its hash. */
  add(leaf: Buffer): void {
    let node = leaf
    for (let full = this.#size; full % 2 === 1; full = (full - 1) / 2) {
      node = nodeHash(this.#frontier.pop()!, node)
    }
    this.#frontier.push(node)
    this.#size += 1
  }

  /** The root; of no leaves, the hash of nothing. */
  root(): Buffer {
    if (this.#frontier.length === 0) return sha256()
    return this.#frontier.reduceRight((right, left) => nodeHash(left, right))
  }
}

// Sizes may pass 2^31, where JavaScript's own bit operators end.
function ones(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
