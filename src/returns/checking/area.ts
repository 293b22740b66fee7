import type { Area } from '../../web/area.ts'
import { menu } from './menu.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Checks of uploaded returns, and of the record itself. */
export const checking: Area = { name: 'checking', pages, paths, menu }
