import type { Given } from '../collection.ts'
import { Postcodes, type PostcodeTable } from './postcodes.ts'
import { type ProviderEntry, ProviderList } from './providers.ts'

/** Reference lists as they were read, in a form that can be sent to a thread. */
export interface GivenLists {
  authority?: string | undefined
  postcodes?: PostcodeTable | undefined
  providers?: ProviderEntry[] | undefined
}

/** Makes of what was read what rules ask. */
export const openLists = ({ authority, postcodes, providers }: GivenLists): Given => ({
  ...(authority === undefined ? {} : { authority }),
  ...(postcodes === undefined ? {} : { postcodes: new Postcodes(postcodes) }),
  ...(providers === undefined ? {} : { providers: new ProviderList(providers) }),
})
