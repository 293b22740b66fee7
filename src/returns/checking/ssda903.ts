import type { Given } from '../reading/input.ts'
import { countUp, type Layout, layOut, type ScatterRead } from '../reading/ssda903/layout.ts'
import { memoryForRows, openSsda903, type Ssda903Return } from '../reading/ssda903/read.ts'
import type { FilledBlock } from '../reading/ssda903/scatter.ts'
import { openSpill } from '../reading/ssda903/spill.ts'
import { Across } from '../rules/across.ts'
import { tablesOfLastYear } from '../rules/ssda903-child.ts'
import { AllFound, Found, type PlacedPart } from './found.ts'
import { type Hand, shareOut, takeOn } from './hands.ts'
import { type Job, latestYear, nearestRuleset, prepareJob } from './job.ts'
import { type Asked, type Checked, hasLists } from './result.ts'
import { Ssda903Work, tableNames } from './ssda903-work.ts'

/** What to check: files, folders of files or bytes; and last year's return beside it. */
export interface AskedSsda903 extends Asked {
  given: readonly Given[]
  previous?: readonly Given[]
}

/**
 * Checks a looked-after children return.
 * @param script the module whose threads answer as `Ssda903Work`; null: everything on this thread
 * @throws UnusableInput when it cannot be read at all
 * @throws RuleDefect when a rule throws
 */
export async function checkSsda903(asked: AskedSsda903, script: URL | null): Promise<Checked> {
  const opened = openSsda903(asked.given, asked.previous ?? [], tablesOfLastYear)
  const spill = openSpill()
  let hands: readonly Hand<Ssda903Work>[] = []
  try {
    const job = jobFor(asked, opened)
    const bytes = opened.files.reduce((sum, { input }) => sum + input.size, 0)
    const workOutUasc = { now: isWorkedOut(opened, ''), last: isWorkedOut(opened, '_last') }
    const share = { job, files: opened.files, spill: { file: spill.file, key: spill.key }, workOutUasc }
    hands = await takeOn(
      { script, aside: asked.aside, hands: asked.hands },
      ...(['ssda903', { bytes }, Ssda903Work.begin] as const),
      (lane, lanes) => ({ ...share, lane, lanes, memory: memoryForRows / lanes }),
    )
    return await checkWith(hands, opened, job, asked.onProgress)
  } finally {
    await Promise.all(hands.map((hand) => hand.close()))
    spill.close()
    opened.close()
  }
}

function jobFor(asked: Asked, opened: Ssda903Return): Job {
  const year = asked.year ?? latestYear('ssda903')
  const ruleset = nearestRuleset('ssda903', asked.ruleset ?? year)
  const has = opened.tables.flatMap(({ name, last, empty }) => {
    const table = last ? `${name}_last` : name
    return empty ? [table, `empty:${table}`] : table
  })
  for (const which of ['', '_last']) if (knowsUasc(opened, which)) has.push(`uasc${which}`)
  has.push(opened.files.some(({ kind, last }) => kind === 'xml' && !last) ? 'xml' : 'csv')
  return {
    return: 'ssda903',
    year,
    ruleset,
    has: [...has, ...hasLists(asked.lists)],
    only: asked.rules ?? null,
    lists: asked.lists,
  }
}

const table = ({ tables }: Ssda903Return, name: string, which: string) =>
  tables.find((one) => one.name === name && one.last === (which === '_last'))

/** Whether the UASC marker of the Header is sent, or can be worked out. */
const knowsUasc = (opened: Ssda903Return, which: string): boolean =>
  isSent(opened, which) || isWorkedOut(opened, which)

const isSent = (opened: Ssda903Return, which: string): boolean =>
  table(opened, 'Header', which)?.columns.includes('UASC') ?? false

const isWorkedOut = (opened: Ssda903Return, which: string): boolean =>
  !isSent(opened, which) &&
  table(opened, 'Header', which) !== undefined &&
  table(opened, 'UASC', which) !== undefined

async function checkWith(
  hands: readonly Hand<Ssda903Work>[],
  opened: Ssda903Return,
  job: Job,
  onProgress: Asked['onProgress'],
): Promise<Checked> {
  const { layout, blocks } = await scatter(hands, opened, onProgress)
  await Promise.all(hands.map((hand) => hand.call('know', layout.stretches)))
  let done = 0
  const checked = await shareOut(
    hands,
    blocks,
    (hand, bin) => hand.call('check', bin),
    (bin) => {
      // Its rows have had their day: the memory can go.
      bin.length = 0
      onProgress?.(0.5 + ++done / blocks.length / 2)
    },
  )
  const across = new Across()
  for (const hand of hands) {
    const rest = await hand.call('rest', undefined as never)
    across.addAll(rest.across)
    opened.warnings.addAll(rest.warnings)
  }
  const { ran, notRun, collection } = await prepareJob(job)
  const parts = checked.map(({ found }): PlacedPart => ({ ...found, childrenBefore: 0, rowsBefore: [] }))
  const whole = new Found(tableNames)
  for (const { rule, order, child, places } of across.findings(ran, collection))
    whole.add(order, child, [{ rule, places }])
  parts.push({ ...whole.part(), childrenBefore: 0, rowsBefore: [] })
  return {
    return: job.return,
    year: job.year,
    ruleset: job.ruleset,
    children: checked.reduce((sum, { children }) => sum + children, 0),
    ran: ran.map(({ code }) => code),
    notRun,
    findings: new AllFound(tableNames, ran, parts),
    warnings: opened.warnings.list(),
  }
}

/** Throws all rows into bins. @returns the blocks of each bin */
async function scatter(
  hands: readonly Hand<Ssda903Work>[],
  opened: Ssda903Return,
  onProgress: Asked['onProgress'],
): Promise<{ layout: Layout; blocks: FilledBlock[][] }> {
  const whole = new Set<number>()
  for (;;) {
    const layout = layOut(opened.files, whole)
    await Promise.all(hands.map((hand) => hand.call('empty', layout.bins)))
    let done = 0
    const read = await shareOut(
      hands,
      layout.tasks,
      (hand, task) => hand.call('scatter', task),
      () => onProgress?.(++done / layout.tasks.length / 2),
    )
    const broken = layout.tasks.filter((_, i) => read[i] === null)
    if (broken.length > 0) {
      for (const { file } of broken) whole.add(file)
      continue
    }
    countUp(layout, read as ScatterRead[])
    const blocks: FilledBlock[][] = Array.from({ length: layout.bins }, () => [])
    for (const hand of hands)
      for (const block of await hand.call('filled', undefined as never)) blocks[block.bin]!.push(block)
    return { layout, blocks }
  }
}
