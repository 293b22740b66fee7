import { createReadStream, createWriteStream, mkdirSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { Unzip, UnzipInflate } from 'fflate'
import { whyNot } from '../returns/reading/input.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { fieldsIn, type SourceTable, tableOf } from './ssd-tables.ts'

/*
 * Files of another system, one table each: found in folders and zip archives, in whatever encoding and with whatever
 * delimiter they come. They are read row by row, as often as a load needs them.
 */

/** A file that was found to be of a table. */
export interface SourceFile {
  path: string
  /** As warnings and accounts call it. */
  name: string
  table: SourceTable
  heading: string[]
  /** For each field of the table its column; -1 where the file has none. */
  columns: number[]
  encoding: Encoding
  delimiter: string
}

export interface FoundFiles {
  files: SourceFile[]
  warnings: { file: string; line: number | null; what: string }[]
  /** Removes what was unpacked. */
  close(): Promise<void>
}

/** A row as it stands. */
export interface TextRow {
  /** The line it begins on, counted from 1. */
  line: number
  /** By field of the table; undefined where the file has no such column. */
  cells: (string | undefined)[]
  /** What is wrong with the row as a whole. */
  wrong: string | null
  /** Every column as it stands, those that are no field of the table too. */
  raw(): Record<string, string>
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const rowsAtATime = 2000
const longestRow = 4 << 20
/** What archives may hold unpacked: ten times what a county's files come to. */
const mostUnpacked = 32 * 1024 ** 3

/**
 * Finds the files of tables in folders, archives and single files.
 * @param passedOver tables whose files are known and not read
 * @param whole whether archives are unpacked with all that is in them, as it lies there
 * @throws UnusableInput with one line that says what is wrong and where
 */
export async function findFiles(
  paths: readonly string[],
  tables: readonly SourceTable[],
  passedOver: ReadonlySet<string> = new Set(),
  whole = false,
): Promise<FoundFiles> {
  const unpacked: string[] = []
  const warnings: FoundFiles['warnings'] = []
  const close = async () => {
    for (const folder of unpacked) await rm(folder, { recursive: true, force: true })
  }
  try {
    const files: SourceFile[] = []
    for (const path of await csvFilesOf(paths, unpacked, whole)) {
      const file = await lookAt(path, tables)
      if ('warning' in file) warnings.push({ file: basename(path), line: null, what: file.warning })
      else if (passedOver.has(file.table.name))
        warnings.push({
          file: file.name,
          line: null,
          what: `${file.table.name} tells of the dataset and of nobody in it: passed over`,
        })
      else {
        files.push(file)
        warnings.push(...strangersOf(file))
      }
    }
    if (files.length === 0)
      throw new UnusableInput(
        `${paths.join(', ')}: no file in it is of a table that can be brought across (docs/import.md says how files are called)`,
      )
    const order = new Map(tables.map(({ name }, i) => [name, i]))
    files.sort(
      (a, b) =>
        order.get(a.table.name)! - order.get(b.table.name)! ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    )
    return { files, warnings, close }
  } catch (error) {
    await close()
    throw error
  }
}

function strangersOf({ name, table, heading }: SourceFile): FoundFiles['warnings'] {
  return fieldsIn(table, heading).strangers.map((stranger) => ({
    file: name,
    line: 1,
    what: `column ${JSON.stringify(stranger.slice(0, 60))} is none of ${table.name}: passed over`,
  }))
}

async function csvFilesOf(paths: readonly string[], unpacked: string[], whole: boolean): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const about = await stat(path).catch((error) => {
      throw new UnusableInput(`${path}: ${whyNot(error)}`)
    })
    if (about.isDirectory()) {
      const inside = (await readdir(path)).sort().filter((name) => /\.(csv|tsv|txt|zip)$/i.test(name))
      if (inside.length === 0) throw new UnusableInput(`${path}: there is no CSV file in this folder`)
      found.push(
        ...(await csvFilesOf(
          inside.map((name) => join(path, name)),
          unpacked,
          whole,
        )),
      )
    } else if (/\.zip$/i.test(path)) found.push(...(await unpack(path, unpacked, whole)))
    else found.push(path)
  }
  return found
}

