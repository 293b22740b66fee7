import { runMigrations } from 'graphile-worker'
import { sql } from 'kysely'
import { type Connection, openPool } from './connection.ts'
import { livingTable } from './queue-living.ts'
import { quietLogger } from './queue-logger.ts'

/** The schema the queue lives in; it belongs to the role for background work. */
export const queueSchema = 'jobs'

/**
 * Brings the queue's tables to this version, as the role they belong to, and gives the pages their one way in,
 * `jobs.enqueue(task, id)`, and one look at it, `jobs.state()`. A job carries an id and nothing else; asked for again before it began, it stays one job.
 */
export async function migrateQueue(jobsUrl: string): Promise<void> {
  const pool = openPool({ url: jobsUrl, name: 'cairn migrate', most: 1 })
  try {
    // graphile-worker would make its schema, for which its role has no right and needs none: it begins with this table.
    await pool.query(`
      create table if not exists jobs.migrations (
        id int primary key, ts timestamptz not null default now(), breaking boolean not null default false)`)
    await runMigrations({ pgPool: pool, schema: queueSchema, logger: quietLogger })
    await pool.query(livingTable)
    await pool.query(openings)
  } finally {
    await pool.end()
  }
}

const openings = `
  create or replace function jobs.enqueue(task text, id uuid, run_at timestamptz default null) returns void
    language sql security definer
    set search_path = pg_catalog, pg_temp
    as $body$
      select jobs.add_job(identifier => $1, payload => json_build_object('id', $2), run_at => $3, job_key => $1 || ':' || $2::text);
    $body$;
  create or replace function jobs.state(out waiting bigint, out failed bigint)
    language sql security definer
    set search_path = pg_catalog, pg_temp
    as $body$
      select count(*) filter (where attempts < max_attempts), count(*) filter (where attempts >= max_attempts)
        from jobs._private_jobs;
    $body$;
  revoke execute on all routines in schema jobs from public;
  do $$
  begin
    execute format('grant execute on function jobs.enqueue(text, uuid, timestamptz), jobs.state() to %I',
                   foundation.role_name('app'));
    -- For triggers on what functions with their owner's rights write.
    execute format('grant usage on schema jobs to %I', foundation.role_name('owner'));
    execute format('grant execute on function jobs.enqueue(text, uuid, timestamptz) to %I', foundation.role_name('owner'));
  end $$;`

/** How much waits, and how much has been given up, as the pages' role may ask. */
export async function queueState(db: Connection): Promise<{ waiting: number; failed: number }> {
  const { rows } = await sql<{ waiting: number; failed: number }>`select * from jobs.state()`.execute(db)
  return rows[0]!
}
