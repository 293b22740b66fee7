import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const places = [
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

/** A browser window that notes whatever the security policy stopped and whatever a script threw. */
export async function openWindow(
  browser: Browser,
  options: { screen?: Screen; dark?: boolean; scripts?: boolean; baseURL?: string } = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const { screen = 'desktop', dark = false, scripts = true } = options
  const context = await browser.newContext({
    viewport: screens[screen],
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    deviceScaleFactor: screen === 'phone' ? 2 : 1,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...(options.baseURL ? { baseURL: options.baseURL } : {}),
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
  return { page, context, complaints }
}
