import { cpIs } from './cp-is/partner.ts'
import type { Partner } from './outbox/partner.ts'

/** Everyone outside who is told things by the outbox. */
export const partners: readonly Partner[] = [cpIs]