/** Unpacks an archive's CSV files, or all of it, into a folder of its own, which nobody else may read. */
async function unpack(path: string, unpacked: string[], whole: boolean): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-load-'))
  unpacked.push(folder)
  const found: string[] = []
  const writing: Promise<void>[] = []
  let size = 0
  let wrong: Error | undefined
  const unzip = new Unzip((file) => {
    // Names in an archive may point anywhere: nothing of them leads out of the folder.
    const parts = file.name.split(/[\\/]/).filter((part) => part !== '' && part !== '.' && part !== '..')
    const name = parts.at(-1) ?? ''
    const isTable = /\.(csv|tsv|txt)$/i.test(name)
    if (/[\\/]$/.test(file.name) || name === '' || parts.some((part) => /^(\.|__MACOSX)/.test(part))) return
    if (!isTable && !whole) return
    const to = whole
      ? join(folder, ...parts)
      : join(folder, found.some((one) => basename(one) === name) ? `${found.length} ${name}` : name)
    if (whole) mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    // A note's text in a file of its own is no table.
    if (isTable && !(whole && /\.txt$/i.test(name))) found.push(to)
    const out = createWriteStream(to, { mode: 0o600 })
    writing.push(new Promise((resolve, reject) => out.on('finish', resolve).on('error', reject)))
    file.ondata = (error, data, last) => {
      if (error) wrong ??= error
      size += data?.length ?? 0
      if (size > mostUnpacked) wrong ??= new UnusableInput(`${basename(path)}: holds too much when unpacked`)
      if (wrong) out.end()
      else {
        out.write(data)
        if (last) out.end()
      }
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  try {
    for await (const chunk of createReadStream(path)) {
      unzip.push(chunk as Uint8Array)
      if (wrong) throw wrong
    }
    unzip.push(new Uint8Array(0), true)
    if (wrong) throw wrong
    await Promise.all(writing)
  } catch (error) {
    if (error instanceof UnusableInput) throw error
    throw new UnusableInput(`${path}: cannot be unpacked (is it whole, and without a password?)`)
  }
  if (found.length === 0) throw new UnusableInput(`${path}: there is no CSV file in this archive`)
  return found
}

async function lookAt(
  path: string,
  tables: readonly SourceTable[],
): Promise<SourceFile | { warning: string }> {
  const name = basename(path)
  const encoding = await encodingOf(path)
  const first = await firstLine(path, encoding)
  if (first.trim() === '') return { warning: 'the file is empty: passed over' }
  if (/^\s*<|^PK|^%PDF/.test(first)) return { warning: 'is not a CSV file: passed over' }
  const delimiter = delimiterOf(first)
  const heading = await headingOf(path, name, encoding, delimiter)
  const table = tableOf(tables, name, heading)
  if (table === undefined)
    return { warning: 'neither its name nor its columns say which table it is of: passed over' }
  const { columns } = fieldsIn(table, heading)
  if (columns.every((column) => column === -1))
    throw new UnusableInput(
      `${name}, line 1: has none of the columns of ${table.name}: is there a line of names?`,
    )
  return { path, name, table, heading, columns, encoding, delimiter }
}

/** What the bytes are: by their mark, and else UTF-8 if the whole file can be read as it. */
async function encodingOf(path: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let first = true
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      const bytes = chunk as Buffer
      if (first && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
      if (first && bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
      first = false
      decoder.decode(bytes, { stream: true })
    }
    decoder.decode()
    return 'utf-8'
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252'
    throw new UnusableInput(`${path}: ${whyNot(error)}`)
  }
}

async function* textOfFile(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
    yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

async function firstLine(path: string, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const more of textOfFile(path, encoding)) {
    text += more
    const end = text.search(/[\r\n]/)
    if (end !== -1) return text.slice(0, end)
    if (text.length > longestRow) break
  }
  return text.slice(0, longestRow)
}

const delimiters = [',', ';', '\t', '|']
const delimiterOf = (line: string): string =>
  delimiters
    .map((one) => ({ one, times: line.split(one).length }))
    .reduce((best, next) => (next.times > best.times ? next : best)).one

const parserOf = (delimiter: string) =>
  parse({
    bom: true,
    info: true,
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  })

async function headingOf(
  path: string,
  name: string,
  encoding: Encoding,
  delimiter: string,
): Promise<string[]> {
  for await (const { record } of records(path, name, encoding, delimiter)) return record
  throw new UnusableInput(`${name}: the file is empty`)
}

async function* records(path: string, name: string, encoding: Encoding, delimiter: string) {
  const parser = parserOf(delimiter)
  const feeding = pipeline(textOfFile(path, encoding), parser)
  feeding.catch(() => undefined)
  try {
    for await (const one of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) yield one
  } catch (error) {
    if (error instanceof CsvError)
      throw new UnusableInput(
        `${name}, line ${error.lines}: ${
          error.code === 'CSV_MAX_RECORD_SIZE'
            ? 'a row without end: is a quotation mark left open above?'
            : 'the quotation marks of this row do not match'
        }`,
      )
    throw error
  }
}

/** The rows of a file, many at a time. @throws UnusableInput where quotation marks do not match */
export async function* readRows(file: SourceFile): AsyncGenerator<TextRow[]> {
  let batch: TextRow[] = []
  let heading = true
  for await (const { record, info } of records(file.path, file.name, file.encoding, file.delimiter)) {
    if (heading) {
      heading = false
      continue
    }
    const within = record.reduce(
      (lines, cell) => lines + (cell.includes('\n') ? cell.split('\n').length - 1 : 0),
      0,
    )
    batch.push(rowOf(file, record, info.lines - within))
    if (batch.length < rowsAtATime) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function rowOf({ heading, columns }: SourceFile, record: string[], line: number): TextRow {
  const more = record.length - heading.length
  const wrong =
    more === 0 || (more === 1 && record.at(-1) === '')
      ? null
      : `has ${record.length} values where the heading has ${heading.length}: ${
          more > 0 ? 'is there a delimiter inside a text without quotation marks?' : 'is the row cut off?'
        }`
  return {
    line,
    cells: columns.map((column) => (column === -1 ? undefined : (record[column] ?? ''))),
    wrong,
    raw: () =>
      Object.fromEntries(
        record.map((cell, i) => [heading[i] ?? `column ${i + 1}`, cell.replaceAll('\u0000', '')]),
      ),
  }
}
