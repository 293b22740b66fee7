import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import { shouldHold } from '../sharing/cp-is/alerts.ts'
import { rulesOf } from '../sharing/cp-is/exchange.ts'
import { childrenOf } from '../sharing/cp-is/facts-store.ts'
import type { CpIsSettings } from '../sharing/cp-is/settings.ts'
import type { StandIn } from '../sharing/cp-is/stand-in/stand-in.ts'
import { aChild, fact } from './factories.ts'

/** NHS numbers that nobody has: of the range for tests, their last digits worked out. */
export function* testNumbers(from = 1000): Generator<string, never> {
  for (let made = from; ; made += 1) {
    const stem = `99901${String(made % 10_000).padStart(4, '0')}`
    const sum = [...stem].reduce((total, digit, i) => total + (10 - i) * Number(digit), 0)
    const digit = (11 - (sum % 11)) % 11
    if (digit !== 10) yield `${stem}${digit}`
  }
}

/** Children with numbers that were traced, known to the NHS’s register as to the record. */
export async function tracedChildren(owner: Connection, standIn: StandIn, count: number): Promise<string[]> {
  const numbers = testNumbers()
  const children: string[] = []
  for (let n = 0; n < count; n += 1) {
    const number = numbers.next().value
    const child = await aChild(owner, { forename: 'Robin', surname: 'Testchild', born: '2019-03-04' })
    await fact(owner, 'person_identifier', {
      person_id: child,
      kind: 'nhs-number',
      value: number,
      natural_key: number,
    })
    await fact(owner, 'nhs_number_trace', {
      person_id: child,
      nhs_number: number,
      status: 'verified',
      method: 'pds',
    })
    standIn.register.directory.set(number, {
      number,
      given: 'Robin',
      family: 'Testchild',
      born: '20190304',
      status: 'active',
    })
    children.push(child)
  }
  return children
}

/** A plan begins, ends, or goes on after all, whichever can happen to this child now. */
export async function planEvent(db: Connection, child: string, days: number): Promise<void> {
  await sql`
    with open as (
      update record.child_protection_plan p set cp_plan_end_date = greatest(current_date - ${days}::int, p.cp_plan_start_date + 1)
       where p.person_id = ${child} and p.cp_plan_end_date is null returning p.id
    ), again as (
      update record.child_protection_plan p set cp_plan_end_date = null
       where ${days} % 3 = 0 and p.id = (select q.id from record.child_protection_plan q where q.person_id = ${child} order by q.cp_plan_start_date desc limit 1)
         and p.cp_plan_end_date is not null and not exists (select from open) returning p.id
    )
    insert into record.child_protection_plan (person_id, natural_key, cp_plan_start_date)
    select ${child}, coalesce(max(p.cp_plan_end_date), date '2026-01-05')::text || ' ' || count(*), coalesce(max(p.cp_plan_end_date), date '2026-01-05')
      from record.child_protection_plan p where p.person_id = ${child} and not exists (select from open) and not exists (select from again)
    having count(*) < 6 and not exists (select from open) and not exists (select from again)`.execute(db)
}

/** What the record says, and what the stand-in holds, of these children, as lines that can be compared. */
export async function bothSides(
  jobs: Connection,
  standIn: StandIn,
  settings: CpIsSettings,
  children: readonly string[],
): Promise<{ record: string[]; nhs: string[] }> {
  const run = await openRun(jobs, { purpose: 'comparing in a test', population: 'invented children' })
  const all = await inRun(jobs, run, (trx) => childrenOf(trx, children))
  await endRun(jobs, run)
  const line = (
    number: string,
    { type, start, end }: { type: string; start: string; end?: string | undefined },
  ) => [number, type, start, end].filter(Boolean).join(' ')
  const record = all.flatMap(({ facts, told }) =>
    shouldHold(facts, told, rulesOf(settings, standIn.now())).entries.map((one) =>
      line(one.nhsNumber, { ...one, end: one.content.end }),
    ),
  )
  const numbers = all.flatMap(({ facts }) => facts.child.numbers.map(({ value }) => value))
  const nhs = numbers.flatMap((number) => standIn.register.of(number).map((one) => line(number, one)))
  return { record: record.sort(), nhs: nhs.sort() }
}
