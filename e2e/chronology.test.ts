import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vaultWith } from '../src/casework/documents/services.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily, fact } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let place: string
let children: string[]
let secret: string

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  place = await mkdtemp(join(tmpdir(), 'chronology-'))
  const documents = vaultWith({
    folder: join(place, 'bytes'),
    keyFolder: join(place, 'keys'),
    keys: ['a key of the server for tests only, long enough'],
  })
  service = await startService({ ...housed(db), areas, documents })
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [await aTeam(db)] })
  secret = session.secret
  ;({ children } = await aFamily(db.owner, { surname: 'Thwaite', children: 2 }))
  for (const one of children) {
    await involve(db, one, { account: session.account.id })
    await fact(db.owner, 'child_protection_plan', { person_id: one, cp_plan_start_date: '2026-03-01' })
    await fact(db.owner, 'visit', {
      person_id: one,
      kind: 'child-protection',
      visit_date: '2026-04-01',
      seen: true,
    })
  }
  await fact(db.owner, 'case_note', {
    person_id: children[0],
    kind: 'file-note',
    note_date: '2026-05-01',
    significant: true,
    significant_words: 'Grandmother took her in',
  })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

test('a worker writes what an entry meant, shows sisters and brothers under one, keeps it for court, and writes the summary on top', async () => {
  const { page, context } = await openWindow(browser, { baseURL: service.address, screen: 'desktop' })
  await context.addCookies([{ name: 'session', value: secret, url: service.address }])
  const [first] = children
  await page.goto(`/children/${first}/chronology`)
  await page.getByRole('link', { name: /^What it means.*Grandmother took her in/ }).click()
  await page.getByLabel('It is significant').check()
  await page.getByLabel(/What it meant for/).fill('She had a bed of her own again')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByText('She had a bed of her own again').waitFor()
  expect(await page.locator('main').textContent()).toContain('Seen at a visit')

  await page.goto(`/children/${first}/chronology?view=chosen&also=${children[1]}`)
  const shown = await page.locator('main').textContent()
  expect(shown).not.toContain('Seen at a visit')
  expect(shown).toMatch(/\w+ Thwaite and \w+ Thwaite/)
  await expectAccessible(page)
  await screenshot(page, 'chronology-of-a-family')
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(page)
  await page.setViewportSize({ width: 1366, height: 768 })

  await page.getByRole('link', { name: 'Keep for court or a conference' }).click()
  await page.getByLabel('For court').check()
  await page.getByLabel('Which hearing, conference or team').fill('Hearing of 3 December')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Keep it' }).click()
  await page
    .getByText(/Family chronology, for court, as known on/)
    .first()
    .waitFor()
  await page.goto(`/children/${children[1]}/chronology`)
  await page.getByText('1 chronology kept').click()
  await page.getByRole('link', { name: /For court: Hearing of 3 December/ }).waitFor()

  await page.goto(`/children/${first}`)
  await page.getByRole('link', { name: 'Write the living summary' }).click()
  await page.getByLabel(/Who this child is/).fill('Lives with her grandmother now, and draws.')
  await page.locator('[data-draft-said]', { hasText: 'Saved' }).waitFor()
  await page.getByRole('button', { name: 'Put on top of the record' }).click()
  await page.goto(`/children/${first}`)
  await page.getByRole('region', { name: 'Living summary' }).getByText('and draws').waitFor()
  await expectAccessible(page)
  await context.close()
})
