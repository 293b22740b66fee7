import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteShown, openList, openRecord } from '../src/access/opening.ts'
import { folderWitness } from '../src/audit/folder-witness.ts'
import { handOver } from '../src/audit/hand-over.ts'
import { sealTrail } from '../src/audit/seal.ts'
import { verifyAndKeep } from '../src/audit/tasks.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily } from '../src/testing/factories.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import type { Session } from '../src/web/session.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectLooksRight } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

const { privateKey: key } = generateKeyPairSync('ed25519')
let db: TestDatabase
let browser: Browser
let service: Service
let folder: string
let child: string
let worker: Session
let officer: Session
let governance: Session

beforeAll(async () => {
  ;[db, browser, folder] = await Promise.all([
    testDatabase(),
    openBrowser(),
    mkdtemp(join(tmpdir(), 'cairn-witness-')),
  ])
  service = await startService({ ...housed(db), areas })
  worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  officer = await signedIn(db, { name: 'Morwenna Tate', roles: ['A-DPO'] })
  governance = await signedIn(db, { name: 'Idris Bell', roles: ['A-IG'] })
  const stranger = await signedIn(db, { name: 'Jo Adeyemi', roles: ['A-SW'] })
  const family = await aFamily(db.owner, { surname: 'Thwaite', children: 3 })
  child = family.children[0]!
  for (const one of family.children) await involve(db, one, { account: worker.account.id })
  const client = 'Firefox on Windows, 10.0.0.7'
  await openRecord(db.app, worker, child, { purpose: 'reading the record', client })
  await openRecord(db.app, worker, child, {
    purpose: 'reading the chronology',
    groups: ['F01', 'F09', 'F27'],
    client,
  })
  await openRecord(db.app, worker, child, {
    purpose: 'writing up a visit',
    action: 'write',
    groups: ['F25'],
    client,
  })
  await openRecord(db.app, stranger, child, { purpose: 'reading the record', client })
  await openList(db.app, worker, 'search', { purpose: 'looking for a person', asked: 'thwaite' })
  await noteShown(db.app, worker, 'search', family.children)
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

async function window(session: Session, options: { scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: session.secret, url: service.address }])
  return opened
}

const looked = () => `/children/${child}/who-has-looked`
const words = async (page: Page) => ((await page.textContent('main')) ?? '').replace(/\s+/g, ' ')

/** The log opens for a reason. */
async function giveReason(page: Page): Promise<void> {
  await page.goto(looked())
  await page.fill('#words', 'The mother asked who has read the record')
  await page.click('button:has-text("Open the record")')
  await page.waitForSelector('h1:has-text("Who has looked")')
}

describe('who has looked at a child’s record', () => {
  test('opens for a reason to those whose work it is, and says who, what, why and by which rule', async () => {
    for (const session of [governance, officer]) {
      const { page, context } = await window(session)
      await giveReason(page)
      const said = await words(page)
      expect(said).toContain('Sam Okoro')
      expect(said).toContain('writing up a visit')
      expect(said).toContain('the allocated worker')
      expect(said).toContain('Case notes')
      expect(said).toContain('Name shown in a list')
      expect(said).toMatch(/Jo Adeyemi.*Refused/)
      expect(said).toContain('The mother asked who has read the record')
      await context.close()
    }
  })

  test('a worker without that work does not see it, allocated or not', async () => {
    const { page, context } = await window(worker)
    const answer = await page.goto(looked())
    expect(answer!.status()).toBe(403)
    expect(await words(page)).not.toContain('Jo Adeyemi')
    await context.close()
  })

  test('filters by who, part, purpose, outcome and day, without scripts; a wrong date is said; nothing found says what to do', async () => {
    const { page, context } = await window(governance, { scripts: false })
    await giveReason(page)
    const rows = () => page.locator('main tbody tr').count()
    const all = await rows()
    await page.selectOption('select[name="outcome"]', 'refused')
    await page.click('.filter button')
    expect(await rows()).toBeLessThan(all)
    expect(await words(page)).toContain('Jo Adeyemi')
    await page.goto(`${looked()}?part=F28`)
    expect(await rows()).toBe(1)
    await page.goto(`${looked()}?who=${worker.account.id}&purpose=reading+the+chronology`)
    expect(await rows()).toBe(1)
    await page.goto(`${looked()}?from=31/31/2026`)
    expect(await words(page)).toContain('‘31/31/2026’ is no date')
    await page.goto(`${looked()}?to=1/1/2020`)
    expect(await words(page)).toContain('Nobody has in this way')
    await page.click('main >> text=Clear all filters >> nth=-1')
    expect(await rows()).toBeGreaterThanOrEqual(all)
    await context.close()
  })
})

