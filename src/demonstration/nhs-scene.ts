import { sql } from 'kysely'
import { addTrace } from '../sharing/cp-is/record-store.ts'
import { addDays } from '../web/words.ts'
import type { Scene } from './scenes.ts'

/** Of so many numbers one has not been checked yet, so that there is something to mend. */
const oneIn = 20

/**
 * The NHS numbers of children with a plan or in care were traced in one batch; some are still to be checked, and some are
 * missing. What the NHS is told then goes by itself, as soon as the stand-in answers.
 */
export const nhsScene: Scene = {
  name: 'nhs-numbers-traced',
  async play({ today, write }) {
    await write(async (trx) => {
      const { rows } = await sql<{ person: string; number: string }>`
        select i.person_id as person, i.value as number from person_identifier i
         where i.kind = 'nhs-number' and i.to_day is null and i.person_id = any (cpis.to_compare(null, 5000)) order by i.value`.execute(
        trx,
      )
      for (const [n, { person, number }] of rows.entries()) {
        if (n % oneIn === oneIn - 1) continue
        await addTrace(trx, person, { number, status: 'verified', method: 'batch', on: addDays(today, -40) })
      }
    })
  },
}
