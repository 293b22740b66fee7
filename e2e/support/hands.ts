import type { Locator, Page } from 'playwright-core'

/** What a task cost, as docs/recording-time.md tells it. */
export interface Cost {
  readonly actions: number
  readonly pages: number
  readonly keyedAgain: number
  readonly keystrokes: number
  readonly clicks: number
  /** By the keystroke-level model, without the free text and without waiting for the service. */
  readonly seconds: number
}

/** Seconds of the keystroke-level model (Card, Moran and Newell 1983): an average typist, a mouse, nothing but routine. */
const operator = { key: 0.2, point: 1.1, home: 0.4, think: 1.35 } as const

/**
 * A worker's hands in a real browser, which count what they do: every key, every press of the mouse, every page. An
 * action is what is decided at once: a press of the mouse, a shortcut, a run of keys such as three times Tab and a
 * space, the text of one field. Each begins with one mental preparation (M), and keys within it have none.
 */
export class Hands {
  #actions = 0
  #keys = 0
  #clicks = 0
  #moves = 0
  #loads = 0
  #keyedAgain = 0
  // A task begins with the hands on the keyboard.
  #at: 'keyboard' | 'mouse' = 'keyboard'
  readonly page: Page
  readonly #onRecord: readonly string[]

  /** @param onRecord what the record says already of those the task is about: keyed once more, it counts as keyed again */
  constructor(page: Page, onRecord: readonly string[] = []) {
    this.page = page
    this.#onRecord = onRecord.map(plain)
    page.on('domcontentloaded', () => {
      this.#loads += 1
    })
  }

  /** Keys pressed one after another without a decision between them; `Control+Enter` is two. */
  async keys(...keys: string[]): Promise<void> {
    this.#act('keyboard')
    for (const key of keys) {
      this.#keys += key.split('+').length
      await this.page.keyboard.press(key)
    }
  }

  /** Tab, as often as it takes to reach a field, and perhaps a key there. */
  async tabTo(field: string, then?: string): Promise<void> {
    this.#act('keyboard')
    for (let n = 0; !(await this.#isIn(field)); n += 1) {
      if (n > 40) throw new Error(`Tab does not reach ${field}`)
      this.#keys += 1
      await this.page.keyboard.press('Tab')
    }
    if (!then) return
    this.#keys += then.split('+').length
    await this.page.keyboard.press(then)
  }

  /** A fact, typed into the field that has the focus. */
  async type(text: string): Promise<void> {
    this.#act('keyboard')
    this.#keys += text.length
    if (this.#onRecord.includes(plain(text))) this.#keyedAgain += 1
    await this.page.keyboard.type(text)
  }

  /** What is typed to find somebody: keystrokes, and no fact. */
  async lookFor(text: string): Promise<void> {
    this.#act('keyboard')
    this.#keys += text.length
    await this.page.keyboard.type(text)
  }

  /** The worker's own words, which nobody can spare them: not counted. */
  async words(text: string): Promise<void> {
    if (this.#at === 'mouse') this.#moves += 1
    this.#at = 'keyboard'
    await this.page.keyboard.type(text)
  }

  async click(where: Locator | string): Promise<void> {
    this.#act('mouse')
    this.#clicks += 1
    await (typeof where === 'string' ? this.page.locator(where) : where).first().click()
  }

  /** A choice from a list: a click opens it, the first letters choose, Enter closes. */
  async choose(field: string, letters: string, chosen: string): Promise<void> {
    this.#act('mouse')
    this.#clicks += 1
    await this.page.locator(field).focus()
    this.#act('keyboard')
    this.#keys += letters.length + 1
    await this.page.keyboard.type(letters)
    const now = await this.page.locator(`${field} option:checked`).textContent()
    if (now?.trim() !== chosen) throw new Error(`${letters} chose ${now} in ${field}`)
  }

  /** The pages between the one where the task began and the one that shows it done, and everything else. */
  cost(): Cost {
    const { key, point, home, think } = operator
    const presses = this.#keys + this.#clicks
    const seconds = presses * key + this.#clicks * point + this.#moves * home + this.#actions * think
    return {
      actions: this.#actions,
      pages: Math.max(0, this.#loads - 1),
      keyedAgain: this.#keyedAgain,
      keystrokes: this.#keys,
      clicks: this.#clicks,
      seconds: Math.round(seconds),
    }
  }

  #act(at: 'keyboard' | 'mouse'): void {
    this.#actions += 1
    if (this.#at !== at) this.#moves += 1
    this.#at = at
  }

  #isIn(field: string): Promise<boolean> {
    return this.page.evaluate(`document.activeElement?.matches(${JSON.stringify(field)}) ?? false`)
  }
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')
