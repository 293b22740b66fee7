import { type Command, Option } from 'commander'
import { UnusableInput } from '../cli.ts'
import { loadEngine } from '../returns/checking/load.ts'
import type { Checked } from '../returns/checking/result.ts'
import { writeCsv, writeJson, writeNdjson, writeXlsx } from '../returns/checking/write.ts'
import { startYear } from '../returns/rules/collection.ts'
import type { GivenLists } from '../returns/rules/reference/lists.ts'

interface Options {
  record?: boolean
  return?: ReturnName
  year?: string
  ruleset?: string
  rule?: string[]
  json?: boolean
  ndjson?: boolean
  csv?: string
  xlsx?: string
  previous?: string[]
  authority?: string
  providers?: string[]
  postcodes?: string
  authorities?: string
}

type Engine = Awaited<ReturnType<typeof loadEngine>>['engine']
type ReturnName = 'cin-census' | 'ssda903'
type Check = (engine: Engine, script: URL, asked: Asked) => Promise<Checked>
type Asked = Parameters<Engine['checkCinCensus']>[0]

/**
 * `cairn check`: the DfE's validation rules on files made by any system, which needs no database; `--record`: on every
 * child of the record.
 */
export function define(command: Command): void {
  // What stands behind the name of a return is the return's.
  command.enablePositionalOptions()
  options(command)
    .option('--record', 'check every child of the record in place of files')
    .addOption(
      new Option('--return <name>', 'the return that the record is checked for')
        .choices(['cin-census', 'ssda903'])
        .default('cin-census'),
    )
    .action(async (asked: Options, self: Command) => {
      if (!asked.record) return self.help({ error: true })
      await act(self, asked, (engine, script, more) => ofRecord(asked, { engine, script }, more))
    })
  const census = command
    .command('cin-census')
    .description('a children in need census: one XML file, or several that are one return together')
    .argument('<file...>')
  options(census).action(async (given: string[], asked: Options, self: Command) => {
    await act(self, asked, (engine, script, more) => engine.checkCinCensus({ ...more, given }, script))
  })
  const ssda903 = command
    .command('ssda903')
    .description('a looked-after children return: its CSV files, the folder they are in, or its XML')
    .argument('<path...>')
    .option('--previous <path...>', 'last year’s return')
    .option('--authority <code>', 'nine-character code of the authority that makes the return (E10000030)')
    .option('--providers <file...>', 'Ofsted’s lists of providers (.xlsx)')
    .option('--postcodes <file>', 'the ONS Postcode Directory or National Statistics Postcode Lookup (CSV)')
    .option('--authorities <file>', 'ONS’s lookup from lower to upper tier authorities (CSV)')
  options(ssda903).action(async (given: string[], asked: Options, self: Command) => {
    const previous = asked.previous ?? []
    await act(self, asked, (engine, script, more) =>
      engine.checkSsda903({ ...more, given, previous }, script),
    )
  })
}

/** The database is only asked for when the record is. */
async function ofRecord(
  { return: of = 'cin-census', year }: Options,
  engine: Awaited<ReturnType<typeof loadEngine>>,
  asked: Asked,
): Promise<Checked> {
  const [{ checkRecord }, { withJobsDatabase }, { collectionOn }, { dayOf }] = await Promise.all([
    import('../returns/checking/check-record.ts'),
    import('./jobs-database.ts'),
    import('../returns/cin-census/collection.ts'),
    import('../web/words.ts'),
  ])
  const wanted = year ?? collectionOn(dayOf(new Date())).name
  return withJobsDatabase((db, _config, _app, read) =>
    checkRecord({ db, read }, { ...asked, return: of, year: wanted }, engine),
  )
}

function options(command: Command): Command {
  return command
    .option('--year <year>', 'the collection year, such as 2025-26 (what the file says, else the latest)')
    .option('--ruleset <year>', 'the year whose rules are used (the collection year’s, or the nearest)')
    .option('--rule <codes>', 'only these rules: 8850,8640', (codes) =>
      codes.split(',').map((code) => code.trim()),
    )
    .option('--json', 'everything as one JSON document')
    .option('--ndjson', 'a finding a line, as JSON')
    .option('--csv <file>', 'write the findings as CSV')
    .option('--xlsx <file>', 'write the findings as a workbook')
}

