import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../src/database/queue.ts'
import { startJobs } from '../src/jobs.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { Altered, own } from '../src/testing/importing.ts'
import { anAccount, aTeam, signedIn } from '../src/testing/signed-in.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let stopJobs: () => Promise<void>
let secret: string
const altered = new Altered()
const dataFolder = mkdtempSync(join(tmpdir(), 'cairn-uploads-'))

beforeAll(async () => {
  process.env.CAIRN_DATA = dataFolder
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  await migrateQueue(db.urls.jobs)
  service = await startService({ ...housed(db), areas })
  const log = { info: () => undefined, error: () => undefined }
  stopJobs = await startJobs({ url: db.urls.jobs, log, alone: true } as never)
  secret = (await signedIn(db, { name: 'Priya Anand', roles: ['A-PERF'] })).secret
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await stopJobs?.()
  await db?.close()
  altered.remove()
  rmSync(dataFolder, { recursive: true, force: true })
})

async function window(options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

async function looksRight(page: Page, name: string): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await screenshot(page, name)
}

test('an analyst uploads a return, leaves while it is entered, comes back to the account, and puts a row right', async () => {
  const { page, context, complaints } = await window()
  await page.goto('/imports')
  await looksRight(page, 'imports-none')
  await page.click('main >> text=Import files >> nth=0')
  await page.goto('/imports/new')
  await page.click('button:has-text("Import")')
  await page.waitForSelector('.govuk-error-summary')
  await looksRight(page, 'import-nothing-chosen')

  // A big one goes first and holds the queue up, so that there is something to see.
  const folder = altered.files(own.care, {
    'oc3.csv': (text) => text.replace('YES,P2,U1', 'YES,P2,Q9'),
    'missing.csv': (text) => text.replace('18/05/2024', '01/05/2024'),
  })
  const held = await holdImports()
  await page.goto('/imports/new')
  await page.check('input[value=ssda903]')
  await page.selectOption('select[name=year]', '2025')
  await page.setInputFiles(
    'input[type=file]',
    readdirSync(folder).map((name) => join(folder, name)),
  )
  await page.click('button:has-text("Import")')
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/)
  const address = page.url()
  expect(await page.textContent('main')).toMatch(/You can leave this page/)
  await looksRight(page, 'import-under-way')

  await page.goto('/help')
  await held.release()
  await expect.poll(async () => (await state()) === 'finished', { timeout: 90_000, interval: 200 }).toBe(true)
  // Its files go right after, while the record is being checked.
  await expect
    .poll(() => readdirSync(join(dataFolder, 'private', 'imports')), { timeout: 90_000 })
    .toEqual([])

  await page.goto('/imports')
  await looksRight(page, 'imports')
  await page.click('text=SSDA903 2024-25')
  expect(page.url()).toBe(address)
  expect(await page.textContent('main')).toMatch(/oc3\.csv, line 3/)
  await looksRight(page, 'import-account')

  await page.click('text=oc3.csv, line 3')
  expect(await page.textContent('main')).toMatch(/‘Q9’ is not one of the codes/)
  await looksRight(page, 'import-problem')
  await page.fill('input[name$="[ACCOM]"]', 'U1')
  await page.click('text=Try again with these values')
  await page.waitForSelector('text=Put right by Priya Anand')
  await looksRight(page, 'import-problem-put-right')

  await page.goto('/import-problems')
  expect(await page.textContent('main')).toMatch(/MIS_END is before MIS_START/)
  await looksRight(page, 'import-problems')
  await page.click('text=Missing, line 2')
  await page.click('button:has-text("Dismiss")')
  await page.waitForSelector('.govuk-error-summary')
  await page.fill('textarea[name=words]', 'The police record says the same day; the other system was wrong')
  await page.click('button:has-text("Dismiss")')
  await page.waitForSelector('text=Nothing here')
  await looksRight(page, 'import-problems-none')
  expect(complaints).toEqual([])
  await context.close()
})

test('files that cannot be used: one line says why, without scripts too', async () => {
  const { page, context } = await window({ scripts: false, screen: 'phone' })
  await page.goto('/imports/new')
  await page.check('input[value=cin-census]')
  await page.setInputFiles('input[type=file]', own.people)
  await page.click('button:has-text("Import")')
  await expect
    .poll(
      async () => {
        await page.reload()
        return page.textContent('main')
      },
      { timeout: 90_000, interval: 300 },
    )
    .toMatch(/fellshire\.csv: is not XML/)
  await context.close()
})

test('on a phone nothing sticks out', async () => {
  const { page, context } = await window({ screen: 'phone' })
  for (const path of ['/imports', '/imports/new', '/import-problems?state=any']) {
    await page.goto(path)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
  await context.close()
})

test('a manager gives the imported children to a team', async () => {
  const team = await aTeam(db)
  await anAccount(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const manager = await signedIn(db, { name: 'Morag Lee', roles: ['A-TM'], teams: [team] })
  const { page, context, complaints } = await openWindow(browser, { baseURL: service.address })
  await context.addCookies([{ name: 'session', value: manager.secret, url: service.address }])
  await page.goto('/allocate')
  await looksRight(page, 'allocate')
  await page.selectOption('select[name=to]', { index: 2 })
  await page.check('input[name=which][value=all]')
  await page.click('button:has-text("Allocate")')
  await page.waitForSelector('text=allocated.')
  await looksRight(page, 'allocate-done')
  expect(complaints).toEqual([])
  await context.close()
})

test('other roles have no such page', async () => {
  const worker = await signedIn(db, { roles: ['A-SW'] })
  const { page, context } = await openWindow(browser, { baseURL: service.address })
  await context.addCookies([{ name: 'session', value: worker.secret, url: service.address }])
  const answer = await page.goto('/import-problems')
  expect(answer?.status()).toBe(403)
  await context.close()
})

async function state(): Promise<string | undefined> {
  const { rows } = await sql<{
    state: string
  }>`select state from importing.run order by asked_at desc limit 1`.execute(db.owner)
  return rows[0]?.state
}

/** Holds every import up until it is released. */
async function holdImports(): Promise<{ release(): Promise<void> }> {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let holding: () => void = () => {}
  const isHeld = new Promise<void>((resolve) => {
    holding = resolve
  })
  const over = db.owner.transaction().execute(async (trx) => {
    await sql`lock table record.person in share row exclusive mode`.execute(trx)
    holding()
    await released
  })
  await isHeld
  return {
    release: async () => {
      release()
      await over
    },
  }
}
