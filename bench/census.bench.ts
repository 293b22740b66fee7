import { appendFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../src/access/runs.ts'
import { collectionNamed } from '../src/returns/cin-census/collection.ts'
import { readChildren } from '../src/returns/cin-census/read.ts'
import { makeReturn } from '../src/returns/making.ts'
import { addMade } from '../src/returns/store.ts'
import { benchDatabase } from './database.ts'
import { inventNeed } from './invented-need.ts'
import { report, spread, time } from './support.ts'

/** A census of 10,000 children from a record that holds twice as many: the whole of making it, and its parts. */
const children = 10_000
const turns = 5

const db = await benchDatabase()
try {
  await inventNeed(db.owner, children)
  const collection = collectionNamed('2024-25')!
  const file = join(tmpdir(), `cairn-census-bench-${process.pid}.xml`)

  const whole: number[] = []
  let outcome: Awaited<ReturnType<typeof makeReturn>> | undefined
  for (let turn = 0; turn <= turns; turn++) {
    await rm(file, { force: true })
    const took = await time(async () => {
      const made = await addMade(db.jobs, {
        return: 'cin-census',
        collection: collection.name,
        asReported: false,
      })
      outcome = await makeReturn(db.jobs, made, { sink: (piece) => appendFile(file, piece) })
    })
    if (turn > 0) whole.push(took)
  }
  const { size } = await stat(file)
  await rm(file)

  const reads: number[] = []
  const run = await openRun(db.jobs, { purpose: 'bench of the census', population: 'invented children' })
  for (let turn = 0; turn <= turns; turn++) {
    const took = await time(() =>
      inRun(
        db.jobs,
        run,
        async (trx) => {
          for await (const batch of readChildren(trx, collection)) batch.length
        },
        { readOnly: true },
      ),
    )
    if (turn > 0) reads.push(took)
  }
  await endRun(db.jobs, run)

  // Beside it: what the database alone takes to touch the rows that are told.
  const plain: number[] = []
  for (let turn = 0; turn <= turns; turn++) {
    const took = await time(() =>
      sql`select sum(hashtext(r::text)) from record.referral r union all select sum(hashtext(a::text)) from record.assessment a
          union all select sum(hashtext(s::text)) from record.section_47 s union all select sum(hashtext(p::text)) from record.child_protection_plan p
          union all select sum(hashtext(v::text)) from record.child_protection_review v union all select sum(hashtext(i::text)) from record.person_identifier i
          union all select sum(hashtext(f::text)) from record.assessment_factor f`.execute(db.owner),
    )
    if (turn > 0) plain.push(took)
  }

  const times = spread(whole)
  await report('census', [
    {
      what: `a census of ${outcome!.children} children made, checked against its schema, kept and written`,
      bound: {
        words: `${children} children under 5 s`,
        held: times.p99 < 5000 && outcome!.children >= children,
      },
      figures: {
        milliseconds: times,
        children: outcome!.children,
        fileMiB: Math.round((size / 2 ** 20) * 10) / 10,
        departures: outcome!.departures.length,
      },
    },
    { what: 'of which reading from the dataset’s views', figures: { milliseconds: spread(reads) } },
    {
      what: 'beside it: every told row turned to text and summed, once',
      figures: { milliseconds: spread(plain) },
    },
  ])
} finally {
  await db.stop()
}
