import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { signedIn } from '../testing/signed-in.ts'
import { folderWitness } from './folder-witness.ts'
import { handOver } from './hand-over.ts'
import { sealTrail } from './seal.ts'
import { verifyAndKeep } from './tasks.ts'
import { Tree } from './tree.ts'
import { type Verification, verifyTrail } from './verify.ts'
import { NotAnExtension, NoWitness } from './witness.ts'
import { ruleWords } from './words.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let db: TestDatabase
let folder: string
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())
// A trail and a witness of its own for each test, in one database.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-witness-'))
  await sql`truncate audit.trail, audit.unsealed, audit.leaf, audit.seal, audit.verification`.execute(
    db.owner,
  )
  await sql`update audit.identity set id = gen_random_uuid()`.execute(db.owner)
  await sql`select audit.make_months()`.execute(db.owner)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Lines as the deciding functions write them. */
async function write(count: number, subject: string | null = null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select audit.write(jsonb_build_object('action', 'view', 'purpose', 'case management', 'outcome', 'allowed', 'n', n,
             'subject', ${subject}::uuid)) as id
      from generate_series(1, ${count}) n`.execute(db.owner)
  return rows.map(({ id }) => id)
}

const seal = (atOnce?: number) => sealTrail(db.jobs, key, atOnce ? { atOnce } : {})
const witness = () => folderWitness(folder)
const handOverNow = () => handOver(db.jobs, witness(), key)
const verify = (options = {}): Promise<Verification> => verifyTrail(db.jobs, witness(), options)
const kindsOf = ({ findings }: Verification) => findings.map(({ kind, id }) => [kind, id])

/** Lines sealed and witnessed, and some after. */
async function aTrail(count = 12): Promise<string[]> {
  const ids = await write(count)
  await seal()
  await handOverNow()
  return ids
}

const ownerDoes = (change: string, values: unknown[] = []) =>
  db.owner.executeQuery(CompiledQuery.raw(change, values))

/** What nobody but the database's owner can do: with the triggers off. */
async function tamper(change: string, id?: string): Promise<void> {
  const part = `audit.trail_${new Date().toISOString().slice(0, 7).replace('-', '_')}`
  await ownerDoes(`alter table ${part} disable trigger append_only`)
  await ownerDoes(change, id ? [id] : [])
  await ownerDoes(`alter table ${part} enable trigger append_only`)
}

/** The owner, with the signing key, makes all leaves and seals anew from what the lines now say. */
async function rewriteProof(): Promise<void> {
  await ownerDoes('truncate audit.leaf, audit.seal, audit.unsealed')
  await ownerDoes('insert into audit.unsealed select id, at from audit.trail')
  await sealTrail(db.owner, key)
}

describe('sealing', () => {
  test('gives every committed line a place, once, and signs a root of them all', async () => {
    const ids = await write(25)
    expect(await seal(10)).toBeGreaterThanOrEqual(25)
    expect(await seal()).toBe(0)
    const { rows } = await sql<{ index: number; line_id: string; hash: Buffer }>`
      select index, line_id, hash from audit.leaf order by index`.execute(db.jobs)
    expect(rows.map(({ index }) => index)).toEqual(rows.map((_, n) => n))
    expect(rows.map(({ line_id }) => line_id)).toEqual(expect.arrayContaining(ids))
    const tree = new Tree()
    for (const { hash } of rows) tree.add(hash)
    const seals = await sql<{ root: Buffer }>`select root from audit.seal order by size desc limit 1`.execute(
      db.jobs,
    )
    expect(seals.rows[0]!.root).toEqual(tree.root())
  })

  test('never sees a line of an aborted transaction', async () => {
    await seal()
    await db.owner
      .transaction()
      .execute(async (trx) => {
        await sql`select audit.write('{"action": "view"}')`.execute(trx)
        throw new Error('taken back')
      })
      .catch(() => undefined)
    expect(await seal()).toBe(0)
  })

  test('a line that a long transaction commits late is sealed later and not lost', async () => {
    let commit = () => {}
    let written = (_: string) => {}
    const line = new Promise<string>((done) => {
      written = done
    })
    const long = db.owner.transaction().execute(async (trx) => {
      const { rows } = await sql<{ id: string }>`select audit.write('{"action": "view"}') as id`.execute(trx)
      written(rows[0]!.id)
      await new Promise<void>((done) => {
        commit = done
      })
    })
    const late = await line
    const others = await write(5)
    await seal()
    await handOverNow()
    const places = async () =>
      (
        await sql<{ line_id: string }>`select line_id from audit.leaf order by index`.execute(db.jobs)
      ).rows.map(({ line_id }) => line_id)
    expect(await places()).toEqual(expect.arrayContaining(others))
    expect(await places()).not.toContain(late)
    commit()
    await long
    expect(await seal()).toBe(1)
    await handOverNow()
    expect((await places()).at(-1)).toBe(late)
    expect(await verify()).toMatchObject({ proved: true })
  })

  test('several who seal at once give each line one place', async () => {
    await write(60)
    await Promise.all([seal(7), seal(7), seal(7), write(20).then(() => seal(7))])
    await seal()
    const { rows } = await sql<{ lines: number; leaves: number; last: number; waiting: number }>`
      select (select count(*) from audit.trail) as lines, count(*) as leaves, max(index) + 1 as last,
             (select count(*) from audit.unsealed) as waiting from audit.leaf`.execute(db.jobs)
    expect(rows[0]).toEqual({
      lines: rows[0]!.lines,
      leaves: rows[0]!.lines,
      last: rows[0]!.lines,
      waiting: 0,
    })
    await handOverNow()
    expect(await verify()).toMatchObject({ proved: true })
  })

  test('killed between taking leaves and adding the seal, nothing is lost', async () => {
    await seal()
    const ids = await write(4)
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db.owner)
    expect(rows).toHaveLength(1)
    await db.jobs
      .transaction()
      .execute(async (trx) => {
        const { rows: taken } = await sql`select * from audit.take_leaves(100)`.execute(trx)
        expect(taken).toHaveLength(4)
        const { rows: mine } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx)
        await terminate(mine[0]!.pid)
        await sql`select 1`.execute(trx)
      })
      .then(
        () => expect.unreachable(),
        () => undefined,
      )
    expect(await seal()).toBe(4)
    await handOverNow()
    expect(await verify()).toMatchObject({ proved: true, findings: [] })
    expect(ids).toHaveLength(4)
  })

  test('goes on from leaves that were committed without a seal', async () => {
    await write(3)
    await sql`select audit.take_leaves(100)`.execute(db.jobs)
    await write(2)
    await seal()
    await handOverNow()
    expect(await verify()).toMatchObject({ proved: true, unsealed: { count: 0 } })
  })
})

/** Ends a connection as a crash of its process would. */
async function terminate(pid: number): Promise<void> {
  const pg = await import('pg')
  const client = new pg.default.Client(db.superuserUrl)
  await client.connect()
  await client.query('select pg_terminate_backend($1, 5000)', [pid]).finally(() => client.end())
}

describe('the trail itself', () => {
  const attempts: [string, string][] = [
    ['write', `insert into audit.trail (payload) values ('{"action": "view"}')`],
    ['change', `update audit.trail set payload = '{}'`],
    ['delete', 'delete from audit.trail'],
    ['empty', 'truncate audit.trail'],
    ['call what writes', `select audit.write('{"action": "view"}')`],
    ['erase', `select audit.erase('{}', 'no reason', null)`],
    ['unqueue a line', 'delete from audit.unsealed'],
    ['seal', `select audit.add_seal(1, '\\x00', '{}', 'x')`],
    ['change a seal', `update audit.seal set note = 'x'`],
    ['report a verification', `select audit.add_verification('proved', 'all is well')`],
    ['reach a month past the policies', 'select * from audit.trail_2026_11'],
  ]
  test.each(attempts)('the application cannot %s', async (_, statement) => {
    await expect(sql.raw(statement).execute(db.app)).rejects.toMatchObject({ code: '42501' })
  })

  test.each(['insert', 'update', 'delete', 'truncate'])(
    'background work has no right to %s lines or leaves',
    async (right) => {
      const { rows } = await sql<{ may: boolean }>`
      select bool_or(has_table_privilege(c.oid, ${right})) as may
        from pg_class c where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p')`.execute(
        db.jobs,
      )
      expect(rows[0]!.may).toBe(false)
    },
  )

  test('even its owner’s plain update or delete is refused', async () => {
    await write(1)
    await expect(sql`update audit.trail set payload = '{}'`.execute(db.owner)).rejects.toMatchObject({
      code: 'CA009',
    })
    await expect(sql`delete from audit.trail`.execute(db.owner)).rejects.toMatchObject({ code: 'CA009' })
  })

  test('has a part for next month, and makes those that are missing', async () => {
    const line = { at: new Date(Date.now() + 32 * 86_400_000) }
    await sql`insert into audit.trail (at, payload) values (${line.at}, '{"action": "view"}')`.execute(
      db.owner,
    )
    const last = await sql<{ part: string }>`
      select max(inhrelid::regclass::text) as part from pg_inherits where inhparent = 'audit.trail'::regclass`.execute(
      db.owner,
    )
    await sql.raw(`drop table ${last.rows[0]!.part}`).execute(db.owner)
    const made = await sql<{ made: number }>`select audit.make_months() as made`.execute(db.jobs)
    expect(made.rows[0]!.made).toBe(1)
    const again = await sql<{ made: number }>`select audit.make_months() as made`.execute(db.jobs)
    expect(again.rows[0]!.made).toBe(0)
  })

  test('without this month’s part nothing opens', async () => {
    const session = await signedIn(db, { roles: ['A-EDT'] })
    const { rows } = await sql<{
      part: string
    }>`select 'audit.trail_' || to_char(now() at time zone 'UTC', 'YYYY_MM') as part`.execute(db.owner)
    await sql.raw(`drop table ${rows[0]!.part}`).execute(db.owner)
    const opening = sql`select * from access.open_record(${session.secret}, gen_random_uuid(), 'case management')`
    await expect(opening.execute(db.app)).rejects.toMatchObject({ code: '23514' })
    const search = sql`select * from access.open_list(${session.secret}, 'search', 'case management')`
    await expect(search.execute(db.app)).rejects.toMatchObject({ code: '23514' })
    const left = await sql<{ count: number }>`select count(*) as count from access.opening`.execute(db.owner)
    expect(left.rows[0]!.count).toBe(0)
  })
})

