import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import {
  aChildProtectionPlan,
  aFamily,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
} from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectLooksRight, type Look, tabTo } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let child: string
let secret: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  secret = session.secret
  const family = await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB', children: 3 })
  child = family.children[0]!
  await anEpisodeOfNeed(db.owner, child, { from: '2021-03-02', closed: '2021-09-30' })
  const { referral } = await anEpisodeOfNeed(db.owner, child, {
    from: '2025-05-06',
    factors: ['16A', '3B', '4B'],
  })
  await aChildProtectionPlan(db.owner, child, { referral, from: '2025-07-01', category: 'NEG' })
  await aPeriodOfCare(db.owner, child, [
    { from: '2025-09-01', to: '2026-02-01', ls: 'V2', place: 'U3' },
    { from: '2026-02-01', to: '2026-05-20', ls: 'C1', place: 'U6', rne: 'B' },
    { from: '2026-05-20', ls: 'C2', place: 'K2', rne: 'B' },
  ])
  await fact(db.owner, 'missing_episode', {
    person_id: child,
    missing: 'M',
    mis_start: '2026-06-02',
    mis_end: '2026-06-03',
  })
  for (const review of ['2025-09-26', '2025-12-18', '2026-06-11'])
    await fact(db.owner, 'looked_after_review', { person_id: child, review, review_code: 'PN1' })
  await fact(db.owner, 'health_outcome', {
    person_id: child,
    collection_year: '2025-26',
    health_check: true,
    immunisations: true,
    teeth_check: false,
    health_assessment: true,
  })
  await fact(db.owner, 'sdq', { person_id: child, collection_year: '2025-26', sdq_score: 14 })
  await fact(db.owner, 'hazard', {
    person_id: child,
    kind: 'animal',
    words: 'Large dog in the yard',
    from_day: '2026-01-05',
  })
  for (const one of family.children) await involve(db, one, { account: session.account.id })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function window(options: { scripts?: boolean } = {}) {
  const opened = await openWindow(browser, { ...options, baseURL: service.address })
  await opened.context.addCookies([{ name: 'session', value: secret, url: service.address }])
  return opened
}

const pages = (): Record<string, string> => ({
  'my-work': '/my-work',
  search: '/search?q=thwaite',
  'search-nobody': '/search?q=nobody+at+all',
  record: `/children/${child}`,
  chronology: `/children/${child}/chronology`,
  family: `/children/${child}/family`,
  need: `/children/${child}/need`,
  protection: `/children/${child}/protection`,
  care: `/children/${child}/care`,
  health: `/children/${child}/health`,
  'held-nothing': `/children/${child}?known-at=2020-01-01`,
})

const looks: Record<string, Look[]> = {
  record: [['zoomed'], ['desktop', true]],
  chronology: [['zoomed']],
  care: [['zoomed'], ['desktop', true]],
}

test.each(Object.keys(pages()))('%s: axe finds nothing, nothing sticks out', async (name) => {
  const { page, context, complaints } = await window()
  await expectLooksRight(page, pages()[name]!, [['desktop']])
  await screenshot(page, name)
  await expectLooksRight(page, pages()[name]!, [['phone'], ...(looks[name] ?? [])])
  expect(complaints).toEqual([])
  await context.close()
})

const words = (page: Page) => page.textContent('main')

test('from search to the chronology by keyboard alone', async () => {
  const { page, context } = await window()
  await page.goto('/my-work')
  await page.keyboard.press('/')
  await page.keyboard.type('thwaite 3/9/2011')
  await page.keyboard.press('Enter')
  await page.waitForSelector('table')
  await tabTo(page, 'Thwaite')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.identity')
  await tabTo(page, 'Chronology')
  await page.keyboard.press('Enter')
  await page.waitForSelector('h1:has-text("Chronology")')
  expect(await words(page)).toContain('Came into care')
  await context.close()
})

test('without scripts the record reads, filters and looks back', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto(`/children/${child}/chronology`)
  await page.check('label:has-text("Protection") input')
  await page.click('.filter button')
  expect(await words(page)).toContain('Child protection plan began')
  expect(await words(page)).not.toContain('Came into care')
  await context.close()
})

test('on paper the record carries the child’s name and not the furniture', async () => {
  const { page, context } = await window()
  await page.goto(`/children/${child}/care`)
  await page.emulateMedia({ media: 'print' })
  expect(await page.isVisible('.side')).toBe(false)
  expect(await page.isVisible('.bar__search')).toBe(false)
  expect(await page.locator('main .table-place').last().isVisible()).toBe(true)
  await context.close()
})
