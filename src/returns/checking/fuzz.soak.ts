import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fuzz } from '../testing/fuzz.ts'
import { checkCinCensus } from './cin-census.ts'
import { checkSsda903 } from './ssda903.ts'

test('a hundred thousand faulty returns are checked or refused, and memory does not grow', async () => {
  await fuzz(3_000, null)
  const before = process.memoryUsage().rss
  await fuzz(97_000, null)
  expect(process.memoryUsage().rss - before).toBeLessThan(512 << 20)
})

/** A file of two gigabytes that takes no room on the disk: what was written, then one line without end. */
function endless(name: string, beginning: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'cairn-endless-')), name)
  const file = openSync(path, 'w')
  writeSync(file, `${beginning}${'x'.repeat(5000)}`)
  ftruncateSync(file, 2 ** 31)
  closeSync(file)
  return path
}

test('a line of two gigabytes is cut', async () => {
  const path = endless('missing.csv', 'CHILD,DOB,MISSING,MIS_START,MIS_END\n1,,M,,\n')
  const before = process.memoryUsage().rss
  const { children, warnings } = await checkSsda903({ given: [path], lists: {} }, null)
  expect(children).toBe(2)
  expect(warnings.some(({ what }) => what.includes('longer than any row'))).toBe(true)
  expect(process.memoryUsage().rss - before).toBeLessThan(512 << 20)
  rmSync(join(path, '..'), { recursive: true })
})

test('a text of two gigabytes is refused', async () => {
  const path = endless('census.xml', '<Message><Children>')
  await expect(checkCinCensus({ given: [path], lists: {} }, null)).rejects.toThrow('census.xml')
  rmSync(join(path, '..'), { recursive: true })
})
