import type { Day, Text } from './words.ts'

/** Lists that a check may be given. Rules that need one which is not there are listed as not run. */

/** The national list of postcodes with their places on the ground and their authorities. */
export interface Postcodes {
  /** Whether the list has it, in use or not. Spaces and letter case do not matter; a blank is not in it. */
  has(postcode: Text): boolean
  /**
   * The upper-tier authority in which it lies: nine characters for England; SCO, NIR or WAL; blank when the
   * postcode is blank or not in the list.
   */
  authority(postcode: Text): Text
  /** Miles in a straight line, to one decimal place; blank when either is blank or not in the list. */
  miles(one: Text, other: Text): number
}

/** A home or agency on Ofsted's list. */
export interface Provider {
  placementCodes: ReadonlySet<Text>
  providerCodes: ReadonlySet<Text>
  /** When its registration ended; blank when it has not. */
  registrationEnd: Day
  /** Capitals, no spaces. */
  postcode: Text
}

/** Ofsted's list of providers. */
export interface Providers {
  find(urn: Text): Provider | undefined
}

/** Where a postcode lies: metres of the national grid. */
export interface Spot {
  east: number
  north: number
}

/** Miles in a straight line between two places on the grid, to one decimal place, as the DfE works them out. */
export const milesBetween = (one: Spot, other: Spot): number =>
  Math.round((Math.hypot(one.east - other.east, one.north - other.north) / 1000 / 1.6093) * 10) / 10
