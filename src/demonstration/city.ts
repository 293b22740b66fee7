import type { Chance } from './chance.ts'

/** Fellby in Fellshire, a northern city that is on no map: its wards, each with a postcode district and its streets. */
export const authorityName = 'Fellshire'

interface Ward {
  readonly name: string
  readonly district: string
  readonly streets: readonly string[]
  /** How many of the families that this service knows live here: need is not spread evenly. */
  readonly share: number
}

const streets = (text: string) => text.split(', ')

export const wards: readonly Ward[] = [
  {
    name: 'Tannery Bank',
    district: 'FX1',
    share: 18,
    streets: streets('Tannery Street, Mill Bank, Weavers Court, Bobbin Row, Carding Street, Dyehouse Lane'),
  },
  {
    name: 'Ings',
    district: 'FX2',
    share: 22,
    streets: streets('Ings Road, Beck Row, Osier Close, Heron Walk, Sluice Lane, Watermead Drive, Goit Side'),
  },
  {
    name: 'Moorside',
    district: 'FX3',
    share: 20,
    streets: streets(
      'Moorside Avenue, Curlew Crescent, Plover Way, Bilberry Road, Cotton Grass Lane, Tarn View',
    ),
  },
  {
    name: 'Cathedral',
    district: 'FX4',
    share: 10,
    streets: streets('Minster Yard, Chapel Fold, Deans Garth, Lych Street, Bell Lane, Almshouse Row'),
  },
  {
    name: 'Station Quarter',
    district: 'FX5',
    share: 12,
    streets: streets('Station Parade, Signal Street, Goods Yard Road, Viaduct View, Platelayers Terrace'),
  },
  {
    name: 'Quarry Edge',
    district: 'FX6',
    share: 11,
    streets: streets('Quarry Lane, Slate Hill, Masons Rise, Limekiln Road, Gritstone Avenue, Delph Street'),
  },
  {
    name: 'Fell End',
    district: 'FX7',
    share: 7,
    streets: streets('Fell View, Drovers Way, Sheepfold Lane, Ghyll Road, Scree Lane, Far Intake'),
  },
]

const weighted = wards.map((ward) => [ward, ward.share] as const)
const letters = 'ABDEFGHJLNPQRSTUWXYZ'

export interface Place {
  readonly address: string
  readonly postcode: string
}

/** A postcode of a district: each area that begins with FX is free. */
export const postcodeOf = (district: string, n: number): string =>
  `${district} ${1 + (n % 9)}${letters[Math.floor(n / 9) % 20]}${letters[Math.floor(n / 180) % 20]}`

/** A house or a flat in the city. */
export function home(chance: Chance): Place {
  const ward = chance.weighted(weighted)
  const street = chance.whole(0, ward.streets.length - 1)
  const number = chance.happens(0.2)
    ? `Flat ${chance.whole(1, 24)}, ${chance.whole(1, 60)}`
    : String(chance.whole(1, 140))
  return {
    address: `${number} ${ward.streets[street]}, ${ward.name}, Fellby`,
    postcode: postcodeOf(ward.district, street * 41 + chance.whole(0, 40)),
  }
}
