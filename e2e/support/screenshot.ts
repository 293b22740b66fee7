import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Screen, screens } from './browser.ts'

const folder = join(import.meta.dirname, '../../docs/screenshots')

/**
 * With SCREENSHOTS=1 writes `docs/screenshots/<name>-desktop.png` and `-phone.png` of the page as it stands; otherwise
 * does nothing. Pictures for the README and the documents.
 */
export async function screenshot(page: Page, name: string, only?: Screen): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize()
  for (const screen of only ? [only] : (['desktop', 'phone'] as const)) {
    await page.setViewportSize(screens[screen])
    await page.screenshot({ path: join(folder, `${name}-${screen}.png`), animations: 'disabled' })
  }
  if (before) await page.setViewportSize(before)
}
