import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateQueue } from '../src/database/queue.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed, fact } from '../src/testing/factories.ts'
import { Altered, bring } from '../src/testing/importing.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
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
let twice: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  await migrateQueue(db.urls.jobs)
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  const session = await signedIn(db, { name: 'Bilal Aziz', roles: ['A-TM'], teams: [team] })
  secret = session.secret
  const { children } = await aFamily(db.owner, { surname: 'Quartermain', postcode: 'FX1 2AB', children: 2 })
  child = children[0]!
  for (const one of children) {
    await involve(db, one, { team })
    await anEpisodeOfNeed(db.owner, one, { from: '2026-09-01' })
  }
  // The same child again, a letter out.
  const [name] = (
    await sql<{
      forename: string
    }>`select forename from record.person_name where person_id = ${child}`.execute(db.owner)
  ).rows
  twice = await aChild(db.owner, {
    forename: name!.forename.replace(/.$/, '$&$&'),
    surname: 'Quartermaine',
    born: '2011-09-03',
    sex: 'M',
    postcode: 'FX3 4CD',
  })
  await involve(db, twice, { team })
  await fact(db.owner, 'contact_detail', { person_id: twice, kind: 'mobile', value: '07700 900123' })
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
const settled = (page: Page) => page.waitForSelector('html.has-scripts')

test.each<[Screen]>([['desktop'], ['phone']])(
  'on %s a misspelt name shows who is meant while it is typed; the new person is added over nobody unseen',
  async (screen) => {
    const { page, context, complaints } = await window({ screen })
    await page.goto('/people/new')
    await settled(page)
    await page.fill('#surname', screen === 'phone' ? 'Kwartermane' : 'Quartermane')
    await page.fill('#forename', 'Maeve')
    const likely = page.locator('.likely')
    await likely.waitFor()
    expect(await likely.textContent()).toContain('Maeve Quartermain')
    expect(await likely.textContent()).toMatch(/sounds like|spelt alike/)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'new-person', screen)
    await page.fill('#born', '1/2/1999')
    await page.check('input[name="sex"][value="F"]')
    await page.check('input[name="who"][value="adult"]')
    await page.click('button[value="look"]')
    await page.waitForSelector('text=Look again')
    await page.click('.likely button[value="add"]')
    await page.waitForURL('**/added?**')
    expect(await page.textContent('main')).toContain('is in the record, reference P-')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test('without scripts, by the keyboard: Enter looks first, and this is the person leads to the record', async () => {
  const { page, context } = await window({ scripts: false })
  await page.goto('/people/new')
  await page.fill('#forename', 'Tobias')
  await page.fill('#surname', 'Quartermain')
  await page.fill('#born', '3/9/2011')
  await page.check('input[name="sex"][value="M"]')
  await page.press('#surname', 'Enter')
  await page.waitForSelector('.likely')
  expect(await page.textContent('.likely')).toContain('birth date')
  await page.click('.likely a >> nth=0')
  await page.waitForURL('**/children/**')
  await context.close()
})

test.each<[Screen]>([['desktop'], ['phone']])(
  'on %s names and addresses are entered and put right',
  async (screen) => {
    const { page, context, complaints } = await window({ screen })
    await page.goto(`/children/${child}/details`)
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'details', screen)
    await page.click('text=Add an address')
    await page.fill('#lines', screen === 'phone' ? '7 Mill Lane, Fellby' : '9 Mill Lane, Fellby')
    await page.fill('#postcode', 'fx77aa')
    await page.fill('#from', screen === 'phone' ? '1/3/2026' : '1/2/2026')
    await page.check('input[name="hidden"]')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'detail', screen)
    await page.keyboard.press('Control+Enter')
    await page.waitForURL('**/details#address')
    expect(await page.textContent('#address')).toContain('Hidden: tell nobody')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test.each<[Screen]>([['desktop'], ['phone']])(
  'on %s two records are compared, joined, and parted again',
  async (screen) => {
    const { page, context, complaints } = await window({ screen })
    await page.goto('/people/possibly-the-same')
    await settled(page)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'possibly-the-same', screen)
    await page.goto(`/children/${child}/same-person/${twice}`)
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.check(`input[name="leads"][value="${child}"]`)
    for (const name of await page
      .locator('input[type="radio"][name^="take["]')
      .evaluateAll((all) => [...new Set(all.map((one) => (one as unknown as { name: string }).name))]))
      await page.check(`input[name="${name}"] >> nth=0`)
    await page.fill('#reason', 'The school has one child of this name')
    await screenshot(page, 'compare', screen)
    await page.click('button[value="merge"]')
    await page.waitForURL(`**/children/${child}/details#joined`)
    await page.goto(`/children/${twice}/details`)
    await page.waitForURL(`**/children/${child}/details`)
    expect(await page.textContent('main')).toContain('07700 900123')
    await page.goto(`/children/${child}/details/contact/new`)
    await page.fill('#value', screen === 'phone' ? '07700 900555' : '07700 900444')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL('**/details#contact')
    await page.click('text=Part them again')
    await page.waitForSelector('text=To whom does each entry since then belong?')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'parting', screen)
    await page.check('input[name^="choice["] >> nth=0')
    await page.fill('#reason', 'The next school has the second child')
    await page.click('text=Part them >> nth=-1')
    await page.waitForURL(`**/children/${child}/details#joined`)
    await page.goto(`/children/${twice}/details`)
    expect(page.url()).toContain(twice)
    expect(await page.textContent('#contact')).toContain(screen === 'phone' ? '07700 900555' : '07700 900444')
    expect(complaints).toEqual([])
    await context.close()
  },
)

test.each<[Screen]>([['desktop'], ['phone']])(
  'on %s somebody of an import stands beside whom they may be',
  async (screen) => {
    const place = new Altered()
    const file = join(place.folder, 'people.csv')
    const born = screen === 'phone' ? '2012-03-04' : '2012-04-05'
    await aChild(db.owner, { forename: 'Leila', surname: 'Haddad', born, postcode: 'FX1 2AB' })
    writeFileSync(
      file,
      `local_id,forename,surname,date_of_birth,sex,postcode\nI-${screen},Layla,Haddad,${born},F,FX1 2AB\n`,
    )
    await bring(db, 'people', file)
    place.remove()
    const { secret: analyst } = await signedIn(db, { name: 'Nia Bevan', roles: ['A-PERF'] })
    const { page, context, complaints } = await window({ screen })
    await context.addCookies([{ name: 'session', value: analyst, url: service.address }])
    await page.goto('/import-problems')
    await settled(page)
    await page.click('tbody th a >> nth=0')
    await page.waitForSelector('text=The same person')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'import-who-it-is', screen)
    await page.click('text=None of these: somebody new')
    await page.waitForSelector('text=Being tried again')
    expect(complaints).toEqual([])
    await context.close()
  },
)
