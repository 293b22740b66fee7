import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { UnusableInput } from '../cli.ts'
import { collections } from '../returns/cin-census/collection.ts'
import { SourceUnknown } from '../returns/cin-census/source.ts'
import { makeReturn } from '../returns/making.ts'
import { addMade, type Outcome } from '../returns/store.ts'
import { dayOf, endOfDay } from '../web/words.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  year: string
  out: string
  asReported?: boolean
  knownAt?: Date
  json?: boolean
}

/** `cairn return cin-census`: 0 written; 1 written with departures, or not offered; 2 what cannot be done. */
export function define(command: Command): void {
  const census = command
    .command('cin-census')
    .description('the children in need census of a year, as one XML file')
    .addOption(
      new Option('--year <year>', 'the collection')
        .choices(collections.map(({ name }) => name))
        .makeOptionMandatory(),
    )
    .requiredOption('--out <file>', 'where the file goes')
    .option('--as-reported', 'everything as recorded, without the selection of the return: not for sending')
    .option(
      '--known-at <moment>',
      'as it was known then: 2025-11-23 (the end of that day) or 2025-11-23T14:30',
      readMoment,
    )
    .option('--json', 'for programs: what was made, and where it departs from the schema')
    .action(async (wishes: Wishes) => {
      Object.assign(census, { status: await make(wishes) })
    })
}

/** A day is known at its end, today as it is now; a moment at that moment, by the local clock. */
function readMoment(text: string): Date | undefined {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  if (isDay && text === dayOf(new Date())) return undefined
  const moment = isDay
    ? endOfDay(text)
    : new Date(/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? text : Number.NaN)
  if (Number.isNaN(moment.getTime()))
    throw new InvalidArgumentError('Write it like 2025-11-23 or 2025-11-23T14:30.')
  if (moment.getTime() > Date.now())
    throw new InvalidArgumentError('What will be known at a time to come cannot be told.')
  return moment
}

async function make({ year, out, asReported = false, knownAt, json }: Wishes): Promise<number> {
  const file = resolve(out)
  const partial = `${file}.part`
  const ending = new AbortController()
  const end = () => ending.abort(new UnusableInput('Interrupted: no file was written.'))
  process.once('SIGINT', end)
  const showProgress = process.stderr.isTTY === true && !json
  try {
    const outcome = await withJobsDatabase(async (db, _config, _app, read) => {
      const target = await openForWriting(partial, file)
      try {
        const made = await addMade(db, { return: 'cin-census', collection: year, asReported, knownAt })
        const came = await makeReturn(db, made, {
          read,
          signal: ending.signal,
          sink: target.write,
          onProgress: (children) => {
            if (showProgress) process.stderr.write(`\r\u001b[K${children.toLocaleString('en-GB')} children`)
          },
        })
        return came
      } finally {
        if (showProgress) process.stderr.write('\r\u001b[K')
        await target.close()
      }
    })
    if (outcome.notOffered === null) await rename(partial, file)
    process.stdout.write(
      json ? `${JSON.stringify(forPrograms(year, file, outcome))}\n` : inWords(file, outcome),
    )
    return outcome.departures.length > 0 ? 1 : 0
  } catch (error) {
    if (error instanceof SourceUnknown) throw new UnusableInput(error.message)
    throw error
  } finally {
    process.removeListener('SIGINT', end)
    await rm(partial, { force: true })
  }
}

async function openForWriting(partial: string, file: string) {
  const stream = createWriteStream(partial)
  try {
    await once(stream, 'open')
  } catch (error) {
    throw new UnusableInput(`${file}: ${whyNotWritten((error as NodeJS.ErrnoException).code)}`)
  }
  return {
    write: async (piece: string) => {
      if (!stream.write(piece)) await once(stream, 'drain')
    },
    close: async () => {
      stream.end()
      if (!stream.closed) await once(stream, 'close')
    },
  }
}

function whyNotWritten(code: string | undefined): string {
  if (code === 'ENOENT') return 'there is no such folder'
  return code === 'EACCES' || code === 'EROFS' ? 'you may not write there' : `cannot be written (${code})`
}

const forPrograms = (
  year: string,
  file: string,
  { notOffered, children, withoutReferral, size, sha256, departures }: Outcome,
) => ({
  return: 'cin-census',
  year,
  file: notOffered === null ? file : null,
  children,
  withoutReferral,
  size,
  sha256: sha256.toString('hex'),
  notOffered,
  departures,
})

const shownDepartures = 20

function inWords(
  file: string,
  { notOffered, children, withoutReferral, sha256, departures }: Outcome,
): string {
  const number = (n: number) => n.toLocaleString('en-GB')
  const lines =
    notOffered === null
      ? [`${file}: ${number(children)} children.`, `SHA-256 ${sha256.toString('hex')}`]
      : [`No file was written. ${notOffered}`]
  if (withoutReferral > 0)
    lines.push(
      `Looked after in the year and not in the return, since no referral is on record: ${number(withoutReferral)}.`,
    )
  for (const { child, element, what } of departures.slice(0, shownDepartures))
    lines.push(`  ${child ?? 'the file'}, ${element}: ${what}`)
  if (departures.length > shownDepartures)
    lines.push(`  … and ${number(departures.length - shownDepartures)} more`)
  return `${lines.join('\n')}\n`
}
