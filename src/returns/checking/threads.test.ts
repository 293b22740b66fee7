import { expect, test } from 'vitest'
import { sampleCensus, sampleSsda903 } from '../testing/samples.ts'
import { loadEngine } from './load.ts'
import type { Checked } from './result.ts'

/** More than one piece of a census, and more than one bin. */
const howMany = 1_600
const hands = 3

/** The same sample over and over, each time with other children. */
const census = () => {
  const [before, children, after] = sampleCensus.split(/(?<=<Children>)|(?=<\/Children>)/) as [
    string,
    string,
    string,
  ]
  const copies = Array.from({ length: howMany }, (_, i) =>
    children.replaceAll(/A(\d)</g, `A$1x${i % 1000 === 0 ? 'same' : i}<`),
  )
  return { name: 'census.xml', bytes: Buffer.from(before + copies.join('') + after) }
}

/** Rows of one table thrown together so that those of a child stand far apart. */
const ssda903 = () =>
  Object.entries(sampleSsda903).map(([name, text]) => {
    const [head, ...rows] = text.trim().split('\n')
    const copies = rows.flatMap((row) =>
      Array.from({ length: howMany }, (_, i) => row.replace(/^B\d/, `$&x${i}`)),
    )
    return { name, bytes: Buffer.from([head, ...copies].join('\n')) }
  })

const told = ({ findings, children, warnings }: Checked) => ({ children, warnings, findings: [...findings] })

test('many threads find what one finds, in the same order', async () => {
  const { engine, script } = await loadEngine()
  const given = [census()]
  const one = told(await engine.checkCinCensus({ given, lists: {} }, null))
  for (const aside of [false, true])
    expect(told(await engine.checkCinCensus({ given, lists: {}, hands, aside }, script))).toEqual(one)
  expect(one.findings.length).toBeGreaterThan(howMany)
  const asked = { given: ssda903(), previous: ssda903(), year: '2025-26', lists: {} }
  const shares: number[] = []
  const alone = told(await engine.checkSsda903({ ...asked, onProgress: (share) => shares.push(share) }, null))
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect([shares.length > 2, shares.at(-1)]).toEqual([true, 1])
  for (const aside of [false, true])
    expect(told(await engine.checkSsda903({ ...asked, hands, aside }, script))).toEqual(alone)
  expect(alone.findings.length).toBeGreaterThan(howMany)
})

test('a file that is broken far behind is refused with its line by many threads as by one', async () => {
  const { engine, script } = await loadEngine()
  const { name, bytes } = census()
  const broken = Buffer.concat([bytes.subarray(0, bytes.length - 30), Buffer.from('</Oops>')])
  const given = [{ name, bytes: broken }]
  const words = async (threads: URL | null) => {
    try {
      return String(await engine.checkCinCensus({ given, lists: {}, hands }, threads))
    } catch (error) {
      return (error as Error).message
    }
  }
  expect(await words(script)).toBe(await words(null))
  const line = String(broken).split('\n').length
  expect(await words(script)).toContain(`census.xml: line ${line} is not`)
})
