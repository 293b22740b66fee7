import type { GivenLists } from '../../src/returns/rules/reference/lists.ts'
import {
  noGrid,
  type PostcodeTable,
  placeOf,
  postcodeKey,
} from '../../src/returns/rules/reference/postcodes.ts'
import { Chance } from './chance.ts'

/** Invented places: where children come from and where they live, the same for every return. */

/** The authority that makes the return. */
export const authority = 'E10000030'
const neighbours = ['E10000014', 'E10000011', 'E10000002', 'E09000029']

/** Where a child is placed, as an episode tells it. */
export interface Place {
  PLACE: string
  PLACE_PROVIDER: string | undefined
  URN: string | undefined
  PL_POST: string
}

interface Spot {
  postcode: string
  authority: string
}

const chance = new Chance(903, 0)

/** Number 17 of area RH is RH1 7AA. */
const spots = (area: string, of: readonly string[], howMany: number): Spot[] =>
  Array.from({ length: howMany }, (_, i) => ({
    postcode: `${area}${1 + Math.floor(i / 200)} ${i % 10}${letter(i / 10)}${letter(i / 100)}`,
    authority: of[i % of.length]!,
  }))

const letter = (n: number) => 'ABDEFGHJLNPQRSTUWXYZ'[Math.floor(n) % 20]!

const near = spots('RH', [authority], 1200)
const far = spots('PO', neighbours, 800)

/** Postcodes of families. Nobody is placed there but with parents. */
const homes = [...near.slice(0, 600), ...far.slice(0, 100)].map(({ postcode }) => postcode)
const carersNear = near.slice(600, 1100)
const carersFar = far.slice(100, 600)

interface Provider {
  urn: string
  places: readonly string[]
  provider: string
  spot: Spot
}

const provider = (number: number, places: string, kind: string, spot: Spot): Provider => ({
  urn: `SC${400_000 + number}`,
  places: places.split(' '),
  ...{ provider: kind, spot },
})

const fostering = [
  provider(0, 'U1 U3 U4 U6', 'PR1', near[1100]!),
  ...Array.from({ length: 40 }, (_, i) =>
    provider(1 + i, 'U4 U6', i % 3 === 0 ? 'PR5' : 'PR4', far[600 + i]!),
  ),
]
const childrensHomes = Array.from({ length: 120 }, (_, i) =>
  i < 20
    ? provider(100 + i, 'K2', 'PR1', near[1101 + i]!)
    : provider(100 + i, 'K2', 'PR4', i < 70 ? near[1101 + i]! : far[650 + i - 70]!),
)
const supported = Array.from({ length: 60 }, (_, i) => provider(300 + i, 'K3', 'PR4', far[720 + i]!))

export const homePostcode = (chance: Chance): string => chance.one(homes)

/** A family that fosters: the authority's own, or an agency's. */
export function fosterPlace(chance: Chance): Place {
  const agency = chance.percent(65) ? fostering[0]! : chance.one(fostering)
  const spot = chance.one(agency.provider === 'PR1' ? carersNear : carersFar)
  return {
    PLACE: chance.one(agency.places),
    ...{ PLACE_PROVIDER: agency.provider, URN: agency.urn, PL_POST: spot.postcode },
  }
}

const home = (chance: Chance, among: readonly Provider[]): Place => {
  const { places, provider: PLACE_PROVIDER, urn: URN, spot } = chance.one(among)
  return { PLACE: places[0]!, PLACE_PROVIDER, URN, PL_POST: spot.postcode }
}

export const childrensHome = (chance: Chance): Place => home(chance, childrensHomes)
export const supportedHome = (chance: Chance): Place => home(chance, supported)

/** With parents, where the child comes from. */
export const withParents = (postcode: string): Place => ({
  PLACE: 'P1',
  ...{ PLACE_PROVIDER: 'PR0', URN: undefined, PL_POST: postcode },
})

/** With adopters who were not the carers before, under a placement order. */
export const withAdopters = (chance: Chance): Place => ({
  PLACE: 'A6',
  ...{ PLACE_PROVIDER: 'PR5', URN: 'XXXXXXX', PL_POST: chance.one(carersFar).postcode },
})

/** In hospital for a while. */
export const inHospital = (chance: Chance): Place => ({
  PLACE: 'T1',
  ...{ PLACE_PROVIDER: undefined, URN: undefined, PL_POST: chance.one(carersNear).postcode },
})

/** The lists that a check may be given, of these places. */
export function listsOfPlaces(): Required<GivenLists> {
  const all = [...near, ...far]
  const size = all.length * 2
  const authorities = [authority, ...neighbours]
  const table: PostcodeTable = {
    keys: new Float64Array(new SharedArrayBuffer(size * 8)),
    east: new Int32Array(new SharedArrayBuffer(size * 4)).fill(noGrid),
    north: new Int32Array(new SharedArrayBuffer(size * 4)).fill(noGrid),
    authority: new Uint16Array(new SharedArrayBuffer(size * 2)),
    authorities,
  }
  for (const { postcode, authority: of } of all) {
    const key = postcodeKey(postcode)
    const place = placeOf(table.keys, key)
    table.keys[place] = key
    table.east[place] = 500_000 + chance.int(0, 80_000)
    table.north[place] = 110_000 + chance.int(0, 80_000)
    table.authority[place] = authorities.indexOf(of) + 1
  }
  const providers = [...fostering, ...childrensHomes, ...supported].map(
    ({ urn, places, provider, spot }) => ({
      urn,
      placementCodes: places.join(),
      providerCodes: provider,
      registrationEnd: undefined,
      postcode: spot.postcode,
    }),
  )
  return { authority, postcodes: table, providers }
}
