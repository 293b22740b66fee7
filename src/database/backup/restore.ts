import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { CannotStart } from '../cannot-start.ts'
import type { OwnAddresses } from '../own-database.ts'
import { withSingleConnection } from '../single-connection.ts'
import { type PartitionOf, readCatalogue, tablesToEmpty } from './catalogue.ts'
import { unseal } from './sealed-file.ts'
import { Sections } from './sections.ts'
import { type Header, layout } from './write.ts'

/**
 * Fills a new, migrated database with a backup, all or nothing.
 * @param addresses of the database, as its owner and as the role for background work
 * @returns when the backup was made and how many tables it held
 * @throws CannotStart when key, file, version or database do not fit; nothing is changed then
 */
export async function restoreBackup(
  addresses: OwnAddresses,
  file: string,
  keyFile: string,
): Promise<{ made: string; tables: number }> {
  const sections = new Sections(await unseal(file, keyFile))
  const header = readHeader(await sections.line().catch(() => undefined), file)
  await withSingleConnection(
    { connectionString: addresses.owner, application_name: 'cairn restore' },
    async (owner) => {
      await owner.query('begin')
      await checkFits(owner, header, file)
      await fill(owner, header, sections).catch((error: unknown) => {
        if (error instanceof pg.DatabaseError) throw error
        throw new CannotStart(`${file} was cut short or changed. Nothing was restored.`)
      })
      await owner.query('commit')
    },
  )
  await askAgain(addresses.jobs, header)
  return { made: header.made, tables: header.tables.length }
}

function readHeader(line: string | undefined, file: string): Header {
  try {
    const header = JSON.parse(line ?? '') as Header
    if (header.layout === layout) return header
  } catch {
    throw new CannotStart(`${file} was cut short or changed. Nothing was restored.`)
  }
  throw new CannotStart(
    `${file} is laid out as another Cairn does it. Restore it with the Cairn that made it.`,
  )
}

async function checkFits(owner: pg.Client, header: Header, file: string): Promise<void> {
  const { migrations } = await readCatalogue(owner)
  if (migrations.join() !== header.migrations.join()) {
    throw new CannotStart(
      `${file} was made by Cairn ${header.version} at ${header.migrations.at(-1)}, and this database is at ${migrations.at(-1) ?? 'nothing'}. Restore it with the Cairn that made it; migrate afterwards.`,
    )
  }
  const { rows } = await owner.query<{ used: boolean }>(
    'select exists (select from record.person) or exists (select from access.account) or exists (select from audit.trail) as used',
  )
  if (rows[0]!.used) {
    throw new CannotStart(
      'This database is in use already. A backup goes into a new one: another CAIRN_DATA, or a database just provisioned and migrated.',
    )
  }
}

async function fill(owner: pg.Client, header: Header, sections: Sections): Promise<void> {
  await owner.query(`set local timezone = 'UTC'`)
  await owner.query(`truncate ${(await tablesToEmpty(owner)).join(', ')}`)
  await makePartitions(owner, header.partitions)
  const addLinks = await dropLinks(owner)
  for (const { name, columns } of header.tables) {
    // What triggers made is in the backup itself: history, cards, events.
    await owner.query(`alter table ${name} disable trigger user`)
    const into = owner.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`))
    await pipeline(Readable.from(sections.section()), into)
    await owner.query(`alter table ${name} enable trigger user`)
  }
  if ((await sections.line()) !== 'complete') throw new Error('The end is missing')
  for (const { name, last, called } of header.sequences) {
    await owner.query('select setval($1, $2, $3)', [name, last, called])
  }
  for (const link of addLinks) await owner.query(link)
}

/** Months of the trail from before this database was made. */
async function makePartitions(owner: pg.Client, partitions: readonly PartitionOf[]): Promise<void> {
  for (const { name, parent, bound, triggers } of partitions) {
    const { rows } = await owner.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      name,
    ])
    if (rows[0]!.there) continue
    await owner.query(`create table ${name} partition of ${parent} ${bound}`)
    for (const trigger of triggers) await owner.query(trigger)
  }
}

/**
 * Takes the links between tables away while they are filled, so that their order does not matter.
 * @returns the statements that make them, and so check every row
 */
async function dropLinks(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ drop: string; add: string }>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
      from pg_constraint
     where contype = 'f' and conparentid = 0
       and (select pg_get_userbyid(relowner) from pg_class where oid = conrelid) = current_user`)
  for (const { drop } of rows) await owner.query(drop)
  return rows.map(({ add }) => add)
}

async function askAgain(jobsUrl: string, { jobs }: Header): Promise<void> {
  await withSingleConnection(
    { connectionString: jobsUrl, application_name: 'cairn restore' },
    async (client) => {
      for (const { task, id, runAt } of jobs) {
        await client.query('select jobs.enqueue($1, $2::uuid, $3::timestamptz)', [task, id, runAt])
      }
    },
  )
}