describe('erasing under the retention schedule', () => {
  test('takes salt and payload, and the trail still proves; only sealed lines, and the line that says so stays', async () => {
    const ids = await aTrail()
    const waiting = await write(1)
    const erase = (lines: string[]) =>
      sql<{ count: number }>`select audit.erase(${lines}::uuid[], 'R-AUDIT', null) as count`.execute(db.jobs)
    await expect(erase(waiting)).rejects.toThrow('Only a sealed line')
    expect((await erase(ids.slice(2, 5))).rows[0]!.count).toBe(3)
    const { rows } = await sql<{ payload: unknown; salt: unknown; subject: unknown }>`
      select payload, salt, subject from audit.trail where id = ${ids[2]!}`.execute(db.owner)
    expect(rows[0]).toEqual({ payload: null, salt: null, subject: null })
    expect(await verify()).toMatchObject({ proved: true, erased: 3 })
    await seal()
    await handOverNow()
    const said = await sql<{
      id: string
    }>`select id from audit.trail where payload ->> 'action' = 'erase'`.execute(db.owner)
    expect((await erase([said.rows[0]!.id])).rows[0]!.count).toBe(0)
    expect(await verify()).toMatchObject({ proved: true, erased: 3 })
  })

  test('what the owner emptied without a line that says so is named', async () => {
    const ids = await aTrail()
    await tamper('update audit.trail set payload = null, salt = null where id = $1', ids[3])
    expect(kindsOf(await verify())).toEqual([['emptied', ids[3]]])
  })
})