async function act(self: Command, options: Options, check: Check): Promise<void> {
  for (const year of [options.year, options.ruleset]) if (year !== undefined) mustBeYear(year)
  const { engine, script } = await loadEngine()
  try {
    const checked = await check(engine, script, {
      given: [],
      year: options.year,
      ruleset: options.ruleset,
      rules: options.rule,
      lists: await readLists(options),
      onProgress: progress(),
    })
    await tell(checked, options)
    setStatus(self, checked.findings.size > 0 ? 1 : 0)
  } catch (error) {
    if (error instanceof engine.RuleDefect) {
      process.stderr.write(
        `${error.message}\nNothing is told, as what was found may not be all.\n${error.stack}\n`,
      )
      setStatus(self, 3)
      return
    }
    if (isUnusable(error, engine)) throw new UnusableInput((error as Error).message)
    throw error
  } finally {
    clearProgress()
  }
}

/** 0 nothing found, 1 findings, 3 a rule is defective; 2, for what cannot be used, is told by throwing. */
const setStatus = (command: Command, status: number): void => {
  ;(command as Command & { status?: number }).status = status
}

/** The engine is loaded as one bundle, with a class of its own for what cannot be used. */
const isUnusable = (error: unknown, engine: Engine): boolean =>
  error instanceof engine.UnusableInput ||
  (error instanceof Error && error.constructor.name === 'UnusableInput')

function mustBeYear(year: string): void {
  try {
    startYear(year)
  } catch {
    throw new UnusableInput(`${year}: a year is written like 2025-26`)
  }
}

async function readLists({ authority, providers, postcodes, authorities }: Options): Promise<GivenLists> {
  const lists: GivenLists = { authority }
  if (providers !== undefined) {
    const { readProviders } = await import('../returns/rules/reference/read-providers.ts')
    lists.providers = readProviders(providers)
  }
  if (postcodes !== undefined) {
    const { readPostcodes } = await import('../returns/rules/reference/read-postcodes.ts')
    lists.postcodes = readPostcodes(postcodes, authorities)
  }
  return lists
}

/** Tells how far it is, on a terminal only. */
function progress(): ((share: number) => void) | undefined {
  if (!process.stderr.isTTY) return undefined
  return (share) => process.stderr.write(`\r${Math.floor(share * 100)} % checked`)
}

const clearProgress = () => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
}

async function tell(checked: Checked, { json, ndjson, csv, xlsx }: Options): Promise<void> {
  clearProgress()
  if (csv !== undefined) await written(csv, () => writeCsv(checked, csv))
  if (xlsx !== undefined && !(await written(xlsx, () => writeXlsx(checked, xlsx))))
    process.stderr.write(`${xlsx} holds the first 200,000 lines only; --csv writes them all.\n`)
  for (const { file, line, what } of checked.warnings)
    process.stderr.write(`${file}${line === null ? '' : `, line ${line}`}: ${what}\n`)
  if (json) await writeJson(checked, process.stdout)
  else if (ndjson) await writeNdjson(checked, process.stdout)
  else process.stdout.write(summary(checked))
}

async function written<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === undefined ? error : new UnusableInput(`${path}: cannot be written (${code})`)
  }
}

/** For people: each rule that found something, how often, and what it is about. */
function summary(checked: Checked): string {
  const { year, ruleset, children, ran, notRun } = checked
  const counts = checked.findings.byRule()
  const rules = checked.findings.rules.filter(({ code }) => counts.get(code)! > 0)
  const width = Math.max(...rules.map(({ code }) => code.length), 0)
  const number = (n: number) => n.toLocaleString('en-GB')
  return [
    `${number(children)} children, ${year}${ruleset === year ? '' : ` by the rules of ${ruleset}`}: ${number(checked.findings.size)} findings of ${ran.length} rules.`,
    ...rules.map(
      ({ code, kind, message }) =>
        `${number(counts.get(code)!).padStart(9)}  ${kind.padEnd(5)}  ${code.padEnd(width)}  ${message}`,
    ),
    ...(notRun.length > 0 ? ['Not run:', ...notRun.map(({ rule, why }) => `  ${rule}: ${why}`)] : []),
    '',
  ].join('\n')
}
