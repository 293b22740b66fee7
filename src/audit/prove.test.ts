import { randomBytes, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../testing/property-runs.ts'
import type { PlacedLine } from './line.ts'
import { Findings, type HeldLine, prove, type RootToProve } from './prove.ts'
import { Tree } from './tree.ts'

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  yield* items
}

function lines(count: number): PlacedLine[] {
  return Array.from({ length: count }, (_, n) => ({
    id: randomUUID(),
    at: 1_764_000_000_000_000 + n * 1_000,
    hash: randomBytes(32),
  }))
}

/** What a database that was not touched has of these lines. */
const untouched = (sealed: readonly PlacedLine[]): HeldLine[] =>
  sealed.map((line, index) => ({ ...line, index, actual: line.hash, erasure: false }))

/** As a rewriter numbers the leaves anew. */
const numbered = (held: readonly HeldLine[]): HeldLine[] => held.map((line, index) => ({ ...line, index }))

/** The witness's roots over these lines, cut at these sizes. */
function rootsOf(sealed: readonly PlacedLine[], cuts: readonly number[]): RootToProve[] {
  const sizes = [
    ...new Set([...cuts.map((cut) => cut % sealed.length).filter((cut) => cut > 0), sealed.length]),
  ]
  const tree = new Tree()
  let from = 0
  return sizes
    .sort((a, b) => a - b)
    .map((size) => {
      const part = sealed.slice(from, size)
      from = size
      for (const { hash } of part) tree.add(hash)
      return { size, root: tree.root(), sealedAt: new Date(), lines: () => each(part) }
    })
}

async function findingsOf(
  sealed: readonly PlacedLine[],
  held: readonly HeldLine[],
  cuts: readonly number[] = [],
) {
  const findings = new Findings()
  const lookups = { placeOf: async (id: string) => held.find((line) => line.id === id)?.index }
  const proven = await prove(each(rootsOf(sealed, cuts)), each(held), lookups, findings)
  return { findings: findings.all, proven }
}

const someLines = fc.integer({ min: 1, max: 60 })
const cuts = fc.array(fc.nat(60), { maxLength: 5 })

describe('proving', () => {
  test('finds nothing in what was not touched, with lines sealed since', async () => {
    await fc.assert(
      fc.asyncProperty(someLines, fc.nat(10), cuts, async (count, since, where) => {
        const all = lines(count + since)
        const { findings, proven } = await findingsOf(all.slice(0, count), untouched(all), where)
        expect(findings).toEqual([])
        expect(proven).toMatchObject({ proved: count, sealedSince: since, erased: 0 })
      }),
      { numRuns: runs(50) },
    )
  })

  test('names the line of which any single bit was changed, its leaf made anew or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        someLines,
        fc.nat(),
        fc.nat(255),
        fc.boolean(),
        cuts,
        async (count, which, bit, rewritten, where) => {
          const sealed = lines(count)
          const place = which % count
          const held = untouched(sealed)
          const actual = Buffer.from(sealed[place]!.hash)
          actual[bit >> 3]! ^= 1 << (bit & 7)
          held[place] = { ...held[place]!, actual, hash: rewritten ? actual : held[place]!.hash }
          const { findings } = await findingsOf(sealed, held, where)
          expect(findings).toEqual([{ kind: 'changed', id: sealed[place]!.id, at: sealed[place]!.at, place }])
        },
      ),
      { numRuns: runs(50) },
    )
  })

  test('names every line removed and every line put in, though all leaves after were numbered and made anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        someLines,
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        cuts,
        async (count, away, put, where) => {
          const sealed = lines(count)
          const gone = new Set(away.map((n) => n % count))
          const held = untouched(sealed).filter((line) => !gone.has(line.index))
          const added = untouched(lines(put.length))
          for (const [n, line] of added.entries()) held.splice(put[n]! % (held.length + 1), 0, line)
          const { findings, proven } = await findingsOf(sealed, numbered(held), where)
          const named = (kind: string) => findings.filter((one) => one.kind === kind).map(({ id }) => id)
          expect(named('removed').sort()).toEqual([...gone].map((place) => sealed[place]!.id).sort())
          // What stands after the last witnessed line may as well have been written since.
          const lastKnown = held.findLastIndex(({ id }) => sealed.some((line) => line.id === id))
          const between = added.filter(({ id }) => held.findIndex((line) => line.id === id) < lastKnown)
          expect(named('inserted').sort()).toEqual(between.map(({ id }) => id).sort())
          expect(proven.sealedSince).toBe(added.length - between.length)
          expect(findings.length).toBe(gone.size + between.length)
        },
      ),
      { numRuns: runs(100) },
    )
  })

  test('names lines that changed places', async () => {
    const sealed = lines(6)
    const held = untouched(sealed)
    ;[held[1], held[4]] = [held[4]!, held[1]!]
    const { findings } = await findingsOf(sealed, numbered(held))
    expect(findings.every(({ kind }) => kind === 'moved')).toBe(true)
    expect(findings.map(({ id }) => id)).toContain(sealed[4]!.id)
  })

  test('tells what was erased under retention from what was emptied', async () => {
    const sealed = lines(4)
    const held = untouched(sealed)
    held[1] = { ...held[1]!, actual: null, erasure: true }
    held[2] = { ...held[2]!, actual: null, erasure: false }
    const { findings, proven } = await findingsOf(sealed, held)
    expect(findings).toEqual([{ kind: 'emptied', id: sealed[2]!.id, at: sealed[2]!.at, place: 2 }])
    expect(proven.erased).toBe(2)
  })

  test('an erased line whose leaf was changed is named', async () => {
    const sealed = lines(3)
    const held = untouched(sealed)
    held[1] = { ...held[1]!, actual: null, erasure: true, hash: randomBytes(32) }
    expect((await findingsOf(sealed, held)).findings).toMatchObject([{ kind: 'leaf', place: 1 }])
  })

  test('says so when the witness itself was changed', async () => {
    const sealed = lines(5)
    const [root] = rootsOf(sealed, [])
    const forged = sealed.map((line, n) => (n === 2 ? { ...line, hash: randomBytes(32) } : line))
    const findings = new Findings()
    await prove(
      each([{ ...root!, lines: () => each(forged) }]),
      each(untouched(sealed)),
      { placeOf: async () => undefined },
      findings,
    )
    expect(findings.all.map(({ kind }) => kind)).toEqual(['changed', 'root'])
  })

  test('a trail rewritten from end to end is not named line by line', async () => {
    const sealed = lines(1_500)
    const { findings } = await findingsOf(sealed, untouched(lines(1_500)))
    expect(findings.length).toBe(1_000)
  })
})
