import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths as caseworkPaths } from '../src/casework/paths.ts'
import { eachName, onceName, takeName } from '../src/forms/answering.ts'
import { paths } from '../src/forms/paths.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aFamily, fact } from '../src/testing/factories.ts'
import { aSession, aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import type { Session } from '../src/web/session.ts'
import { openBrowser, openWindow, screens } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let worker: Session
let manager: Session
let admin: Session
let children: string[]
const now = () => new Date('2026-11-25T09:30:00Z')

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db, { now }), areas })
  const team = await aTeam(db)
  worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  manager = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  admin = await signedIn(db, { name: 'Max Hollis', roles: ['A-ADM'] })
  children = (await aFamily(db.owner, { surname: 'Thwaite', children: 2 })).children
  for (const child of children) {
    await involve(db, child, { account: worker.account.id, team })
    await fact(db.owner, 'referral', { person_id: child, referral_date: '2026-11-02', referral_nfa: false })
  }
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function windowOf(session: Session): Promise<{ page: Page; close: () => Promise<void> }> {
  const { page, context, complaints } = await openWindow(browser, { baseURL: service.address })
  await context.addCookies([{ name: 'session', value: session.secret, url: service.address }])
  return {
    page,
    close: async () => {
      expect(complaints).toEqual([])
      await context.close()
    },
  }
}

const field = (name: string) => `[name="${name}"]`

/** Answers everything a section still asks of these children: words where words go, the last of what can be chosen. */
async function answerAll(page: Page): Promise<void> {
  // What is chosen first: it decides what else is asked.
  for (const kind of ['radio', 'checkbox'])
    for (const one of await page.locator(`.question fieldset:visible:has(input[type=${kind}])`).all())
      if ((await one.locator('input:checked').count()) === 0)
        await one.locator(`input[type=${kind}]`).first().check()
  for (const box of await page
    .locator('.question textarea:visible, .question input.govuk-input:visible')
    .all())
    if ((await box.inputValue()) === '') await box.fill('As the family say')
}

