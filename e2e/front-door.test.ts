import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receive } from '../src/front-door/queue-store.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild, aFamily, anEpisodeOfNeed, fact } from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, screens } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
const secrets: Record<string, string> = {}

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db), areas })
  const team = await aTeam(db)
  await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const screener = await signedIn(db, { name: 'Dev Malik', roles: ['A-DUTY'] })
  const manager = await signedIn(db, { name: 'Moira Kent', roles: ['A-DUTY', 'A-TM'] })
  Object.assign(secrets, { screener: screener.secret, manager: manager.secret })
  const { children, mother } = await aFamily(db.owner, { surname: 'Thwaite', children: 2 })
  await anEpisodeOfNeed(db.owner, children[1]!, { from: '2026-01-12', closed: '2026-05-04' })
  await fact(db.owner, 'hazard', {
    person_id: mother,
    kind: 'animal',
    words: 'Two large dogs: ring before going in',
    from_day: '2026-02-01',
    review_on: '2027-02-01',
  })
  await aChild(db.owner, { name: 'Quill Ravenhall', born: '2015-03-10' })
  for (const [n, name] of ['Quill Ravenhall', 'Nova Brightwater'].entries())
    await receive(
      db.app,
      {
        incident: `FP/26/${n}`,
        people: [{ as: 'child', name, born: n ? '2019-06-01' : '2015-03-10' }],
        what: 'Officers were called to the home.',
      },
      { channel: 'api', source: '6' },
    )
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function as(who: string | undefined, work: (page: Page) => Promise<void>) {
  const { page, context, complaints } = await openWindow(browser, { baseURL: service.address })
  if (who) await context.addCookies([{ name: 'session', value: secrets[who]!, url: service.address }])
  try {
    await work(page)
  } finally {
    await context.close()
  }
  expect(complaints).toEqual([])
}
/** As it is on a desk and on a phone. */
async function looksRight(page: Page, picture: string) {
  await expectAccessible(page)
  await screenshot(page, picture)
  await page.setViewportSize(screens.phone)
  await expectNoSidewaysScroll(page)
  await page.setViewportSize(screens.desktop)
}