describe('T3: verifying against the witness', () => {
  test('an untouched trail is proved, with what is not yet sealed or witnessed said', async () => {
    await aTrail()
    await write(2)
    await seal()
    await write(3)
    const heard: number[] = []
    const found = await verify({ progress: (done: number) => heard.push(done) })
    expect(found).toMatchObject({
      proved: true,
      findings: [],
      sealedSince: 2,
      unsealed: { count: 3 },
      erased: 0,
    })
    expect(found.witnessed!.size).toBe(found.lines)
    expect(heard.at(-1)).toBe(found.lines)
  })

  test('the leaf of a line is hashed alike by the database, the verifier and this test', async () => {
    const [id] = await aTrail(1)
    const { createHash } = await import('node:crypto')
    const { rows } = await sql<{ salt: Buffer; at: string; payload: string; hash: Buffer }>`
      select t.salt, (extract(epoch from t.at) * 1000000)::bigint::text as at, t.payload::text as payload, l.hash
        from audit.trail t join audit.leaf l on l.line_id = t.id where t.id = ${id!}`.execute(db.owner)
    const { salt, at, payload, hash } = rows[0]!
    const moment = Buffer.alloc(8)
    moment.writeBigInt64BE(BigInt(at))
    const leaf = createHash('sha256')
    for (const part of [
      Buffer.of(0),
      salt,
      Buffer.from(id!.replaceAll('-', ''), 'hex'),
      moment,
      Buffer.from(payload),
    ])
      leaf.update(part)
    expect(leaf.digest()).toEqual(hash)
  })

  // Every way the owner can touch a witnessed line, with and without making the whole proof anew with the signing key.
  const touched: [string, string, string][] = [
    [
      'a word of a line changed',
      `update audit.trail set payload = jsonb_set(payload, '{purpose}', '"idle curiosity"') where id = $1`,
      'changed',
    ],
    [
      'who it was changed',
      `update audit.trail set payload = payload || '{"actor": "00000000-0000-4000-8000-00000000000a"}' where id = $1`,
      'changed',
    ],
    [
      'a bit of the salt changed',
      `update audit.trail set salt = set_bit(salt, 5, 1 - get_bit(salt, 5)) where id = $1`,
      'changed',
    ],
    [
      'the time changed by a microsecond',
      `update audit.trail set at = at + interval '1 microsecond' where id = $1`,
      'changed',
    ],
    ['a line removed', `delete from audit.trail where id = $1`, 'removed'],
  ]
  test.each(touched)('%s is named', async (_, change, kind) => {
    const ids = await aTrail()
    await tamper(change, ids[4])
    expect(kindsOf(await verify())).toEqual([[kind, ids[4]]])
  })

  test.each(touched)(
    '%s, and everything after made anew by the owner with the key, is named',
    async (_, change, kind) => {
      const ids = await aTrail()
      await tamper(change, ids[4])
      await rewriteProof()
      await write(2)
      await seal()
      expect(kindsOf(await verify())).toEqual([[kind, ids[4]]])
      await expect(handOverNow()).rejects.toThrow(NotAnExtension)
    },
  )

  const insertion = `insert into audit.trail (id, at, payload)
    select '019aaaaa-0000-7000-8000-000000000001', at + interval '1 microsecond', '{"action": "view", "outcome": "refused"}' from audit.trail where id = $1`

  test('a line put in is named, also when the proof was made anew', async () => {
    const ids = await aTrail()
    await tamper(insertion, ids[4])
    const expected = [['inserted', '019aaaaa-0000-7000-8000-000000000001']]
    expect(kindsOf(await verify())).toEqual(expected)
    await rewriteProof()
    const found = await verify()
    expect(kindsOf(found)).toEqual(expected)
    expect(found.findings[0]!.place).toBeTypeOf('number')
  })

  test('leaves changed under lines that were not, and seals, are named', async () => {
    const ids = await aTrail()
    await tamper(`update audit.leaf set hash = sha256(hash) where line_id = $1`, ids[4])
    expect((await verify()).findings.map(({ kind }) => kind)).toEqual(['leaf', 'root'])
    await tamper('delete from audit.leaf where line_id = $1', ids[4])
    expect((await verify()).findings.map(({ kind, id }) => [kind, id])[0]).toEqual(['leaf', ids[4]])
  })

  test('lines that waited for a seal and are gone are named', async () => {
    await aTrail()
    const [lost] = await write(1)
    await tamper('delete from audit.trail where id = $1', lost)
    expect(kindsOf(await verify())).toEqual([['removed', lost]])
  })

  test('what was sealed since the last witnessed root is held against the signed root', async () => {
    await aTrail()
    const [id] = await write(2)
    await seal()
    await tamper(`update audit.trail set payload = '{}' where id = $1`, id)
    expect(kindsOf(await verify())).toEqual([['changed', id]])
  })

  test('a root signed by a key that the witness does not know is a finding', async () => {
    await aTrail()
    await write(1)
    const { privateKey: other } = generateKeyPairSync('ed25519')
    await sealTrail(db.jobs, other)
    expect((await verify()).findings).toMatchObject([{ kind: 'root' }])
  })

  test('lines that wait too long, for a seal or for the witness, are a finding', async () => {
    await aTrail()
    const later = () => new Date(Date.now() + 31 * 60_000)
    expect(await verify({ now: later })).toMatchObject({ proved: true })
    await write(1)
    expect((await verify({ now: later })).findings).toEqual([{ kind: 'unsealed' }])
    await seal()
    expect((await verify({ now: later })).findings).toEqual([{ kind: 'unwitnessed' }])
  })
})

