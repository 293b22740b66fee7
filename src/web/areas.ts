import { menu as accessMenu } from '../access/menu.ts'
import { pages as accessPages } from '../access/pages.ts'
import { paths as accessPaths } from '../access/paths.ts'
import type { Area } from './area.ts'

/**
 * Every area with pages, in the order of the menu. An area exports `pages` (its routes) from pages.ts and `paths` from
 * paths.ts; add one line here. This list is the one place where web looks up at the areas.
 */
export const areas: readonly Area[] = [
  { name: 'access', pages: accessPages, paths: accessPaths, menu: accessMenu },
]
