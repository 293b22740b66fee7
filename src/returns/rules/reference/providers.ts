import type { Provider, Providers } from '../reference.ts'
import { codes, type Day, postcode, type Text } from '../words.ts'

/** One provider as it stands in Ofsted's list. */
export interface ProviderEntry {
  urn: string
  /** Codes parted by commas. */
  placementCodes: string
  /** Codes parted by commas or slashes. */
  providerCodes: string
  registrationEnd: Day | undefined
  postcode: Text
}

/** Ofsted's list, to be asked by URN. A URN that stands in it twice counts as its last. */
export class ProviderList implements Providers {
  readonly #byUrn: Map<string, Provider>

  constructor(entries: readonly ProviderEntry[]) {
    this.#byUrn = new Map(
      entries.map((entry) => [
        entry.urn,
        {
          placementCodes: codes(entry.placementCodes.toUpperCase().replaceAll(',', ' ')),
          providerCodes: codes(entry.providerCodes.toUpperCase().replaceAll(/[,/]/g, ' ')),
          registrationEnd: entry.registrationEnd as Day,
          postcode: postcode(entry.postcode),
        },
      ]),
    )
  }

  find(urn: Text): Provider | undefined {
    return urn === undefined ? undefined : this.#byUrn.get(urn)
  }
}
