import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runner } from 'node-pg-migrate'
import type pg from 'pg'
import { writeClocks } from '../clocks/seed.ts'
import { writeHearers } from '../events/hearing.ts'
import { bringForms } from '../forms/seed.ts'
import { CannotStart, postgresDiskFull } from './cannot-start.ts'
import { withSingleConnection } from './single-connection.ts'

/** The folder of the numbered SQL files. */
export const migrationsFolder = fileURLToPath(new URL('migrations/', import.meta.url))

/** A migration that did not go through: file, line and what PostgreSQL said, without any row's content. */
export class MigrationFailed extends CannotStart {
  override name = 'MigrationFailed'
}

/**
 * Brings a database to this version: every numbered SQL file that has not run yet, in order, each in a transaction.
 * Another process doing the same is waited for.
 * @param ownerUrl the database as its owner
 * @param mayShowValues true in tests only, where rows are invented: errors may then repeat them
 * @returns the names of the files that ran
 * @throws MigrationFailed
 */
export async function migrate(ownerUrl: string, { mayShowValues = false } = {}): Promise<string[]> {
  let current: string | undefined
  const follow = (line: string) => {
    current = /### MIGRATION (\S+)/.exec(line)?.[1] ?? current
  }
  const run = async (client: pg.Client) => {
    const ran = await runner({
      dbClient: client,
      dir: migrationsFolder,
      ignorePattern: '(?!.*\\.sql$).*',
      direction: 'up',
      migrationsSchema: 'public',
      migrationsTable: 'migration',
      advisoryLockMode: 'wait',
      checkOrder: true,
      logger: { debug: () => {}, info: follow, warn: () => {}, error: () => {} },
    })
    await client.query('grant select on public.migration to public')
    current = undefined
    await writeClocks(client)
    await writeHearers(client)
    await bringForms(client)
    return ran.map(({ name }) => name)
  }
  try {
    return await withSingleConnection(
      { connectionString: ownerUrl, application_name: 'cairn migrate' },
      run,
      { mayShowValues },
    )
  } catch (error) {
    throw await explain(error, current, mayShowValues)
  }
}

/** The numbered files of this version, in order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(migrationsFolder))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => name.slice(0, -4))
}

async function explain(
  error: unknown,
  migration: string | undefined,
  mayShowValues: boolean,
): Promise<unknown> {
  const { code, position, message, detail, where } = error as pg.DatabaseError
  const outOfOrder = /Not run migration (\S+) is preceding already run migration (\S+)/.exec(message)
  if (outOfOrder) {
    return new MigrationFailed(
      `${outOfOrder[1]} has not run in this database, but the later ${outOfOrder[2]} has. A new migration takes the next free number; a development database is made anew by removing its folder.`,
    )
  }
  if (!code || !migration || code === postgresDiskFull) return error
  const file = join(migrationsFolder, `${migration}.sql`)
  const line = position ? lineAt(await readFile(file, 'utf8'), Number(position)) : undefined
  const place = `${relative(process.cwd(), file)}${line ? `, line ${line}` : ''}`
  // Only errors about the statement itself (syntax, names, rights, our own words) are sure to repeat no row.
  const words = mayShowValues
    ? [message, detail, where].filter(Boolean).join('\n')
    : /^(42|0A|2B|3D|3F|P0001|55)/.test(code)
      ? message
      : `PostgreSQL refused it with code ${code}`
  return new MigrationFailed(`${place}: ${words}`)
}

function lineAt(text: string, position: number): number {
  return [...text].slice(0, position - 1).filter((letter) => letter === '\n').length + 1
}