describe('what a worker opened', () => {
  test('everyone sees their own, with the names of those they opened', async () => {
    const { page, context } = await window(worker)
    await page.goto('/trail/what-i-opened')
    const said = await words(page)
    expect(said).toContain('Thwaite')
    expect(said).toContain('writing up a visit')
    expect(said).toContain('Firefox on Windows')
    expect(said).not.toContain('Jo Adeyemi')
    await page.click('main details:has-text("3 people") summary >> nth=0')
    expect(await page.locator('main details[open]').textContent()).toMatch(/Thwaite.*Thwaite/)
    await context.close()
  })

  test('information governance finds a worker and sees theirs; a colleague does not', async () => {
    const { page, context } = await window(governance)
    await page.goto('/trail/workers?name=okoro')
    await page.click('main >> text=Sam Okoro')
    expect(await words(page)).toContain('writing up a visit')
    await context.close()
    const other = await window(worker)
    expect((await other.page.goto(`/trail/workers/${officer.account.id}`))!.status()).toBe(403)
    await other.context.close()
    const manager = await signedIn(db, { name: 'Pat Lowe', roles: ['A-TM'] })
    const manages = await window(manager)
    expect((await manages.page.goto(`/trail/workers/${worker.account.id}`))!.status()).toBe(403)
    await manages.page.goto('/trail/workers')
    expect(await manages.page.locator('main tbody a').allTextContents()).toEqual(['Pat Lowe'])
    await manages.context.close()
  })

  test('that somebody looked at it stands on their own log', async () => {
    const { page, context } = await window(governance)
    await page.goto(`/trail/workers/${worker.account.id}`)
    await page.goto('/trail/what-i-opened')
    expect(await words(page)).toContain('checking what a worker opened')
    await context.close()
  })
})

describe('the page of the seal', () => {
  test('before the first seal, sealed and witnessed, proved, and not proved with the officer told', async () => {
    const { page, context } = await window(officer)
    await page.goto('/trail/seal')
    expect(await words(page)).toContain('none yet')
    await expectAccessible(page)

    await sealTrail(db.jobs, key)
    await handOver(db.jobs, folderWitness(folder), key)
    await verifyAndKeep(db.jobs, { witnessFolder: folder })
    await page.goto('/trail/seal')
    expect(await words(page)).toMatch(/Proved .* The trail is whole/)
    const { rows } = await sql<{ root: string }>`
      select encode(root, 'base64') as root from audit.seal order by size desc limit 1`.execute(db.jobs)
    expect(await words(page)).toContain(rows[0]!.root)
    await screenshot(page, 'seal')

    await sql`alter table ${sql.raw(`audit.trail_${new Date().toISOString().slice(0, 7).replace('-', '_')}`)} disable trigger append_only`.execute(
      db.owner,
    )
    await sql`update audit.trail set payload = payload || '{"purpose": "nothing at all"}' where payload ->> 'purpose' = 'writing up a visit'`.execute(
      db.owner,
    )
    await verifyAndKeep(db.jobs, { witnessFolder: folder })
    await page.goto('/trail/seal')
    expect(await words(page)).toMatch(/Line [0-9a-f-]{36} \(place \d+, .*\) is not as it was sealed/)
    await expectAccessible(page)
    await screenshot(page, 'seal-not-proved')
    await page.click('.bar__me >> text=For you')
    await page.click('main >> text=read it')
    expect(await words(page)).toContain('The nightly check did not prove that the trail of readings is whole')

    await page.goto('/trail/seal')
    await page.click('text=I have seen this')
    await page.waitForSelector('.govuk-error-summary')
    await page.fill('#words', 'Told the chief executive; the supplier is asked.')
    await page.click('text=I have seen this')
    await page.waitForSelector('text=Seen by Morwenna Tate')
    expect(await page.locator('text=The trail was not proved').count()).toBe(0)
    await context.close()
  })

  test('is not for everyone', async () => {
    const { page, context } = await window(worker)
    expect((await page.goto('/trail/seal'))!.status()).toBe(403)
    await context.close()
  })
})

test('by day and in the dark, on a phone and zoomed, axe finds nothing and nothing sticks out', async () => {
  const { page, context, complaints } = await window(governance)
  await giveReason(page)
  const pages = {
    'who-has-looked': looked(),
    'what-was-opened': `/trail/workers/${worker.account.id}`,
    workers: '/trail/workers',
    seal: '/trail/seal',
  }
  for (const [name, address] of Object.entries(pages)) {
    await expectLooksRight(page, address, [['desktop']])
    if (name !== 'seal') await screenshot(page, name)
    await expectLooksRight(page, address, [['desktop', true], ['phone'], ['zoomed']])
  }
  expect(complaints).toEqual([])
  await context.close()
})
