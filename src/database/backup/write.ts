import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { OwnAddresses } from '../own-database.ts'
import { queueSchema } from '../queue.ts'
import { withSingleConnection } from '../single-connection.ts'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { sealInto } from './sealed-file.ts'
import { sectionEnd } from './sections.ts'

/** Of the layout of a backup; another one is refused. */
export const layout = 1

/** Background work that waits: asked for again when restored. */
export interface WaitingJob {
  task: string
  id: string
  runAt: string
}

/** The first line of a backup. */
export interface Header extends Catalogue {
  layout: number
  version: string
  made: string
  jobs: WaitingJob[]
}

/**
 * Writes everything the authority's database holds into one file, as it stood at one moment. The service may run.
 * Openings and sessions are left out; documents and keys are files of their own (docs/operations.md).
 * @param addresses of the database, as its owner and as the role for background work
 * @param version of this Cairn, for whoever finds the file
 * @returns how many tables there are in the file
 * @throws CannotStart for what keeps the file from being written
 */
export async function writeBackup(
  addresses: OwnAddresses,
  file: string,
  keyFile: string,
  version: string,
): Promise<{ tables: number }> {
  return asOfOneMoment(addresses, async (owner, jobs) => {
    const header: Header = {
      layout,
      version,
      made: new Date().toISOString(),
      jobs,
      ...(await readCatalogue(owner)),
    }
    await sealInto(file, keyFile, contents(owner, header))
    return { tables: header.tables.length }
  })
}

async function* contents(owner: pg.Client, header: Header): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${JSON.stringify(header)}\n`)
  for (const { name, columns } of header.tables) {
    yield* owner.query(copyTo(`copy (select ${columns.join(', ')} from ${name}) to stdout`))
    yield Buffer.from(sectionEnd)
  }
  yield Buffer.from('complete\n')
}

/** Both roles see the database as of one moment; nothing is held up meanwhile. */
async function asOfOneMoment<T>(
  addresses: OwnAddresses,
  work: (owner: pg.Client, jobs: WaitingJob[]) => Promise<T>,
): Promise<T> {
  const begin = 'begin transaction isolation level repeatable read read only'
  return withSingleConnection(
    { connectionString: addresses.owner, application_name: 'cairn backup' },
    async (owner) => {
      await owner.query(begin)
      await owner.query(`set local timezone = 'UTC'`)
      const { rows } = await owner.query<{ moment: string }>('select pg_export_snapshot() as moment')
      const jobs = await withSingleConnection(
        { connectionString: addresses.jobs, application_name: 'cairn backup' },
        async (client) => {
          await client.query(begin)
          await client.query(`set transaction snapshot '${rows[0]!.moment}'`)
          const waiting = await client.query<WaitingJob>(waitingJobs)
          await client.query('commit')
          return waiting.rows
        },
      )
      const result = await work(owner, jobs)
      await owner.query('commit')
      return result
    },
  )
}

const waitingJobs = `
  select t.identifier as task, j.payload ->> 'id' as id, j.run_at::text as "runAt"
    from ${queueSchema}._private_jobs j join ${queueSchema}._private_tasks t on t.id = j.task_id
   where j.payload ->> 'id' is not null and j.attempts < j.max_attempts
   order by j.id`
