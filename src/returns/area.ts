import type { Area } from '../web/area.ts'
import { menu } from './menu.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'

/** Statutory returns made from the record. */
export const returns: Area = { name: 'returns', pages, paths, menu }
