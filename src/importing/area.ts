import type { Area } from '../web/area.ts'
import { menu } from './menu.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Imports, and what the record could not accept. */
export const importing: Area = { name: 'importing', pages, paths, menu }
