import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { day } from '../calendar.ts'
import { Postcodes } from './postcodes.ts'
import { ProviderList } from './providers.ts'
import { readPostcodes } from './read-postcodes.ts'
import { providersIn, readProviders } from './read-providers.ts'

const folder = mkdtempSync(join(tmpdir(), 'cairn-lists-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe('postcodes', () => {
  const directory = file(
    'onspd.csv',
    [
      'pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,oseast1m,osnrth1m',
      '"AB1 2CD","AB1  2CD","AB1 2CD","198001","","E99999999","","E09000002","","0","0"',
      'EF3 4GH,EF3  4GH,EF3 4GH,198001,199606,E10000012,,E07000066,,3000,4000',
      'SC1 1AA,SC1  1AA,SC1 1AA,198001,,S99999999,,S12000033,,3000,4000',
      'JE1 1AA,JE1  1AA,JE1 1AA,198001,,L99999999,,L99999999,,,',
    ].join('\r\n'),
  )
  const postcodes = new Postcodes(readPostcodes(directory))

  test('are found whatever their spaces and letters, in use or not', () => {
    expect(['ab12cd', 'EF3 4GH', 'AB1 2CE', '', undefined].map((code) => postcodes.has(code))).toEqual([
      ...[true, true, false, false, false],
    ])
  })

  test('lie in an upper-tier authority, or in another country', () => {
    expect(
      ['AB1 2CD', 'EF3 4GH', 'SC1 1AA', 'JE1 1AA', 'ZZ9 9ZZ'].map((code) => postcodes.authority(code)),
    ).toEqual([...['E09000002', 'E10000012', 'SCO', undefined, undefined]])
  })

  test('are so many miles apart, where both are on the grid', () => {
    expect(postcodes.miles('AB1 2CD', 'EF3 4GH')).toBe(3.1)
    expect(postcodes.miles('AB1 2CD', 'JE1 1AA')).toBeUndefined()
    expect(postcodes.miles('AB1 2CD', 'ZZ9 9ZZ')).toBeUndefined()
  })

  test('the lookup of authorities goes before the counties of the list', () => {
    const lookup = file('lookup.csv', 'LTLA23CD,LTLA23NM,UTLA23CD,UTLA23NM\nE07000066,Old,E06000099,New\n')
    expect(new Postcodes(readPostcodes(directory, lookup)).authority('EF3 4GH')).toBe('E06000099')
  })

  test('newer names of columns, and what is no such list', () => {
    const newer = file(
      'nspl.csv',
      'pcd7,pcd8,pcds,lad25cd,east1m,north1m\nAB12CD,AB1 2CD,AB1 2CD,E06000001,1,2\n',
    )
    expect(new Postcodes(readPostcodes(newer)).authority('AB1 2CD')).toBe('E06000001')
    expect(() => readPostcodes(file('x.csv', 'a,b\n1,2\n'))).toThrow('x.csv: has no column for postcode')
    expect(() => readPostcodes(join(folder, 'none.csv'))).toThrow('there is no such file')
  })
})

describe('providers', () => {
  test('of the list of children’s homes: the provider’s code is the placement’s', () => {
    const [home] = providersIn([
      {
        name: 'Provider information',
        rows: [
          ['Printed 1 May'],
          [
            'URN',
            'Local Authority',
            'Provider Code',
            'Provider Placement Code',
            'Closed Date',
            'Setting Postcode',
          ],
          ['SC123456', 'X', 'K2, R1', 'PR4/PR5', '45413', 'ab1 2cd'],
        ],
      },
    ])
    const found = new ProviderList([home!]).find('SC123456')!
    expect([...found.placementCodes, ...found.providerCodes]).toEqual(['K2', 'R1', 'PR4', 'PR5'])
    expect([found.registrationEnd, found.postcode]).toEqual([day('2024-05-01'), 'AB12CD'])
  })

  test('of its older form, the postcodes on a sheet of their own', () => {
    const [home] = providersIn([
      {
        name: 'Settings and Inspection Info',
        rows: [
          ['URN', 'Provider Code', 'Provider Placement Code'],
          ['1234567', 'K1', 'PR1'],
        ],
      },
      {
        name: 'Address Details',
        rows: [
          ['URN', 'Setting Address Postcode'],
          ['1234567', 'EF3 4GH'],
        ],
      },
    ])
    expect(new ProviderList([home!]).find('1234567')!.postcode).toBe('EF34GH')
  })

  test('of the combined list: supported accommodation is K3, and PR4 when nothing else is said', () => {
    const sheets = [
      {
        name: 'Providers',
        rows: [
          ['urn', 'Placement code', 'Placement provider code', 'Deregistration date'],
          ['1', 'U1', 'PR3', '-'],
        ],
      },
      {
        name: 'SA Providers',
        rows: [
          ['URN', 'Placement provider code', 'Closed date'],
          ['2', '', '01/05/2024'],
        ],
      },
    ]
    const list = new ProviderList(providersIn(sheets))
    expect([...list.find('1')!.placementCodes, list.find('1')!.registrationEnd]).toEqual(['U1', undefined])
    expect([
      ...list.find('2')!.placementCodes,
      ...list.find('2')!.providerCodes,
      list.find('2')!.registrationEnd,
    ]).toEqual([...['K3', 'PR4', day('2024-05-01')]])
    expect(list.find(undefined)).toBeUndefined()
  })

  test('from a workbook; and what is none', async () => {
    const path = join(folder, 'list.xlsx')
    await writeExcelFile(
      [
        ['URN', 'Placement code'],
        ['SC1', 'K2'],
      ],
      {},
    ).toFile(path)
    expect(readProviders([path]).map(({ urn, placementCodes }) => [urn, placementCodes])).toEqual([
      ['SC1', 'K2'],
    ])
    await writeExcelFile([['Name'], ['x']], {}).toFile(path)
    expect(() => readProviders([path])).toThrow('list.xlsx: no sheet here has the columns')
    expect(() => readProviders([file('no.xlsx', 'PK')])).toThrow('no.xlsx: is no workbook')
  })
})
