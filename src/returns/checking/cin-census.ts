import type { CensusRow } from '../reading/cin-census/listen.ts'
import {
  type CensusFile,
  type CensusFrame,
  openCensus,
  peekHeader,
  readCensusFrame,
} from '../reading/cin-census/read.ts'
import { censusTables, tableNumber } from '../reading/cin-census/tables.ts'
import { closeInput, type Given } from '../reading/input.ts'
import { UnusableInput } from '../reading/unusable.ts'
import { Warnings } from '../reading/warnings.ts'
import { Across } from '../rules/across.ts'
import { dayOfMonth, monthOf, yearOf } from '../rules/calendar.ts'
import { Checker } from '../rules/check-child.ts'
import { CensusHeader } from '../rules/cin-census-rows.ts'
import { yearStarting } from '../rules/collection.ts'
import type { RuleVersion } from '../rules/rule.ts'
import { isDate, type Text } from '../rules/words.ts'
import { CensusWork, type Piece, type PieceChecked, tableNames } from './cin-census-work.ts'
import { AllFound, Found, type PlacedPart } from './found.ts'
import { type Hand, shareOut, takeOn } from './hands.ts'
import { type Job, latestYear, nearestRuleset, prepareJob } from './job.ts'
import { type Asked, type Checked, hasLists } from './result.ts'

/** What to check: one file, or several that are one return together. */
export interface AskedCensus extends Asked {
  given: readonly Given[]
}

/**
 * Checks a children in need census.
 * @param script the module whose threads answer as `CensusWork`; null: everything on this thread
 * @throws UnusableInput when a file cannot be read at all, or files are of different years
 * @throws RuleDefect when a rule throws
 */
export async function checkCinCensus(asked: AskedCensus, script: URL | null): Promise<Checked> {
  const files: CensusFile[] = []
  let hands: readonly Hand<CensusWork>[] = []
  try {
    for (const one of asked.given) files.push(openCensus(one))
    const job = jobFor(asked, files)
    const bytes = files.reduce((sum, { input }) => sum + input.size, 0)
    const warnings = new Warnings()
    const frames = files.map((file) => readCensusFrame(file, warnings))
    const pieces = frames.reduce((sum, frame) => sum + (frame?.ends.length ?? 1), 0)
    hands = await takeOn(
      { script, aside: asked.aside, hands: asked.hands },
      ...(['cin-census', { bytes, most: pieces }, CensusWork.begin] as const),
      () => ({ job, files }),
    )
    return await checkWith(hands, { files, frames, warnings }, job, asked.onProgress)
  } finally {
    await Promise.all(hands.map((hand) => hand.close()))
    for (const { input } of files) closeInput(input)
  }
}

function jobFor(asked: Asked, files: readonly CensusFile[]): Job {
  const year = asked.year ?? yearOfFiles(files) ?? latestYear('cin-census')
  const ruleset = nearestRuleset('cin-census', asked.ruleset ?? year)
  const has = [...tableNames, ...hasLists(asked.lists)]
  return { return: 'cin-census', year, ruleset, has, only: asked.rules ?? null, lists: asked.lists }
}

function yearOfFiles(files: readonly CensusFile[]): string | undefined {
  const said = files.map((file) => ({ name: file.input.name, year: yearSaid(peekHeader(file)) }))
  const first = said.find(({ year }) => year !== undefined)
  const other = said.find(({ year }) => year !== undefined && year !== first!.year)
  if (other === undefined) return first?.year
  throw new UnusableInput(
    `${first!.name} is of ${first!.year} and ${other.name} of ${other.year}: check them one by one, or say --year`,
  )
}

/** The collection year that a header speaks of: by its reference date where that is a 31 March, else by its year. */
function yearSaid(header: CensusRow | null): string | undefined {
  if (header === null) return undefined
  const { ReferenceDate, Year } = new CensusHeader(header.cells, header.row, header.odd)
  const closes = (year: number) => yearStarting(year - 1)
  if (monthOf(ReferenceDate) === 3 && dayOfMonth(ReferenceDate) === 31) return closes(yearOf(ReferenceDate))
  if (isYear(Year)) return closes(Number(Year))
  return isDate(ReferenceDate) ? closes(yearOf(ReferenceDate)) : undefined
}

