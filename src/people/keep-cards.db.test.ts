import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { aChild, anEpisodeOfNeed } from '../testing/factories.ts'
import { keepCards } from './keep-cards.ts'

test('a card that the day has made wrong is right again in the morning', async () => {
  const db = await testDatabase()
  try {
    const child = await aChild(db.owner)
    await anEpisodeOfNeed(db.owner, child)
    // As if the case had been closed with a date that has come.
    await sql`alter table record.referral disable trigger user`.execute(db.owner)
    await sql`update record.referral set close_date = current_date`.execute(db.owner)
    await sql`alter table record.referral enable trigger user`.execute(db.owner)
    const badges = async () =>
      (
        await sql<{
          badges: string[]
        }>`select badges from record.index_card where person_id = ${child}`.execute(db.owner)
      ).rows[0]!.badges
    expect(await badges()).toEqual(['child-in-need'])
    const log = { info: () => undefined, error: () => undefined }
    await keepCards.run(undefined, { db: db.jobs, read: db.jobs, log, signal: undefined })
    expect(await badges()).toEqual([])
  } finally {
    await db.close()
  }
})

test('a change that takes no name from anybody looks at none of the words of names', async () => {
  const db = await testDatabase()
  try {
    const child = await aChild(db.owner, { name: 'Anna Bell' })
    await db.owner.transaction().execute(async (trx) => {
      const looks = async () =>
        (
          await sql<{ looks: number }>`
            select seq_scan + coalesce(idx_scan, 0) as looks from pg_stat_xact_user_tables
             where relid = 'foundation.name_word'::regclass`.execute(trx)
        ).rows[0]!.looks
      const before = await looks()
      await sql`update record.person set sex = 'M' where id = ${child}`.execute(trx)
      const after = await looks()
      await sql`update record.person_name set full_name = 'Anna Bello' where person_id = ${child}`.execute(
        trx,
      )
      // The words of the name as it is are looked up, to learn what is new; none is looked for to be forgotten.
      expect(after - before).toBeLessThanOrEqual(2)
      const { rows } = await sql<{
        word: string
      }>`select word from foundation.name_word order by word`.execute(trx)
      expect(rows.map(({ word }) => word)).toEqual(['anna', 'bello'])
    })
  } finally {
    await db.close()
  }
})
