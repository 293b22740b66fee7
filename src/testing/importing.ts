import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { sql } from 'kysely'
import type { Source } from '../importing/model.ts'
import { type Account, runImport, type Wishes } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import type { TestDatabase } from './database.ts'

const samples = resolve(import.meta.dirname, '../../samples')

/** Cairn's own small returns of invented children. */
export const own = {
  census: join(samples, 'cin-census/fellshire-2024-25.xml'),
  care: join(samples, 'ssda903/fellshire-2024-25'),
  people: join(samples, 'people/fellshire.csv'),
}

/** Imports files as the command line does. */
export async function bring(
  db: TestDatabase,
  source: Source,
  paths: string | readonly string[],
  { year = '', ...wishes }: Wishes & { year?: string } = {},
): Promise<Account> {
  const files = [paths].flat()
  const run = await addRun(db.jobs, { source, period: year, files: files.map((path) => basename(path)) })
  return runImport(db.jobs, run, files, wishes)
}

/** Copies of sample files with something changed, in a folder that is removed at the end. */
export class Altered {
  readonly folder = mkdtempSync(join(tmpdir(), 'cairn-altered-'))

  /** A copy of a file. @param change what to make of its text */
  file(path: string, change: (text: string) => string): string {
    const to = join(this.folder, basename(path))
    writeFileSync(to, change(readFileSync(path, 'utf8')))
    return to
  }

  /** A copy of a folder of files. @param change by file's name */
  files(path: string, change: Record<string, (text: string) => string>): string {
    for (const name of readdirSync(path)) this.file(join(path, name), change[name] ?? ((text) => text))
    return this.folder
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Rows of each table of the record and of importing, as the owner sees them; tables without rows are left out. */
export async function countRows(db: TestDatabase): Promise<Record<string, number>> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname in ('record', 'history') or schemaname = 'importing' and tablename <> 'run' order by 1`.execute(
    db.owner,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.raw(name)}`.execute(db.owner)
    if (rows[0]!.n > 0) counts[name.replace(/^record\./, '')] = rows[0]!.n
  }
  return counts
}
