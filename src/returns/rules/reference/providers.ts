import type { Provider, Providers } from '../reference.ts'
import { codes, type Day, isDate, postcode, type Text } from '../words.ts'

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

/**
 * Ofsted's list, to be asked by URN. Of a URN that stands in it several times all codes count, and its registration
 * ends with the last of them: it is enough that one of its rows agrees with the return.
 */
export class ProviderList implements Providers {
  readonly #byUrn = new Map<string, Provider>()

  constructor(entries: readonly ProviderEntry[]) {
    for (const entry of entries) {
      const before = this.#byUrn.get(entry.urn)
      const provider = providerOf(entry)
      this.#byUrn.set(entry.urn, before === undefined ? provider : together(before, provider))
    }
  }

  find(urn: Text): Provider | undefined {
    return urn === undefined ? undefined : this.#byUrn.get(urn)
  }
}

const providerOf = (entry: ProviderEntry): Provider => ({
  placementCodes: codes(entry.placementCodes.toUpperCase().replaceAll(',', ' ')),
  providerCodes: codes(entry.providerCodes.toUpperCase().replaceAll(/[,/]/g, ' ')),
  registrationEnd: entry.registrationEnd as Day,
  postcode: postcode(entry.postcode),
})

const together = (one: Provider, other: Provider): Provider => ({
  placementCodes: new Set([...one.placementCodes, ...other.placementCodes]),
  providerCodes: new Set([...one.providerCodes, ...other.providerCodes]),
  registrationEnd: laterEnd(one.registrationEnd, other.registrationEnd),
  postcode: other.postcode ?? one.postcode,
})

/** A registration without an end is the latest to end. */
const laterEnd = (one: Day, other: Day): Day =>
  isDate(one) && isDate(other) ? Math.max(one, other) : (undefined as never)
