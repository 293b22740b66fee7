import type { GivenLists } from '../rules/reference/lists.ts'
import type { ReturnName } from '../rules/registered.ts'
import { type ShownChild, shownChildren } from './shown-rows.ts'

/** Where reference lists lie. */
export interface ListFiles {
  providers: string[]
  postcodes: string[]
  authorities: string[]
}

export interface RowsWanted {
  return: ReturnName
  files: string[]
  children: Set<string>
}

/** What a check for a page has done on a thread of its own, so that pages are answered meanwhile. */
export class AsideWork {
  #children: Generator<ShownChild[]> | undefined

  /** @throws UnusableInput when a list is none */
  async readLists({ providers, postcodes, authorities }: ListFiles): Promise<GivenLists> {
    const lists: GivenLists = {}
    if (providers.length > 0) {
      const { readProviders } = await import('../rules/reference/read-providers.ts')
      lists.providers = readProviders(providers)
    }
    if (postcodes.length > 0) {
      const { readPostcodes } = await import('../rules/reference/read-postcodes.ts')
      lists.postcodes = readPostcodes(postcodes[0]!, authorities[0])
    }
    return lists
  }

  /** Begins to read the rows of some children. */
  wanted({ return: of, files, children }: RowsWanted): void {
    this.#children = shownChildren(of, files, children)
  }

  /** @returns the next children that are wanted; null when there are no more */
  next(): ShownChild[] | null {
    const some: ShownChild[] = []
    for (;;) {
      const { value, done } = this.#children!.next()
      if (done) return some.length > 0 ? some : null
      some.push(...(value as ShownChild[]))
      if (some.length >= 200) return some
    }
  }
}
