import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed } from '../src/testing/factories.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let secret: string
let child: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  secret = session.secret
  const family = await aFamily(db.owner, { surname: 'Quartermain', postcode: 'FX1 2AB', children: 3 })
  for (const one of family.children) await anEpisodeOfNeed(db.owner, one, { from: '2026-09-01' })
  child = await aChild(db.owner, { name: 'Katherine Ashdown', born: '2014-03-05', postcode: 'FX3 4CD' })
  await anEpisodeOfNeed(db.owner, child, { from: '2026-09-01' })
  await involve(db, child, { account: session.account.id })
  await aChild(db.owner, { name: 'Mohammed Siddiqui', born: '2012-07-19' })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function window(options: { screen?: Screen; scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

const asked = async () =>
  (
    await sql<{ asked: string }>`
      select payload ->> 'asked' as asked from audit.trail where payload ->> 'rule' = 'search' and payload ->> 'action' = 'list' order by at`.execute(
      db.owner,
    )
  ).rows.map((row) => row.asked)

test('by keyboard alone: slash, what was heard, arrow, Enter, the record; one line on the trail for a pause', async () => {
  const { page, context, complaints } = await window()
  await page.goto('/my-work')
  await page.waitForSelector('html.has-scripts')
  await page.keyboard.press('/')
  await page.keyboard.type('kate ashdown 3/5/2014')
  const box = page.locator('#bar-search')
  await page.waitForSelector('#bar-search[aria-expanded="true"]')
  const first = page.locator('[role="option"]').first()
  const words = await first.textContent()
  expect(words).toContain('Katherine Ashdown')
  expect(words).toContain('short form')
  expect(words).toContain('day and month swapped')
  expect(words).toContain('Sam Okoro')
  expect(await asked()).toEqual(['kate ashdown 3/5/2014'])
  await page.keyboard.press('ArrowDown')
  expect(await first.getAttribute('aria-selected')).toBe('true')
  expect(await box.getAttribute('aria-activedescendant')).toBe(await first.getAttribute('id'))
  await expectAccessible(page)
  await screenshot(page, 'search-as-you-type')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/children/${child}`)
  expect(complaints).toEqual([])
  await context.close()
})

test('Escape closes the suggestions, and Enter without a choice searches', async () => {
  const { page, context } = await window()
  await page.goto('/my-work')
  await page.waitForSelector('html.has-scripts')
  await page.keyboard.press('/')
  await page.keyboard.type('muhamad sidiqi')
  await page.waitForSelector('#bar-search[aria-expanded="true"]')
  await page.keyboard.press('Escape')
  expect(await page.locator('.suggestions-place').first().isVisible()).toBe(false)
  await page.keyboard.press('Enter')
  await page.waitForSelector('table')
  expect(await page.textContent('main')).toContain('Mohammed Siddiqui')
  await context.close()
})

test.each<[Screen]>([['desktop'], ['phone']])(
  'on %s the page and its suggestions fit, and axe finds nothing',
  async (screen) => {
    const { page, context, complaints } = await window({ screen })
    await page.goto('/search?q=maeve+quartermane')
    await page.waitForSelector('html.has-scripts')
    expect(await page.textContent('table')).toContain('Maeve Quartermain')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'search', screen)
    await page.fill('#q', 'quartermain')
    await page.waitForSelector('#q[aria-expanded="true"]')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'search-suggestions', screen)
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('without scripts it searches as ever', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto('/search')
  await page.fill('#q', 'kate ashdown')
  await page.press('#q', 'Enter')
  await page.waitForSelector('table')
  expect(await page.textContent('table')).toContain('Katherine Ashdown')
  await context.close()
})