describe('the witness', () => {
  const files = async () => {
    const [trail] = await readdir(folder)
    return { place: join(folder, trail!), names: (await readdir(join(folder, trail!))).sort() }
  }

  test('keeps a file for each root and its lines, and nothing that a line says', async () => {
    await aTrail(3)
    await write(2, '00000000-0000-4000-8000-00000000000b')
    await seal()
    await handOverNow()
    await handOverNow()
    const { place, names } = await files()
    expect(names.filter((name) => name.endsWith('.root'))).toHaveLength(2)
    expect(names.filter((name) => name.startsWith('.'))).toEqual([])
    for (const name of names.filter((each) => each !== 'keys')) {
      expect(await readFile(join(place, name), 'latin1')).not.toMatch(/case management|view|000000000b/)
    }
  })

  test('takes a new key with the next root, and keeps the old', async () => {
    await aTrail()
    const { privateKey: next } = generateKeyPairSync('ed25519')
    await write(1)
    await seal()
    await handOver(db.jobs, witness(), next)
    await write(1)
    await sealTrail(db.jobs, next)
    await handOver(db.jobs, witness(), next)
    expect(await verify()).toMatchObject({ proved: true, findings: [] })
    expect((await readdir(join((await files()).place, 'keys'))).length).toBe(2)
  })

  test('begins another trail for a database that was restored', async () => {
    await aTrail()
    await sql`update audit.identity set id = gen_random_uuid()`.execute(db.owner)
    await expect(verify()).rejects.toThrow(NoWitness)
    await handOverNow()
    expect((await readdir(folder)).length).toBe(2)
    expect(await verify()).toMatchObject({ witnessed: { size: 12 }, lines: 12 })
  })

  test('refuses a trail whose past was made anew, or is shorter', async () => {
    await aTrail()
    await tamper('truncate audit.seal, audit.leaf')
    await expect(handOverNow()).rejects.toThrow(NotAnExtension)
    await write(40)
    await seal()
    await expect(handOverNow()).rejects.toThrow(NotAnExtension)
  })

  test('that holds no root of this trail proves nothing', async () => {
    await write(1)
    await seal()
    await expect(verify()).rejects.toThrow(NoWitness)
  })

  test('that was itself changed says so', async () => {
    await aTrail()
    const { place, names } = await files()
    const lines = join(place, names.find((name) => name.endsWith('.lines'))!)
    const bytes = await readFile(lines)
    bytes[40]! ^= 1
    await rm(lines)
    await writeFile(lines, bytes)
    expect((await verify()).findings.map(({ kind }) => kind)).toEqual(['changed', 'root'])
  })
})

