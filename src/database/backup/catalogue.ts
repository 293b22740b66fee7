import type pg from 'pg'

/**
 * Left out of a backup. What lets somebody in, or lets a record be read, must not come back to life with it; the trail's
 * name is the new database's own, so that its witness sees two trails, not one that forgot.
 */
const leftOut = [
  'access.session',
  'access.opening',
  'access.run',
  'access.sign_in_attempt',
  'access.submission',
  'access.directory_token',
  'forms.draft_window',
  'audit.identity',
  'public.migration',
]

export interface TableOf {
  /** With its schema, quoted where that is needed. */
  name: string
  /** Quoted; those PostgreSQL computes are not among them. */
  columns: string[]
}

/** A month of the trail, or another partition: what makes it anew. */
export interface PartitionOf {
  name: string
  parent: string
  bound: string
  triggers: string[]
}

export interface SequenceOf {
  name: string
  last: string
  called: boolean
}

export interface Catalogue {
  /** The migrations that made it, in order: a backup goes only into a database made by the same. */
  migrations: string[]
  tables: TableOf[]
  partitions: PartitionOf[]
  sequences: SequenceOf[]
}

/**
 * What there is to back up: every table, partition and sequence of the owner's, in the transaction of `client`.
 * @param client connected as the owner
 */
export async function readCatalogue(client: pg.ClientBase): Promise<Catalogue> {
  const migrations = await client.query<{ name: string }>('select name from public.migration order by name')
  const tables = await client.query<TableOf>(tablesOfOwner, [leftOut])
  const partitions = await client.query<PartitionOf>(partitionsOfOwner)
  return {
    migrations: migrations.rows.map(({ name }) => name),
    tables: tables.rows,
    partitions: partitions.rows,
    sequences: await readSequences(client),
  }
}

/** The tables a restore empties first: those of the backup, and those it leaves out. */
export async function tablesToEmpty(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<TableOf>(tablesOfOwner, [['public.migration', 'audit.identity']])
  return rows.map(({ name }) => name)
}

const tablesOfOwner = `
  select format('%I.%I', n.nspname, c.relname) as name,
         array(select quote_ident(a.attname) from pg_attribute a
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
     and pg_get_userbyid(c.relowner) = current_user
     and format('%I.%I', n.nspname, c.relname) <> all ($1)
   order by 1`

const partitionsOfOwner = `
  select format('%I.%I', n.nspname, c.relname) as name, i.inhparent::regclass::text as parent,
         pg_get_expr(c.relpartbound, c.oid) as bound,
         array(select pg_get_triggerdef(t.oid) from pg_trigger t
                where t.tgrelid = c.oid and not t.tgisinternal and t.tgparentid = 0) as triggers
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
   where c.relispartition and c.relkind = 'r' and pg_get_userbyid(c.relowner) = current_user
   order by 1`

async function readSequences(client: pg.ClientBase): Promise<SequenceOf[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where sequenceowner = current_user order by 1`,
  )
  const sequences: SequenceOf[] = []
  for (const { name } of names) {
    const { rows } = await client.query<Omit<SequenceOf, 'name'>>(
      `select last_value::text as last, is_called as called from ${name}`,
    )
    sequences.push({ name, ...rows[0]! })
  }
  return sequences
}
