import { expect, test } from 'vitest'
import { day } from '../calendar.ts'
import { type ProviderEntry, ProviderList } from './providers.ts'

const entry = (facts: Partial<ProviderEntry>): ProviderEntry => ({
  urn: 'SC111111',
  placementCodes: '',
  providerCodes: '',
  registrationEnd: undefined,
  postcode: undefined,
  ...facts,
})
const found = (...entries: Partial<ProviderEntry>[]) => new ProviderList(entries.map(entry)).find('SC111111')

test('codes are parted by commas, those of providers by slashes too', () => {
  const provider = found({ placementCodes: 'k1, K2', providerCodes: 'PR4/PR5,PR1', postcode: 'aa1 1aa' })
  expect([...provider!.placementCodes]).toEqual(['K1', 'K2'])
  expect([...provider!.providerCodes]).toEqual(['PR4', 'PR5', 'PR1'])
  expect(provider!.postcode).toBe('AA11AA')
})

test('all rows of a URN count', () => {
  const provider = found(
    { placementCodes: 'K1', providerCodes: 'PR1', postcode: 'AA1 1AA' },
    { placementCodes: 'K2', providerCodes: 'PR4' },
  )
  expect([...provider!.placementCodes]).toEqual(['K1', 'K2'])
  expect([...provider!.providerCodes]).toEqual(['PR1', 'PR4'])
  expect(provider!.postcode).toBe('AA11AA')
})

test('the registration ends with the last of its rows, and one that is open keeps it open', () => {
  const [sooner, later] = [day('2025-06-10'), day('2025-09-01')]
  expect(found({ registrationEnd: later }, { registrationEnd: sooner })!.registrationEnd).toBe(later)
  expect(found({ registrationEnd: sooner }, {})!.registrationEnd).toBeUndefined()
  expect(found({}, { registrationEnd: sooner })!.registrationEnd).toBeUndefined()
})

test('no such URN', () => {
  const list = new ProviderList([entry({})])
  expect([list.find('SC999999'), list.find(undefined)]).toEqual([undefined, undefined])
})