test('every rule that opens a record is said of somebody else in words', async () => {
  const { rows } = await sql<{ code: string }>`select code from access.rule`.execute(db.app)
  expect(rows.map(({ code }) => code).filter((code) => ruleWords(code) === code)).toEqual([])
})

describe('the nightly verification', () => {
  test('keeps what it found, and puts what was not proved before the protection officer', async () => {
    const officer = await signedIn(db, { roles: ['A-DPO'] })
    const ids = await aTrail()
    expect(await verifyAndKeep(db.jobs, { witnessFolder: folder })).toBe(true)
    await tamper('delete from audit.trail where id = $1', ids[1])
    expect(await verifyAndKeep(db.jobs, { witnessFolder: folder })).toBe(false)
    expect(await verifyAndKeep(db.jobs, { witnessFolder: join(folder, 'nowhere', 'here') })).toBe(false)
    expect(await verifyAndKeep(db.jobs, { witnessFolder: undefined })).toBe(false)
    const { rows } = await sql<{
      outcome: string
    }>`select outcome from audit.verification order by at`.execute(db.app)
    expect(rows.map(({ outcome }) => outcome)).toEqual(['proved', 'findings', 'could not', 'could not'])
    const told = await sql<{ kind: string }>`select kind from access.my_notices(${officer.secret})`.execute(
      db.app,
    )
    expect(told.rows.map(({ kind }) => kind)).toEqual(Array(3).fill('trail-not-proved'))
  })
})
