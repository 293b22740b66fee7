import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

/** Without a window to draw around every page it takes a quarter of the time, so it comes first. */
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** Where this machine has a Chromium, or undefined; `CAIRN_CHROMIUM` names another. */
export const chromiumPath = (): string | undefined =>
  [process.env.CAIRN_CHROMIUM, ...places].find((path) => path !== undefined && existsSync(path))

/** One browser for a test file; close it at the end. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (!executablePath) {
    throw new Error(
      'The browser tests need Chromium: install the package chromium, or set CAIRN_CHROMIUM to its path',
    )
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
    ],
  })
}

export const screens = {
  /** The laptop most workers have. */
  desktop: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
  /** What a 1280-wide window shows at 400 % zoom. */
  zoomed: { width: 320, height: 256 },
} as const

export type Screen = keyof typeof screens

/** What Playwright's own test runner keeps one context with; only its types leave it out. */
interface Reusing {
  _newContextForReuse?(options: BrowserContextOptions): Promise<BrowserContext>
  _disconnectFromReusedContext?(why: string): Promise<void>
}

/** Browsers whose kept window is in use. */
const taken = new WeakSet<Browser>()

/**
 * A browser window that notes whatever the security policy stopped and whatever a script threw. Close its context when
 * the test is done: the next window of this browser is then the same one, with cookies, storage, clock and listeners as
 * new, which takes a third of the time.
 */
export async function openWindow(
  browser: Browser,
  options: { screen?: Screen; dark?: boolean; scripts?: boolean; baseURL?: string } = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { screen = 'desktop', dark = false, scripts = true } = options
  const context = await contextOf(browser, {
    viewport: screens[screen],
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    // As sharp as a phone's screen: four times the painting, which only a picture shows.
    deviceScaleFactor: screen === 'phone' && process.env.SCREENSHOTS === '1' ? 2 : 1,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...(options.baseURL ? { baseURL: options.baseURL } : {}),
  })
  // Less than a test has (vitest.config.ts), and enough for a machine with other work.
  context.setDefaultTimeout(90_000)
  const page = context.pages()[0] ?? (await context.newPage())
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
  return { page, context, complaints }
}

/** The browser's kept context, made as new; another one when that is in use, or for a page without scripts. */
async function contextOf(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const reusing = browser as Browser & Reusing
  if (!options.javaScriptEnabled || taken.has(browser) || !reusing._newContextForReuse)
    return browser.newContext(options)
  taken.add(browser)
  const context = await reusing._newContextForReuse(options)
  context.close = async () => {
    // What the page still asks for, or would later, ends with it; nobody who listened counts that as a page.
    for (const page of context.pages()) {
      page.removeAllListeners()
      await page.goto('about:blank').catch(() => undefined)
    }
    await reusing._disconnectFromReusedContext!('its test is over')
    taken.delete(browser)
  }
  return context
}
