import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mustOpenRecord } from '../src/access/opening.ts'
import { writing } from '../src/access/reading.ts'
import { countWaiting } from '../src/casework/count-dues.ts'
import { fileNotes } from '../src/casework/notes-store.ts'
import { type TestDatabase, testDatabase } from '../src/testing/database.ts'
import {
  aChild,
  aChildProtectionPlan,
  aFamily,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
} from '../src/testing/factories.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { involve, relate } from '../src/testing/ties.ts'
import { housed } from '../src/testing/visitor.ts'
import { areas } from '../src/web/areas.ts'
import { openBrowser, openWindow, type Screen } from './support/browser.ts'
import { expectAccessible, expectNoSidewaysScroll } from './support/checks.ts'
import { screenshot } from './support/screenshot.ts'
import { type Service, startService } from './support/service.ts'

let db: TestDatabase
let browser: Browser
let service: Service
let child: string
let helped: string
const secrets: Record<string, string> = {}
const now = () => new Date('2026-11-25T09:30:00Z')

beforeAll(async () => {
  ;[db, browser] = await Promise.all([testDatabase(), openBrowser()])
  service = await startService({ ...housed(db, { now }), areas })
  const team = await aTeam(db)
  const worker = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const colleague = await signedIn(db, { name: 'Cal Reid', roles: ['A-SW'], teams: [team] })
  const manager = await signedIn(db, { name: 'Mel Ward', roles: ['A-TM'], teams: [team] })
  Object.assign(secrets, { worker: worker.secret, manager: manager.secret })
  const family = await aFamily(db.owner, { surname: 'Thwaite', children: 3 })
  child = family.children[0]!
  for (const one of family.children) await involve(db, one, { account: worker.account.id, team })
  await relate(db, child, family.children[1]!, 'sibling')
  await relate(db, child, family.children[2]!, 'sibling')
  await anEpisodeOfNeed(db.owner, child, { from: '2026-06-01' })
  await aChildProtectionPlan(db.owner, family.children[1]!, { from: '2025-05-26' })
  await aPeriodOfCare(db.owner, family.children[2]!, [{ from: '2026-10-30' }])
  for (const [n, surname] of ['Wren', 'Marsh', 'Tarn'].entries()) {
    const other = await aChild(db.owner, { forename: ['Skye', 'Bo', 'Ines'][n], surname })
    await involve(db, other, { account: colleague.account.id, team })
    await aPeriodOfCare(db.owner, other, [{ from: `2026-11-0${n + 2}` }])
  }
  helped = await aChild(db.owner, { forename: 'Kit', surname: 'Fell' })
  await involve(db, helped, { account: colleague.account.id, team })
  await fact(db.owner, 'referral', { person_id: helped, referral_date: '2026-10-12' })
  await fact(db.owner, 'section_47', {
    person_id: helped,
    s47_start_date: '2026-10-13',
    s47_end_date: '2026-10-22',
  })
  await mustOpenRecord(db.app, worker, child, { purpose: 'a test', action: 'write' })
  const part = {
    origin: 'child',
    about: undefined,
    childMayRead: true,
    parentMayRead: true,
    leftOut: false,
    key: '',
    names: [],
  } as const
  await writing(db.app, worker, (trx) =>
    fileNotes(trx, worker.account.id, [
      {
        child,
        kind: 'visit',
        day: '2026-11-19',
        at: '16:10',
        place: 'home',
        placeWords: undefined,
        significant: false,
        significantWords: undefined,
        paragraphs: [
          { ...part, part: 'happened', origin: 'worker', words: 'We made toast and talked in the kitchen.' },
          { ...part, part: 'child-said', words: 'I like it when Nan comes on Sundays.' },
        ],
        visit: { kind: 'child-in-need', seen: true, alone: true, bedroom: true, because: undefined },
        present: [],
        presentWords: undefined,
      },
    ]),
  )
  await countWaiting.run(undefined, {
    db: db.jobs,
    read: db.jobs,
    log: { info() {}, error() {} },
    signal: undefined,
  })
})
afterAll(async () => {
  await browser?.close()
  await service?.stop()
  await db?.close()
})

async function open(path: string, who: string, screen: Screen = 'desktop'): Promise<Page> {
  const { page } = await openWindow(browser, { baseURL: service.address, screen })
  await page.context().addCookies([{ name: 'session', value: secrets[who]!, url: service.address }])
  await page.goto(path)
  await page.waitForSelector('html.has-scripts')
  return page
}

test('from the day’s page one press starts the visit that is due', async () => {
  const page = await open('/my-work', 'worker')
  await expectAccessible(page)
  await screenshot(page, 'my-work')
  expect(await page.textContent('.row--head')).toContain('Thwaite, 3 children')
  await page.getByRole('link', { name: 'Write up a visit' }).first().press('Enter')
  await page.waitForURL(/\/notes\/new\?kind=visit/)
  await page.context().close()
})

test('the front of a record says when the child was last seen, in the child’s words, and what is due; v and n begin', async () => {
  const page = await open(`/children/${child}`, 'worker')
  const words = await page.textContent('main')
  expect(words).toContain('6 days ago')
  expect(words).toContain('I like it when Nan comes on Sundays.')
  expect(await page.locator('.due-list li').count()).toBeGreaterThan(0)
  await expectAccessible(page)
  await screenshot(page, 'record-front')
  await page.keyboard.press('v')
  await page.waitForURL(/\/notes\/new\?kind=visit/)
  await page.goto(`/children/${child}`)
  await page.waitForSelector('html.has-scripts')
  await page.keyboard.press('n')
  await page.waitForURL(/\/notes\/new\?kind=file-note/)
  await page.context().close()
})

test('a manager sees each worker’s week, and what has drifted', async () => {
  const page = await open('/my-work', 'manager')
  await expectAccessible(page)
  await page.getByRole('cell', { name: 'Cal Reid' }).first().waitFor()
  await screenshot(page, 'my-work-team')
  await page.getByRole('link', { name: 'Drift' }).click()
  await page.waitForURL(/of=drift/)
  expect(await page.textContent('table')).toContain('On a child protection plan for 17 months')
  await expectAccessible(page)
  await screenshot(page, 'drift')
  await page.context().close()
})

test('a manager sees what closing a case would end', async () => {
  const page = await open(`/children/${helped}/close`, 'manager')
  await expectAccessible(page)
  await screenshot(page, 'close-case')
  await page.getByRole('button', { name: 'Close the case' }).click()
  await page.getByText('Choose why the case closes').first().waitFor()
  await expectAccessible(page)
  await page.context().close()
})

test.each(['phone', 'zoomed'] as const)('on a %s nothing scrolls sideways', async (screen) => {
  for (const [path, who] of [
    ['/my-work', 'worker'],
    ['/my-work', 'manager'],
    ['/my-work?of=drift', 'manager'],
    [`/children/${child}`, 'worker'],
    [`/children/${helped}/close`, 'manager'],
  ] as const) {
    const page = await open(path, who, screen)
    await expectNoSidewaysScroll(page)
    await page.context().close()
  }
})
