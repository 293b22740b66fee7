import { generate } from 'otplib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeAccount, makeDemonstrationAccount, makeTeam } from '../src/access/accounts.ts'
import { demonstrationPassword } from '../src/access/demonstration.ts'
import { openOrRefuse } from '../src/access/open-or-refuse.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import { aChild } from '../src/testing/factories.ts'
import { involve } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import type { Area } from '../src/web/area.ts'
import { definePaths } from '../src/web/paths.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectLooksRight, expectNoSidewaysScroll, tabTo } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

/** Stands for the pages of people: a record that opens, or says why not. */
const recordPaths = definePaths({ record: '/children/:person' })
const record: Area = {
  name: 'record',
  paths: recordPaths,
  pages: async (server) => {
    server.get(recordPaths.record.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
      const { person } = recordPaths.record.read(request)
      const opened = await openOrRefuse(request, reply, person, { purpose: 'a browser test' })
      if (!opened) return reply
      return reply.page('web/views/help.njk', { title: 'A record', opened })
    })
  },
}

let db: TestDatabase
let browser: Browser
let demonstration: Service
let service: Service
let child: string
const emailOf = (who: string) => `${who}@fellshire.example`

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  const [oak, elm] = [await makeTeam(db.jobs, { name: 'Oak' }), await makeTeam(db.jobs, { name: 'Elm' })]
  const people = [
    ['priya', 'Priya Shah', 'Social worker', 'A-SW', oak, 'Twelve children of the Oak team'],
    ['marek', 'Marek Nowak', 'Team manager', 'A-TM', oak, 'Manages the Oak team'],
    ['sam', 'Sam Okoro', 'Social worker', 'A-SW', elm, 'Works in another team'],
    ['ada', 'Ada Lund', 'Systems administrator', 'A-ADM', elm, 'Looks after accounts; reads no record'],
  ] as const
  const ids: Record<string, string> = {}
  for (const [rank, [who, name, jobTitle, role, team, says]] of people.entries()) {
    const account = { name, jobTitle, email: emailOf(who), roles: [role], teams: [team] }
    ids[who] = await makeDemonstrationAccount(db.jobs, account, { says, rank })
  }
  child = await aChild(db.owner)
  await involve(db, child, { account: ids.priya! })
  await involve(db, child, { team: oak })
  demonstration = await startService(housed(db, { config: { demonstration: true }, areas: [record] }))
  service = await startService(housed(db, { areas: [record] }))
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([demonstration?.stop(), service?.stop()])
  await db?.close()
})

/** A window of somebody who pressed their name on the demonstration's sign-in page. */
async function signedIn(name: string, path = '/account', screen: Screen = 'desktop') {
  const opened = await openWindow(browser, { screen, baseURL: demonstration.address })
  await opened.page.goto(path)
  await opened.page.click(`button:has-text("${name}")`)
  await opened.page.waitForURL(`**${path}`)
  return opened
}

const heading = (page: Page) => page.textContent('h1')

