import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A secret of an evaluation (it signs form tokens): random, made once, readable by this user only. */
export async function keptSecret(dataFolder: string, name = 'form-secret'): Promise<string> {
  const file = join(dataFolder, name)
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept.length >= 32) return kept
  const making = `${file}.${process.pid}`
  await rm(file, { force: true })
  await writeFile(making, randomBytes(32).toString('base64url'), { mode: 0o600 })
  await link(making, file).catch(() => undefined)
  await rm(making)
  return readFile(file, 'utf8')
}
