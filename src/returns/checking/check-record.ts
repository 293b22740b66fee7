import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { endRun, type inRun, openRun, readInRun, type Servers } from '../../access/runs.ts'
import { collectionNamed, collections } from '../cin-census/collection.ts'
import { readChildren } from '../cin-census/read.ts'
import { CensusYear, select } from '../cin-census/select.ts'
import { SourceUnknown, sourceOf } from '../cin-census/source.ts'
import { CensusWriter, type Source } from '../cin-census/write.ts'
import { dayOfIso } from '../reading/days.ts'
import { UnusableInput } from '../reading/unusable.ts'
import { startYear, yearStarting } from '../rules/collection.ts'
import type { ReturnName } from '../rules/registered.ts'
import { isWorkingDay } from '../rules/working-days.ts'
import { bodies, fileNames, heads } from '../ssda903/files.ts'
import { readReturnChildren } from '../ssda903/read.ts'
import type { Engine } from './load.ts'
import type { Asked, Checked } from './result.ts'
import { folder } from './uploads.ts'

export interface AskedRecord extends Asked {
  return: ReturnName
  year: string
}

type Transaction = Parameters<Parameters<typeof inRun>[2]>[0]

/**
 * Every child of the record through the rules of a return, on the trail: what the return would say is written to a
 * private folder, checked as any file is, and removed.
 * @param servers as the role for background work
 * @throws UnusableInput when there is no such collection
 */
export async function checkRecord(
  servers: Servers,
  { return: of, ...asked }: AskedRecord,
  { engine, script }: Engine,
): Promise<Checked> {
  // Named as files on their way are, so that what a killed process leaves is tidied away.
  const place = join(folder(), `arriving-${randomUUID()}`)
  const [now, last] = [join(place, 'now'), join(place, 'last')]
  for (const each of [now, last]) await mkdir(each, { recursive: true, mode: 0o700 })
  const run = await openRun(servers.db, {
    purpose: `check of the record by the rules of ${of} ${asked.year}`,
    population: `every child that goes into the return of ${asked.year}`,
  })
  let children = 0
  try {
    const given = await readInRun(servers, run, (trx) =>
      of === 'cin-census' ? writeCensus(trx, asked.year, now) : writeBoth(trx, asked.year, now, last),
    )
    const checked =
      of === 'cin-census'
        ? await engine.checkCinCensus({ ...asked, given }, script)
        : await engine.checkSsda903({ ...asked, given, previous: [last] }, script)
    children = checked.children
    return checked
  } finally {
    await endRun(servers.db, run, children)
    await rm(place, { recursive: true, force: true })
  }
}

async function writeCensus(trx: Transaction, year: string, place: string): Promise<string[]> {
  const collection = collectionNamed(year)
  if (collection === undefined)
    throw new UnusableInput(
      `${year}: the census can be made for ${collections.map(({ name }) => name).join(', ')}`,
    )
  const writer = new CensusWriter(collection, source())
  const census = new CensusYear(collection, (day) => isWorkingDay(dayOfIso(day)))
  const path = join(place, 'record.xml')
  const file = createWriteStream(path, { mode: 0o600 })
  await write(file, writer.head())
  for await (const batch of readChildren(trx, collection)) {
    const goIn = batch.flatMap((child) => select(child, census) ?? [])
    await write(file, goIn.map((child) => writer.child(child)).join(''))
  }
  await write(file, writer.foot())
  await close(file)
  return [path]
}

/** Where nobody has said whose the record is, the header does not say it either, and the rules tell. */
function source(): Source {
  try {
    return sourceOf(1, new Date())
  } catch (error) {
    if (!(error instanceof SourceUnknown)) throw error
    return { ...sourceOf(1, new Date(), { CAIRN_LEA: '000' }), lea: '' }
  }
}

/** This year's return and last year's beside it. */
async function writeBoth(trx: Transaction, year: string, now: string, last: string): Promise<string[]> {
  await writeReturn(trx, year, now)
  await writeReturn(trx, yearStarting(startYear(year) - 1), last)
  return [now]
}

async function writeReturn(trx: Transaction, year: string, place: string): Promise<void> {
  const files = fileNames.map((name) => createWriteStream(join(place, name), { mode: 0o600 }))
  const writeAll = async (texts: readonly string[]) => {
    for (const [i, file] of files.entries()) await write(file, texts[i]!)
  }
  await writeAll(heads())
  for await (const children of readReturnChildren(trx, year)) await writeAll(bodies(children))
  for (const file of files) await close(file)
}

async function write(file: WriteStream, text: string): Promise<void> {
  if (text !== '' && !file.write(text)) await once(file, 'drain')
}

async function close(file: WriteStream): Promise<void> {
  file.end()
  if (!file.closed) await once(file, 'close')
}