const isYear = (text: Text): boolean => text !== undefined && /^(19|20|21)\d\d$/.test(text)

interface Opened {
  files: readonly CensusFile[]
  frames: readonly (CensusFrame | null)[]
  warnings: Warnings
}

/** A piece that has been checked, and the file it is of. */
interface Part {
  file: number
  checked: PieceChecked
  linesBefore: number
}

async function checkWith(
  hands: readonly Hand<CensusWork>[],
  opened: Opened,
  job: Job,
  onProgress: Asked['onProgress'],
): Promise<Checked> {
  const { ran, notRun, collection } = await prepareJob(job)
  const { parts, headers } = await checkPieces(hands, opened, onProgress)
  const across = new Across()
  const placed: PlacedPart[] = []
  const rowsBefore = censusTables.map(() => 0)
  let childrenBefore = 0
  for (const { checked, linesBefore } of parts) {
    placed.push({ ...checked.found, childrenBefore, rowsBefore: [...rowsBefore] })
    across.addAll(checked.across, childrenBefore, (rule) => rowsBefore[tableMarkedBy(ran[rule]!)]!)
    opened.warnings.addAll(
      checked.warnings.map((kind) => ({
        ...kind,
        lines: kind.lines.map((line) => (line === null ? null : line + linesBefore)),
      })),
    )
    childrenBefore += checked.children
    for (const [table, rows] of checked.rows.entries())
      if (table !== tableNumber('Header')) rowsBefore[table]! += rows
  }
  const whole = new Found(tableNames)
  const checker = new Checker(ran, collection, null)
  for (const [i, header] of headers.entries()) {
    const found = checker.checkHeader(new CensusHeader(header?.cells ?? [], i + 1, header?.odd ?? null))
    if (found.length > 0) whole.add(-1, null, found)
  }
  for (const { rule, order, child, places } of across.findings(ran, collection))
    whole.add(order, child, [{ rule, places }])
  placed.push({ ...whole.part(), childrenBefore: 0, rowsBefore: [] })
  return {
    return: job.return,
    year: job.year,
    ruleset: job.ruleset,
    children: childrenBefore,
    ran: ran.map(({ code }) => code),
    notRun,
    findings: new AllFound(tableNames, ran, placed),
    warnings: opened.warnings.list(),
  }
}

const tableMarkedBy = ({ flags }: RuleVersion): number => tableNumber([...flags.keys()][0]!)

/** Checks every file, in pieces where it can be read in pieces. @returns the parts in order, and a header a file */
async function checkPieces(
  hands: readonly Hand<CensusWork>[],
  { files, frames }: Opened,
  onProgress: Asked['onProgress'],
): Promise<{ parts: Part[]; headers: (CensusRow | null)[] }> {
  const pieces = files.flatMap((_, file) => piecesOf(file, frames[file]!))
  let done = 0
  const tell = () => onProgress?.(++done / pieces.length)
  const checked = await shareOut<CensusWork, Piece | { file: number }, PieceChecked | null>(
    hands,
    pieces,
    (hand, piece) => ('start' in piece ? hand.call('piece', piece) : hand.call('whole', piece.file)),
    tell,
  )
  const parts: Part[] = []
  const headers: (CensusRow | null)[] = []
  for (const file of files.keys()) {
    const mine = checked.filter((_, i) => pieces[i]!.file === file)
    if (mine.includes(null)) mine.splice(0, mine.length, await hands[0]!.call('whole', file))
    const [first] = mine
    headers.push(first?.header ?? frames[file]?.header ?? null)
    let linesBefore = first?.header === null ? (frames[file]?.linesBefore ?? 0) : 0
    for (const part of mine as PieceChecked[]) {
      parts.push({ file, checked: part, linesBefore })
      linesBefore += part.lines
    }
  }
  return { parts, headers }
}

function piecesOf(file: number, frame: CensusFrame | null): (Piece | { file: number })[] {
  if (frame === null) return [{ file }]
  return frame.ends.map((end, i) => ({ file, start: i === 0 ? frame.start : frame.ends[i - 1]!, end }))
}