describe('signing in to a demonstration', () => {
  test('one press on a name, from the page that was wanted', async () => {
    const { page, context, complaints } = await signedIn('Priya Shah')
    expect(await heading(page)).toBe('My account')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('by day and in the dark, on a phone and zoomed: axe finds nothing, nothing sticks out', async () => {
    const { page, context, complaints } = await openWindow(browser, { baseURL: demonstration.address })
    await expectLooksRight(page, '/sign-in', [['desktop']])
    await screenshot(page, 'sign-in')
    await expectLooksRight(page, '/sign-in', [['desktop', true], ['phone'], ['zoomed']])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('by keys alone, and without scripts', async () => {
    const { page, context } = await openWindow(browser, { baseURL: demonstration.address })
    await page.goto('/sign-in')
    await tabTo(page, 'Priya Shah')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/')
    await context.close()
    const plain = await openWindow(browser, { baseURL: demonstration.address, scripts: false })
    await plain.page.goto('/account')
    await plain.page.fill('#email', emailOf('sam'))
    await plain.page.fill('#password', demonstrationPassword)
    await plain.page.click('button:has-text("Sign in")')
    expect(await heading(plain.page)).toBe('My account')
    await plain.context.close()
  })

  test('a wrong password is said at the field, and typed anew', async () => {
    const { page, context } = await openWindow(browser, { baseURL: demonstration.address })
    await page.goto('/sign-in')
    await page.fill('#email', emailOf('priya'))
    await page.fill('#password', 'not the password')
    await page.press('#password', 'Enter')
    await page.waitForSelector('.govuk-error-summary')
    expect(await page.inputValue('#email')).toBe(emailOf('priya'))
    expect(await page.inputValue('#password')).toBe('')
    await expectAccessible(page)
    await context.close()
  })

  test('signing out ends it', async () => {
    const { page, context } = await signedIn('Priya Shah')
    await page.click('.bar__who')
    await page.click('button:has-text("Sign out")')
    await page.waitForURL('**/sign-in')
    await page.goto('/account')
    expect(await heading(page)).toBe('Sign in')
    await context.close()
  })
})

describe('the first sign-in elsewhere', () => {
  test('a password of one’s own and a code from the phone', async () => {
    await makeAccount(db.jobs, {
      name: 'Nia New',
      email: emailOf('nia'),
      password: 'the first words',
      roles: ['A-SW'],
    })
    const { page, context, complaints } = await openWindow(browser, {
      screen: 'phone',
      baseURL: service.address,
    })
    await page.goto('/account')
    await page.fill('#email', emailOf('nia'))
    await page.fill('#password', 'the first words')
    await page.click('button:has-text("Sign in")')
    await page.waitForURL('**/first-time')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'first-sign-in')
    expect(await page.evaluate('document.querySelector("main img").naturalWidth')).toBeGreaterThan(100)
    const secret = (await page.textContent('.reference'))!.replace(/ /g, '')
    await page.fill('#password', 'nine quiet herons')
    await page.fill('#code', await generate({ secret }))
    await page.click('button:has-text("Keep both")')
    await page.waitForURL('**/account')
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('locking', () => {
  test('by the button: covered where it stands, and unlocked with the cursor and the words where they were', async () => {
    const { page, context, complaints } = await signedIn(
      'Priya Shah',
      `/children/${child}/i-know-this-family`,
    )
    await page.fill('#words', 'We were at school')
    await page.click('button:has-text("Lock")')
    await page.waitForSelector('.cover #password')
    expect(await page.isVisible('#words')).toBe(false)
    await expectAccessible(page)
    await screenshot(page, 'locked')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.cover #password', { state: 'visible' })
    await page.fill('.cover #password', 'not the password')
    await page.press('.cover #password', 'Enter')
    await page.waitForSelector('.cover .govuk-error-message')
    await page.fill('.cover #password', demonstrationPassword)
    await page.press('.cover #password', 'Enter')
    await page.waitForSelector('.cover', { state: 'detached' })
    expect(await page.inputValue('#words')).toBe('We were at school')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('after fifteen minutes without a sign of life, in every tab; one sign keeps all of them open', async () => {
    const { page, context } = await signedIn('Marek Nowak')
    await page.clock.install()
    await page.reload()
    const other = await context.newPage()
    await other.goto('/emergency-access')
    await other.focus('.bar__who')
    await page.clock.fastForward('14:00')
    await page.keyboard.press('Shift')
    await page.clock.fastForward('14:00')
    expect([await page.locator('.cover').count(), await other.locator('.cover').count()]).toEqual([0, 0])
    await page.clock.fastForward('02:00')
    await page.clock.runFor(6000)
    await page.waitForSelector('.cover #password')
    await other.waitForSelector('.cover #password')
    await page.fill('.cover #password', demonstrationPassword)
    await page.press('.cover #password', 'Enter')
    await page.waitForSelector('.cover', { state: 'detached' })
    await other.waitForSelector('.cover', { state: 'detached' })
    expect(await other.evaluate('document.activeElement.className')).toContain('bar__who')
    await context.close()
  })

  test('without scripts it is a page, which leads back', async () => {
    const { page, context } = await openWindow(browser, { baseURL: demonstration.address, scripts: false })
    await page.goto('/help')
    await page.goto('/sign-in?then=/help')
    await page.click('button:has-text("Priya Shah")')
    await page.click('button:has-text("Lock")')
    expect(new URL(page.url()).search).toBe('?then=%2Fhelp')
    expect(await heading(page)).toBe('Locked')
    await page.fill('#password', demonstrationPassword)
    await page.click('button:has-text("Unlock")')
    expect(new URL(page.url()).pathname).toBe('/help')
    await context.close()
  })
})

describe('a record that does not open', () => {
  test('emergency access from the wall to the manager’s review, on a phone and by keys', async () => {
    const own = await signedIn('Priya Shah', '/notices')
    const { page, context, complaints } = await signedIn('Sam Okoro', `/children/${child}`, 'phone')
    expect(await heading(page)).toBe('You do not work with this person')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'refused')
    await tabTo(page, 'Ask for emergency access')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/emergency-access?*')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'emergency-access')
    await page.check('text=A child may be in danger now')
    await page.fill('#words', 'A neighbour called: shouting, and nobody answers at home')
    await page.press('#words', 'Control+Enter')
    await page.waitForURL(`**/children/${child}`)
    expect(await heading(page)).toBe('Help')
    await context.close()

    await own.page.reload()
    expect(await own.page.textContent('main')).toContain('Sam Okoro opened this record in an emergency')
    await expectAccessible(own.page)
    await screenshot(own.page, 'notices')
    await own.context.close()

    const manager = await signedIn('Marek Nowak', '/emergency-access')
    await expectAccessible(manager.page)
    await screenshot(manager.page, 'emergency-review-list')
    await manager.page.click('main table a >> nth=0')
    await expectAccessible(manager.page)
    await screenshot(manager.page, 'emergency-review')
    await manager.page.check('text=It was right to open it')
    await manager.page.fill('#words', 'I have heard the call; it could not wait')
    await manager.page.click('button:has-text("File")')
    await manager.page.waitForSelector('text=Nothing to look at')
    await manager.context.close()
    expect(complaints).toEqual([])
  })

  test('‘I know this family’ and what a manager decides', async () => {
    const { page, context } = await signedIn('Sam Okoro', `/children/${child}/i-know-this-family`)
    await expectAccessible(page)
    await screenshot(page, 'i-know-this-family')
    await page.check('text=We are neighbours')
    await page.click('button:has-text("I know them")')
    await page.waitForURL('**/declared')
    await context.close()
    const sees = await signedIn('Marek Nowak', '/known-families', 'phone')
    await expectAccessible(sees.page)
    await expectNoSidewaysScroll(sees.page)
    await sees.context.close()
  })
})

describe('colleagues', () => {
  test('a worker lets a colleague in for a joint visit, and agrees cover', async () => {
    const { page, context, complaints } = await signedIn('Priya Shah', `/children/${child}/colleagues`)
    await expectAccessible(page)
    expect(await page.textContent('#colleague')).not.toContain('Ada Lund')
    await page.fill('#colleague-like', 'lund')
    await page.click('button:has-text("Find")')
    await expectAccessible(page)
    await page.selectOption('#colleague', { label: 'Ada Lund, Systems administrator' })
    await page.check('text=We visit together')
    await page.fill('#why', 'First visit with the new plan')
    await page.press('#why', 'Control+Enter')
    await page.waitForSelector('main table >> text=Ada Lund')
    await screenshot(page, 'colleagues-let-in')
    await page.goto('/cover')
    await page.selectOption('#by', { label: 'Marek Nowak, Team manager' })
    await page.click('button:has-text("Agree it")')
    await page.waitForSelector('main table >> text=Marek Nowak')
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await expectNoSidewaysScroll(page)
    await screenshot(page, 'cover')
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('accounts', () => {
  test('an administrator makes one, gives a role, and finds it again', async () => {
    const { page, context, complaints } = await signedIn('Ada Lund', '/people-who-work-here')
    await expectAccessible(page)
    await screenshot(page, 'people-who-work-here')
    await page.click('text=Somebody new')
    await expectAccessible(page)
    await page.fill('#name', 'Otto Vale')
    await page.fill('#email', emailOf('otto'))
    await page.press('#email', 'Control+Enter')
    await page.waitForSelector('.reference')
    await page.click('text=Give a role')
    await page.selectOption('#role', 'A-SW')
    await expectAccessible(page)
    await screenshot(page, 'account-of-somebody')
    await page.click('button:has-text("Give it")')
    await page.waitForSelector('main table >> text=A-SW')
    await page.goto('/people-who-work-here?q=otto')
    expect(await page.textContent('main table')).toContain('Otto Vale')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('their other pages on a phone: axe finds nothing, nothing sticks out', async () => {
    const { page, context, complaints } = await signedIn('Ada Lund', '/account', 'phone')
    for (const path of [
      '/account',
      '/account/password',
      '/prove',
      '/people-who-work-here/teams',
      '/people-who-work-here/teams/new',
      '/people-who-work-here/directory-groups',
    ]) {
      await expectLooksRight(page, path, [['phone']])
      if (path === '/account') await screenshot(page, 'account')
    }
    expect(complaints).toEqual([])
    await context.close()
  })
})