test('an assessment of two: written once, kept through signing out, sent, returned, changed with the change shown, signed', async () => {
  const [jade, kai] = children
  let { page, close } = await windowOf(worker)
  await page.goto(paths.ofPerson({ person: jade! }))
  await page.getByRole('link', { name: 'Child and family assessment' }).click()
  await page.locator('input[name="others"]').check()
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.waitForURL(/write\/purpose$/)
  const work = /forms\/([0-9a-f-]{36})\//.exec(page.url())![1]!
  const at = (section: string) => paths.write({ person: jade!, work, section })

  // Known already: parental responsibility, confirmed and not keyed again.
  await page.locator(field(takeName(jade!, 'responsibility'))).check()
  await page.locator(field(takeName(kai!, 'responsibility'))).check()
  await page
    .locator(field(onceName('type')))
    .first()
    .check()
  await page
    .locator(field(onceName('why-now')))
    .fill('School saw both children hungry and tired, three weeks running.')
  await screenshot(page, 'form-siblings', 'desktop')
  await page.getByRole('button', { name: 'Save and go on' }).click()

  // A condition shows its question for the child it holds for, and for that one alone.
  await page.waitForURL(/write\/seeing$/)
  await page.locator(`${field(eachName(jade!, 'seen'))}[value=yes]`).check()
  await page.locator(`${field(eachName(kai!, 'seen'))}[value=no]`).check()
  expect(await page.locator(field(eachName(kai!, 'not-seen-because'))).isVisible()).toBe(true)
  expect(await page.locator(field(eachName(jade!, 'not-seen-because'))).isVisible()).toBe(false)
  await page
    .locator(field(eachName(kai!, 'not-seen-because')))
    .fill('With his father this week; seen on Friday.')
  await page
    .locator(field(eachName(jade!, 'alone')))
    .first()
    .check()
  await expectAccessible(page)
  await page.setViewportSize(screens.phone)
  await expectNoSidewaysScroll(page)
  await page.setViewportSize(screens.desktop)

  // Typed and not saved, then signed out: it is there at the next sign-in, and its section says so.
  await page
    .locator(field(eachName(kai!, 'not-seen-because')))
    .fill('With his father this week. I see him on Friday at school.')
  await page.locator('[data-draft-said]').filter({ hasText: /Saved/ }).waitFor()
  await page.waitForTimeout(1200)
  await close()
  ;({ page, close } = await windowOf(await aSession(db, worker.account.id, ['A-SW'])))
  await page.goto('/drafts')
  await page.getByRole('link', { name: 'Child and family assessment' }).click()
  await page.getByRole('link', { name: 'Go on writing' }).click()
  expect(await page.locator('.form-steps li', { hasText: 'Seeing the child' }).textContent()).toContain(
    'Not saved yet',
  )
  await page.goto(at('seeing'))
  expect(await page.locator(field(eachName(kai!, 'not-seen-because'))).inputValue()).toBe(
    'With his father this week. I see him on Friday at school.',
  )
  await page.getByRole('button', { name: 'Save and go on' }).click()

  await page.waitForURL(/own-account$/)
  await page.locator(field(eachName(jade!, 'says'))).fill('I am hungry on Sundays. I like it at Nan’s.')
  await page.locator(field(eachName(kai!, 'says'))).fill('Dad makes pancakes.')
  for (let page_ = 0; page_ < 12 && !page.url().endsWith('/review'); page_ += 1) {
    await answerAll(page)
    const here = page.url()
    await page.locator('button[data-files]').click()
    await page.waitForURL((url) => url.href !== here)
  }
  expect(await page.locator('.panel--warning').allTextContents()).toEqual([])
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Send for signature' }).click()
  await page.waitForURL(new RegExp(`/forms/${work}$`))
  await close()

  // The manager returns it with reasons.
  ;({ page, close } = await windowOf(manager))
  await page.goto('/my-work')
  await page.getByRole('link', { name: 'Child and family assessment' }).click()
  expect(await page.locator('main').textContent()).toContain('Dad makes pancakes.')
  await page.locator('input[value=returned]').check()
  await page.locator(field('words')).fill('The younger one has to be seen before this can end.')
  await screenshot(page, 'sign-off', 'desktop')
  await expectAccessible(page)
  await page.keyboard.press('Control+Enter')
  await page.getByText('Returned with reasons').first().waitFor()
  await close()

  // The worker sees why, changes one answer, and sees what changed before it is sent again.
  ;({ page, close } = await windowOf(await aSession(db, worker.account.id, ['A-SW'])))
  await page.goto('/my-work')
  expect(await page.locator('main').textContent()).toContain('Returned to you')
  await page.goto(at('seeing'))
  await page.locator(`${field(eachName(kai!, 'seen'))}[value=yes]`).check()
  await page
    .locator(field(eachName(kai!, 'alone')))
    .first()
    .check()
  await page.getByRole('button', { name: 'Save and review' }).click()
  await page.waitForURL(/review$/)
  const review = await page.locator('main').textContent()
  expect(review).toContain('The younger one has to be seen before this can end.')
  expect(await page.locator('ins, del').count()).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Send for signature' }).click()
  await page.waitForURL(new RegExp(`/forms/${work}$`))
  await close()

  // The manager sees the change and signs; the child’s own form stands as a document.
  ;({ page, close } = await windowOf(await aSession(db, manager.account.id, ['A-TM'])))
  await page.goto(caseworkPaths.signing({ person: kai!, work }))
  expect(await page.locator('.signed-field--changed').count()).toBeGreaterThan(0)
  await page.locator('input[value=authorised]').check()
  await page.locator(field('words')).fill('Seen now, and the plan follows from what they say.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Signed', { exact: true }).first().waitFor()
  await page.goto(paths.read({ person: jade!, work }))
  const document = await page.locator('main').textContent()
  expect(document).toContain('I am hungry on Sundays')
  expect(document).not.toContain('Dad makes pancakes')
  expect(document).toContain('Taken over from Parental responsibility, on the record')
  await expectAccessible(page)
  await close()

  // Whoever looks after forms sees what the law asks.
  ;({ page, close } = await windowOf(admin))
  await page.goto(paths.kept({ form: 'child-and-family-assessment' }))
  expect(await page.getByText('Statutory', { exact: true }).count()).toBe(4)
  await expectAccessible(page)
  await screenshot(page, 'form-keeping', 'desktop')
  await page.setViewportSize(screens.phone)
  await expectNoSidewaysScroll(page)
  await close()
}, 120_000)
