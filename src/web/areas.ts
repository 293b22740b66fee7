import { access } from '../access/area.ts'
import { adoption } from '../adoption/area.ts'
import { assessment } from '../assessment/area.ts'
import { audit } from '../audit/area.ts'
import { casework } from '../casework/area.ts'
import { letters } from '../casework/letters/area.ts'
import { childInNeed } from '../child-in-need/area.ts'
import { childProtection } from '../child-protection/area.ts'
import { demonstration } from '../demonstration/area.ts'
import { forms } from '../forms/area.ts'
import { frontDoor } from '../front-door/area.ts'
import { governance } from '../governance/area.ts'
import { importing } from '../importing/area.ts'
import { leavingCare } from '../leaving-care/area.ts'
import { lookedAfter } from '../looked-after/area.ts'
import { notices } from '../notices/area.ts'
import { people } from '../people/area.ts'
import { returns } from '../returns/area.ts'
import { checking } from '../returns/checking/area.ts'
import { rights } from '../rights/area.ts'
import { cpIs } from '../sharing/cp-is/area.ts'
import { outbox } from '../sharing/outbox/area.ts'
import { team } from '../team/area.ts'
import type { Area } from './area.ts'

/**
 * Every area with pages, in the order of the menu. An area exports `pages` (its routes) from pages.ts and `paths` from
 * paths.ts; add one line here. This list is the one place where web looks up at the areas.
 */
export const areas: readonly Area[] = [
  access,
  people,
  casework,
  letters,
  team,
  notices,
  forms,
  frontDoor,
  assessment,
  childInNeed,
  childProtection,
  lookedAfter,
  adoption,
  leavingCare,
  importing,
  returns,
  checking,
  outbox,
  cpIs,
  audit,
  governance,
  rights,
  demonstration,
]
