import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Screen, screens } from './browser.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/**
 * axe-core finds nothing against WCAG 2.2 AA or good practice on the page from its top: scrolled, some link always lies
 * half beneath the bar that stays. Run through the browser's own
 * debugger, so the page's security policy stays as strict as it is.
 */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  await page.evaluate('scrollTo({ top: 0, behavior: "instant" })')
  // Only what is wrong is gathered and brought over: all that is right would take longer than looking for it.
  const violations = (await page.evaluate(`axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  }).then(({ violations }) => violations)`)) as Violation[]
  const said = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${String(node.target)}\n  ${node.failureSummary ?? ''}`),
  )
  expect(said, `accessibility of ${page.url()}, ${page.viewportSize()?.width} wide`).toEqual([])
}

/** How a page is looked at: on which screen, and whether in the dark. */
export type Look = readonly [screen: Screen, dark?: boolean]

/**
 * Loads a page as each of these sees it, all in one window: axe finds nothing, and nothing sticks out. A window for each
 * would take longer than the looking.
 */
export async function expectLooksRight(page: Page, path: string, looks: readonly Look[]): Promise<void> {
  for (const [screen, dark = false] of looks) {
    await page.setViewportSize(screens[screen])
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await page.goto(path)
    await page.waitForSelector('html.has-scripts')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
  }
}

/** Nothing sticks out to the right: the page never scrolls sideways (WCAG 1.4.10), though a wide table inside may. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const widths = (await page.evaluate(
    '({ page: document.documentElement.scrollWidth, window: window.innerWidth })',
  )) as { page: number; window: number }
  expect(widths.page, `width of ${page.url()}`).toBeLessThanOrEqual(widths.window)
}

/**
 * Walks the page with Tab until `wanted` (words of a link, button or label) has the focus, and says every stop on the
 * way. Fails when it cannot be reached or when a stop shows no focus.
 */
export async function tabTo(page: Page, wanted: string, most = 200): Promise<string[]> {
  const stops: string[] = []
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab')
    const stop = (await page.evaluate(`(() => {
      const element = document.activeElement
      if (!element || element === document.body) return { name: '', seen: true }
      const label = element.labels?.[0]?.textContent
      const name = (element.getAttribute('aria-label') || label || element.textContent || '').trim().replace(/\\s+/g, ' ')
      const style = getComputedStyle(element)
      const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none' ||
        (label && getComputedStyle(element.nextElementSibling ?? element, '::before').outlineStyle !== 'none')
      return { name, seen: Boolean(seen) }
    })()`)) as { name: string; seen: boolean }
    expect(stop.seen, `focus is seen on '${stop.name}'`).toBe(true)
    stops.push(stop.name)
    if (stop.name.includes(wanted)) return stops
  }
  throw new Error(`'${wanted}' cannot be reached with Tab; the stops were ${stops.join(' | ')}`)
}