test('from a telephone call to a child who has a worker', async () => {
  let contact = ''
  await as('screener', async (page) => {
    await page.goto('/front-door')
    await page.waitForSelector('body.js-enabled')
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.waitForURL(/contacts\/new/)
    await page.waitForSelector('body.js-enabled')
    await page.selectOption('[name=source]', '2A')
    await page.fill('[name=agency]', 'Fell Lane Primary')
    await page.fill('[name=callerName]', 'Mrs Hallam')
    await page.fill('[name="person[0][name]"]', 'thwait')
    await page.fill('[name="person[0][born]"]', '3/9/2011')
    await page.locator('#who-0 label').first().click()
    // Whoever lives with them is offered, and ticked instead of typed.
    await page.locator('#told-home label', { hasText: 'Maeve Thwaite' }).click()
    await page.locator('#told-home .told__hazards').waitFor()
    expect(await page.textContent('#told-home')).toContain('Two large dogs')
    expect(await page.textContent('#told-home')).toContain('12 Jan 2026, referral from School')
    await page.fill('[name=what]', 'Came in without a coat and very hungry, the third time this term.')
    await page.check('input[name=safe][value=yes]')
    await page.check('input[name=consent][value=given]')
    await page.check('input[name=knows][value=yes]')
    await page.waitForSelector('[data-draft-said]:not(:empty)')
    await looksRight(page, 'new-contact')
    // A closed lid: what was typed is there again.
    await page.goto('/contacts/new')
    await page.click('text=go on with the one of')
    expect(await page.inputValue('[name=what]')).toContain('without a coat')
    expect(await page.isChecked('#who-0 input')).toBe(true)
    await page.waitForSelector('body.js-enabled')
    await page.focus('[name=what]')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('.govuk-error-summary, .triage')
    expect(await page.locator('.govuk-error-summary').allTextContents()).toEqual([])
    await page.waitForURL(/contacts\/[0-9a-f-]{36}$/)
    await page.click('label:has-text("Referral to social care")')
    await page.fill('[name=reason]', 'Neglect, and the advice of January did not hold')
    await page.selectOption('[name=threshold]', 'child-in-need')
    await page.selectOption('[name=priority]', 'this-week')
    await page.click('button:has-text("Propose")')
    await page.waitForSelector('text=Proposed: Referral to social care')
    contact = page.url()
    expect(await page.textContent('main')).toContain('Maeve Thwaite, mother')
    await looksRight(page, 'contact')
  })
  await as('manager', async (page) => {
    await page.goto('/front-door')
    expect(await page.textContent('main')).toContain('proposed: Referral to social care')
    await looksRight(page, 'front-door')
    await page.goto(contact)
    await page.waitForSelector('body.js-enabled')
    await page.keyboard.press('d')
    await page.keyboard.press('6')
    await page.keyboard.press('r')
    await page.keyboard.type('Agreed: neglect over a year')
    await page.selectOption('[name=threshold]', 'child-in-need')
    await page.selectOption('[name=priority]', 'this-week')
    await page.selectOption('[name=team]', {
      label: (await page.locator('[name=team] option', { hasText: 'Sam Okoro' }).textContent())!.trim(),
    })
    await page.focus('[name=reason]')
    await page.keyboard.press('Control+Enter')
    await page.waitForSelector('text=Decided: Referral to social care')
    await page.check('input[name=outcome][value=assessment]')
    await page.fill('#reason', 'A whole-family assessment')
    await page.selectOption('[name=team]', {
      label: (await page.locator('[name=team] option', { hasText: 'Sam Okoro' }).textContent())!.trim(),
    })
    await page.click('button:has-text("Record what follows")')
    await page.waitForSelector('text=Followed: Child and family assessment')
    await page.click('main a:text-is("Record")')
    await page.waitForURL(/children\//)
    expect(await page.textContent('body')).toContain('Sam Okoro')
  })
})

test('the queue by keyboard, and what a school sends without an account', async () => {
  await as(undefined, async (page) => {
    await page.goto('/refer')
    await looksRight(page, 'refer')
    await page.selectOption('[name=source]', '2A')
    for (const [name, value] of Object.entries({
      agency: 'Fell Lane Primary',
      name: 'P. Teach',
      reachedBy: '01632 960001',
      'person[0][name]': 'Quill Ravenhall',
      what: 'He told me something.',
    }))
      await page.fill(`[name="${name}"]`, value)
    await page.check('input[name=safe][value=yes]')
    await page.check('input[name=consent][value=given]')
    await page.check('input[name=knows][value=yes]')
    await page.check('input[name=agreed]')
    await page.click('button:has-text("Send the referral")')
    await page.waitForSelector('text=It is waiting to be looked at.')
    expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0)
    await expectAccessible(page)
  })
  await as('manager', async (page) => {
    await page.goto('/front-door/queue')
    await page.waitForSelector('body.js-enabled')
    await looksRight(page, 'queue')
    await page.keyboard.press('j')
    await page.waitForURL(/queue\/[0-9a-f-]{36}/)
    await page.waitForSelector('body.js-enabled')
    // Accept who is proposed, decide, say why, file: no name, date or word of theirs.
    for (const keys of ['1', 'd', '2', 'r']) await page.keyboard.press(keys)
    await page.locator('#who-0 input:checked').waitFor({ state: 'attached' })
    await page.keyboard.type('Police were there; no worry for the child')
    await looksRight(page, 'triage')
    await page.focus('[name=reason]')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/back=/)
    await page.waitForSelector('body.js-enabled')
    expect(await page.textContent('h1')).toContain('FP/26/1')
    for (const keys of ['n', '1', 'd', '1', 'r']) await page.keyboard.press(keys)
    await page.keyboard.type('Nothing for us')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL((url) => url.search.includes('back='))
    await page.waitForSelector('text=Fell Lane Primary')
    await page.keyboard.press('u')
    await page.waitForSelector('text=Decided: No further action')
    await page.click('summary:has-text("Take this decision back")')
    await page.fill('details [name=reason]', 'Pressed the wrong key')
    await page.click('button:has-text("Take it back")')
    await page.waitForSelector('text=Taken back: Pressed the wrong key')
  })
})
