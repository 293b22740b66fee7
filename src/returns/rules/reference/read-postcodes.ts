import { closeInput, type Input, openInput, readAt, sniff } from '../../reading/input.ts'
import { UnusableInput } from '../../reading/unusable.ts'
import { noGrid, type PostcodeTable, placeOf, postcodeKey } from './postcodes.ts'

/** The columns of the ONS Postcode Directory and the National Statistics Postcode Lookup, old names and new. */
const columns = {
  postcode: /^pcd(s|2|7|8)?$/,
  authority: /^(oslaua|laua|lad\d\dcd)$/,
  county: /^(oscty|cty|cty\d\dcd)$/,
  east: /^(oseast1m|east1m)$/,
  north: /^(osnrth1m|north1m)$/,
}

/** The countries whose placements are told by name. */
const elsewhere: Record<string, string> = { S: 'SCO', N: 'NIR', W: 'WAL' }

/**
 * Reads the national list of postcodes as ONS publishes it, a CSV of a million lines and more.
 *
 * @param authorities path of ONS's lookup from lower to upper tier authorities, where the list of postcodes has no
 *   counties or these are out of date
 * @throws UnusableInput when a file is no such list
 */
export function readPostcodes(path: string, authorities?: string): PostcodeTable {
  const upper = authorities === undefined ? undefined : readUpperTier(authorities)
  const input = openInput(path)
  try {
    const lines = linesOf(input)
    const at = columnsIn(input, lines.next().value ?? [])
    // A line of such a list is never shorter than fifty letters; the table is filled to two thirds at most.
    const table = emptyTable(Math.max(1024, Math.ceil((input.size / 50) * 1.5)))
    const numbers = new Map<string, number>()
    for (const fields of lines) addPostcode(table, numbers, fields, at, upper)
    table.authorities = [...numbers.keys()]
    return shrunk(table)
  } finally {
    closeInput(input)
  }
}

type Columns = Record<keyof typeof columns, number>

function columnsIn(input: Input, names: readonly string[]): Columns {
  const at = Object.fromEntries(
    Object.entries(columns).map(([what, pattern]) => [
      what,
      names.findIndex((name) => pattern.test(name.toLowerCase())),
    ]),
  ) as Columns
  const missing = (['postcode', 'authority', 'east', 'north'] as const).filter((what) => at[what] === -1)
  if (missing.length > 0)
    throw new UnusableInput(
      `${input.name}: has no column for ${missing.join(', ')}: is it the ONS Postcode Directory or the National Statistics Postcode Lookup?`,
    )
  return at
}

function emptyTable(places: number): PostcodeTable {
  const shared = (bytes: number) => new SharedArrayBuffer(places * bytes)
  return {
    keys: new Float64Array(shared(8)),
    east: new Int32Array(shared(4)),
    north: new Int32Array(shared(4)),
    authority: new Uint16Array(shared(2)),
    authorities: [],
  }
}

function addPostcode(
  table: PostcodeTable,
  numbers: Map<string, number>,
  fields: readonly string[],
  at: Columns,
  upper: Map<string, string> | undefined,
): void {
  const key = postcodeKey(fields[at.postcode] ?? '')
  if (key === 0) return
  const place = placeOf(table.keys, key)
  table.keys[place] = key
  const [east, north] = [fields[at.east] ?? '', fields[at.north] ?? '']
  table.east[place] = east === '' ? noGrid : Number(east)
  table.north[place] = north === '' ? noGrid : Number(north)
  const authority = upperTier(fields[at.authority] ?? '', fields[at.county] ?? '', upper)
  if (authority === '') return
  const number = numbers.get(authority) ?? numbers.size + 1
  numbers.set(authority, number)
  table.authority[place] = number
}

/** Districts (E07) lie in counties; every other authority in England is its own upper tier. */
function upperTier(lower: string, county: string, upper: Map<string, string> | undefined): string {
  const known = elsewhere[lower[0] ?? ''] ?? upper?.get(lower)
  if (known !== undefined) return known
  if (!lower.startsWith('E')) return ''
  if (!lower.startsWith('E07')) return lower
  return county.startsWith('E10') ? county : ''
}

/** The same table with no more places than it needs. */
function shrunk(table: PostcodeTable): PostcodeTable {
  let count = 0
  for (const key of table.keys) if (key !== 0) count++
  const smaller = emptyTable(Math.ceil(count * 1.5) + 1)
  for (const [place, key] of table.keys.entries()) {
    if (key === 0) continue
    const there = placeOf(smaller.keys, key)
    smaller.keys[there] = key
    smaller.east[there] = table.east[place]!
    smaller.north[there] = table.north[place]!
    smaller.authority[there] = table.authority[place]!
  }
  return { ...smaller, authorities: table.authorities }
}

function readUpperTier(path: string): Map<string, string> {
  const input = openInput(path)
  try {
    const lines = linesOf(input)
    const names = (lines.next().value ?? []).map((name) => name.toLowerCase())
    const lower = names.findIndex((name) => /^(ltla|lad)\d\dcd$/.test(name))
    const upper = names.findIndex((name) => /^utla\d\dcd$/.test(name))
    if (lower === -1 || upper === -1)
      throw new UnusableInput(
        `${input.name}: has no columns such as LTLA23CD and UTLA23CD: is it ONS’s lookup?`,
      )
    return new Map([...lines].map((fields) => [fields[lower] ?? '', fields[upper] ?? '']))
  } finally {
    closeInput(input)
  }
}

/** The lines of a CSV as fields. None of these lists has a line end inside quotes. */
function* linesOf(input: Input): Generator<string[], undefined> {
  const { textStart } = sniff(input)
  const block = Buffer.alloc(1 << 20)
  let rest = ''
  for (let at = textStart; at < input.size; ) {
    const got = readAt(input, block, block.length, at)
    at += got
    // These lists are plain ASCII but for a name or two that nobody asks for.
    const lines = (rest + block.toString('latin1', 0, got)).split('\n')
    rest = lines.pop()!
    if (rest.length > 1 << 20)
      throw new UnusableInput(`${input.name}: has a line that is longer than any such list’s`)
    for (const line of lines) yield fieldsOf(line)
  }
  if (rest !== '') yield fieldsOf(rest)
}

function fieldsOf(line: string): string[] {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  if (!text.includes('"')) return text.split(',')
  return [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain! : quoted.replaceAll('""', '"'),
  )
}
