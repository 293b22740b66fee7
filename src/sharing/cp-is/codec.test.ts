import { describe, expect, test } from 'vitest'
import { outcomesOf } from './answers.ts'
import { xmlCodec } from './codec.ts'
import { meshAuthorization } from './mesh-authorization.ts'
import type { CpIsRecord, CpIsUpload, UploadAnswer } from './neutral.ts'
import { accessNotification, inactiveNotification, uploadResponse } from './stand-in/messages.ts'
import { readUpload } from './stand-in/uploads.ts'

const robin: CpIsRecord = {
  subject: {
    kind: 'child',
    nhsNumber: '9990000018',
    localId: '1000123',
    given: 'Robin',
    family: 'Testchild',
    born: '20190304',
  },
  plans: [{ type: 'CPP', start: '202611200900' }],
}
const sam: CpIsRecord = {
  subject: {
    kind: 'child',
    nhsNumber: '9990000026',
    localId: '1000456',
    given: 'Sam',
    family: 'Testchild',
    born: '20120711',
  },
  plans: [{ type: 'LAC', start: '202401150000', end: '202611220000' }],
}
const alex: CpIsRecord = {
  subject: {
    kind: 'mother-of-unborn',
    nhsNumber: '9990000034',
    localId: '1000789',
    given: 'Alex',
    family: 'Testmother',
    born: '19980517',
  },
  plans: [{ type: 'UCP', start: '202611010000', end: '202703150000' }],
}
const upload: CpIsUpload = {
  sequence: 1042,
  createdAt: new Date('2026-11-23T20:30:00Z'),
  sender: {
    odsCode: 'ZZ999',
    name: 'Example Children\u0027s Trust',
    officeHours: '01632960001',
    emergencyDuty: '01632960002',
  },
  records: [robin, sam, alex],
}
const written = (some: Partial<CpIsUpload> = {}) =>
  new TextDecoder().decode(xmlCodec.encodeUpload({ ...upload, ...some }))
const bytes = (text: string) => new TextEncoder().encode(text)

/** The example of the specification (section 4.3), without its comments. */
const golden = `<?xml version="1.0" encoding="UTF-8"?>
<File xmlns="urn:hl7-org:v3" xmlns:npfitlc="NPFIT:HL7:Localisation">
  <creationTime value="20261123203000+0000"/>
  <id extension="1042"/>
  <transmissionQuantity value="3"/>
  <communicationFunctionSnd>
    <organisation>
      <id root="2.16.840.1.113883.2.1.3.2.4.19.1" extension="ZZ999"/>
      <name>Example Children's Trust</name>
      <telecom value="tel:01632960001" use="WP"/>
      <telecom value="tel:01632960002" use="EC"/>
    </organisation>
  </communicationFunctionSnd>
  <record>
    <CP-ISRecord>
      <pertinentInformation>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP146101GB01#CPPInformation"/>
        <COCT_TP146101GB01.CPPInformation>
          <component><cPPStartDate><value value="202611200900"/></cPPStartDate></component>
        </COCT_TP146101GB01.CPPInformation>
      </pertinentInformation>
      <subject>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP145101GB01#Child"/>
        <COCT_TP145101GB01.Child>
          <id root="2.16.840.1.113883.2.1.4.1" extension="9990000018"/>
          <id root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="1000123" assigningAuthorityName="ZZ999:EXAMPLE CHILDREN'S TRUST"/>
          <childPerson>
            <birthTime value="20190304"/>
            <name><given>Robin</given><family>Testchild</family></name>
          </childPerson>
        </COCT_TP145101GB01.Child>
      </subject>
    </CP-ISRecord>
  </record>
  <record>
    <CP-ISRecord>
      <pertinentInformation>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP146100GB01#LACInformation"/>
        <COCT_TP146100GB01.LACInformation>
          <component><lACStartDate><value value="202401150000"/></lACStartDate></component>
          <component1><lACEndDate><value value="202611220000"/></lACEndDate></component1>
        </COCT_TP146100GB01.LACInformation>
      </pertinentInformation>
      <subject>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP145101GB01#Child"/>
        <COCT_TP145101GB01.Child>
          <id root="2.16.840.1.113883.2.1.4.1" extension="9990000026"/>
          <id root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="1000456" assigningAuthorityName="ZZ999:EXAMPLE CHILDREN'S TRUST"/>
          <childPerson>
            <birthTime value="20120711"/>
            <name><given>Sam</given><family>Testchild</family></name>
          </childPerson>
        </COCT_TP145101GB01.Child>
      </subject>
    </CP-ISRecord>
  </record>
  <record>
    <CP-ISRecord>
      <pertinentInformation>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP146102GB01#UCPInformation"/>
        <COCT_TP146102GB01.UCPInformation>
          <component><uCPStartDate><value value="202611010000"/></uCPStartDate></component>
          <component1><uCPEndDate><value value="202703150000"/></uCPEndDate></component1>
        </COCT_TP146102GB01.UCPInformation>
      </pertinentInformation>
      <subject>
        <npfitlc:contentId root="2.16.840.1.113883.2.1.3.2.4.18.16" extension="COCT_TP145100GB01#UnbornChild"/>
        <COCT_TP145100GB01.UnbornChild>
          <parentMotherPerson>
            <birthTime value="19980517"/>
            <name><given>Alex</given><family>Testmother</family></name>
            <playedMother>
              <id root="2.16.840.1.113883.2.1.4.1" extension="9990000034"/>
              <id root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="1000789" assigningAuthorityName="ZZ999:EXAMPLE CHILDREN'S TRUST"/>
            </playedMother>
          </parentMotherPerson>
        </COCT_TP145100GB01.UnbornChild>
      </subject>
    </CP-ISRecord>
  </record>
</File>
`

describe('§16.1: the upload as the specification has it', () => {
  test('its example, byte for byte', () => {
    expect(written()).toBe(golden)
  })

  test('read back by the NHS’s side, it is what was written; names keep every character', () => {
    const odd = {
      ...robin,
      subject: { ...robin.subject, given: 'Zoë <&"', family: 'O’Brien-Ng' },
      plans: [{ ...robin.plans[0]!, end: '202611210000', deleteOn: '202611220000' }],
    }
    const records = [odd, sam, alex]
    expect(readUpload(bytes(written({ records })))).toEqual({
      sequence: '1042',
      authority: {
        code: 'ZZ999',
        name: "Example Children's Trust",
        telephones: ['01632960001', '01632960002'],
      },
      records: records.map(({ subject, plans }) => ({
        subject,
        plans: plans.map((plan) => ({ end: undefined, deleteOn: undefined, ...plan })),
      })),
    })
  })

  test('T11, T12: nothing goes but who, the plan’s type and dates, and whom to ring', () => {
    const names = new Set(
      written()
        .match(/<[\w.:-]+/g)!
        .map((one) => one.slice(1)),
    )
    for (const forbidden of [
      /addr/i,
      /gender/i,
      /reason/i,
      /categ/i,
      /worker/i,
      /legal/i,
      /post/i,
      /ethnic/i,
    ])
      expect([...names].filter((name) => forbidden.test(name))).toEqual([])
  })
})

test.each<[string, Partial<CpIsUpload>]>([
  ['number', { records: [{ ...robin, subject: { ...robin.subject, nhsNumber: '9990000019' } }] }],
  ['name', { records: [{ ...robin, subject: { ...robin.subject, given: ' ' } }] }],
  ['birth', { records: [{ ...robin, subject: { ...robin.subject, born: '2019-03-04' } }] }],
  [
    'ends before',
    { records: [{ ...robin, plans: [{ type: 'CPP', start: '202611200900', end: '202611190900' }] }] },
  ],
  ['twice', { records: [robin, robin] }],
  ['contradict', { records: [{ ...robin, plans: alex.plans }] }],
  ['no end', { records: [{ ...alex, plans: [{ type: 'UCP', start: '202611010000' }] }] }],
  ['day and minute', { records: [{ ...robin, plans: [{ type: 'CPP', start: '20261120' }] }] }],
  [
    'more than three',
    {
      records: [
        { ...robin, plans: [1, 2, 3, 4].map((n) => ({ type: 'CPP' as const, start: `20261120090${n}` })) },
      ],
    },
  ],
  ['no record', { records: [] }],
  ['number', { sequence: 0 }],
  ['telephone', { sender: { ...upload.sender, officeHours: '01632 960001' } }],
  ['code', { sender: { ...upload.sender, odsCode: 'zz9' } }],
])('§16.2: what nobody should send is not written (%s)', (words, some) => {
  expect(() => xmlCodec.encodeUpload({ ...upload, ...some })).toThrow(words)
})

describe('answers', () => {
  const answers = [
    { code: 'CPR06', said: 'Successful Record Upload' },
    { code: 'CPR03', said: 'PDS Error - NHS Number not Verified' },
    { code: 'CPR07', said: 'Unsucessful Record Upload', detail: { code: 'XYZZY', said: 'Nobody knows' } },
  ]
  const sent = upload.records.map(({ subject }, place) => ({ place, nhsNumber: subject.nhsNumber }))
  const text = uploadResponse(
    { sequence: '1042', file: 'CPF03', upload: readUpload(bytes(golden)), answers },
    new Date('2026-11-23T20:45:12Z'),
  )
  const read = (xml: string) => xmlCodec.decode(bytes(xml)) as UploadAnswer
  const results = (answer: UploadAnswer) =>
    [...outcomesOf(answer, sent).records.values()].map(({ result, code }) =>
      [result, code].filter(Boolean).join(' '),
    )

  test('each record gets what was said of it, with every code at any depth', () => {
    const answer = read(text)
    expect(answer).toMatchObject({ kind: 'answer', sequence: 1042, count: 3, succeeded: 1, failed: 2 })
    expect(results(answer)).toEqual(['accepted CPR06', 'rejected CPR03', 'rejected CPR07'])
    expect(outcomesOf(answer, sent).records.get(2)!.details).toEqual([
      { code: 'XYZZY', said: 'Nobody knows' },
    ])
  })

  test('another prefix, a byte order mark and nil elements change nothing', () => {
    const prefixed = text.replaceAll(/<(\/?)(?!npfitlc:|\?)/g, '<$1x:').replace('xmlns="', 'xmlns:x="')
    expect(results(read(prefixed))).toEqual(results(read(text)))
    expect(results(read(`\uFEFF${text}`))).toEqual(results(read(text)))
    const nil = text.replace(
      '</FileResponse>',
      '<message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></FileResponse>',
    )
    expect(results(read(nil))).toEqual(results(read(text)))
  })

  test('what is not said clearly is uncertain, never loaded', () => {
    const answer = read(text)
    expect(results({ ...answer, statements: [] })).toEqual(['uncertain', 'uncertain', 'uncertain'])
    expect(
      results({ ...answer, records: answer.records.map((one) => ({ ...one, valid: !one.valid })) }),
    ).toEqual(['uncertain', 'uncertain', 'uncertain'])
    expect(
      results({ ...answer, file: [{ code: 'CPF02', details: [] }], statements: [], records: [] }),
    ).toEqual(['accepted', 'accepted', 'accepted'])
    expect(results({ ...answer, file: [{ code: 'CPF99', details: [] }] })).toEqual([
      'uncertain',
      'uncertain',
      'uncertain',
    ])
    const twoMissing = { ...answer, statements: answer.statements.slice(1), records: answer.records.slice(1) }
    expect(results(twoMissing).sort()).toEqual(['accepted', 'rejected CPR03', 'rejected CPR07'])
  })

  test('an unreadable file is answered with minus one', () => {
    const answer = read(uploadResponse({ sequence: undefined, file: 'CPF01', answers: [] }, new Date()))
    expect(answer).toMatchObject({ sequence: undefined, count: undefined, statements: [], records: [] })
  })

  test.each([
    ['no XML', '<FileResponse'],
    ['another root', '<Other xmlns="urn:hl7-org:v3"/>'],
    ['another namespace', '<FileResponse/>'],
    ['an entity', '<!DOCTYPE x [<!ENTITY a "b">]><FileResponse xmlns="urn:hl7-org:v3">&a;</FileResponse>'],
    ['nothing', ''],
    ['too deep', '<a>'.repeat(60)],
    ['a notification without an id', '<CP-ISAccessToServiceNotification xmlns="urn:hl7-org:v3"/>'],
  ])('what is not readable is kept for a person: %s', (_, xml) => {
    expect(xmlCodec.decode(bytes(xml)).kind).toBe('unrecognised')
  })
})

test('notifications are read with who, where, when and of whom', () => {
  const authority = { code: 'ZZ999', name: 'Example' }
  const look = {
    id: '0D2E9A40-61C4-4F0F-8D5E-3E6C7A9B1F22',
    at: new Date('2026-11-23T23:14:05Z'),
    number: '9990000018',
    localId: '1000123',
    sequence: '1042',
    who: 'Jo Testnurse',
    role: 'Staff Nurse',
    organisation: { code: 'ZZE01', name: 'EXAMPLE HOSPITAL' },
  }
  const read = xmlCodec.decode(
    bytes(
      accessNotification(
        '5B1C7C54-7A0E-4B2B-9E3B-0C5C1B0D9A11',
        [look, { ...look, id: look.id.replace('0D', '0E'), bySystem: true }],
        authority,
        new Date(),
      ),
    ),
  )
  expect(read).toMatchObject({
    kind: 'access',
    total: 2,
    accesses: [
      {
        id: look.id,
        at: look.at,
        nhsNumber: '9990000018',
        localId: '1000123',
        who: 'Jo Testnurse',
        role: 'Staff Nurse',
        organisation: 'EXAMPLE HOSPITAL',
        organisationCode: 'ZZE01',
        bySystem: false,
        sequence: '1042',
      },
      { who: undefined, organisation: 'EXAMPLE HOSPITAL', bySystem: true },
    ],
  })
  const ended = {
    number: '9990000026',
    localId: '1000456',
    sequence: '1042',
    replacements: ['9990000069', '9990000077'],
  }
  expect(xmlCodec.decode(bytes(inactiveNotification(look.id, ended, authority, new Date())))).toEqual({
    kind: 'inactive',
    id: look.id,
    numbers: [
      {
        nhsNumber: '9990000026',
        localId: '1000456',
        replacements: ['9990000069', '9990000077'],
        sequence: '1042',
      },
    ],
  })
})

test('§16.3: the authorization header’s known answers', () => {
  const identity = { mailbox: 'X26ABC1', password: 'password', sharedKey: 'TestKey' }
  const given = { now: new Date('2026-11-23T15:20:00Z'), nonce: '2c001608-5f09-4840-9611-bea43e666a30' }
  const hash = (count: number) =>
    meshAuthorization(identity, { ...given, count })
      .split(':')
      .at(-1)
  expect(hash(1)).toBe('a644f2a313efe14d87d23a9b9caacffaa9a9d8d1f9787dd878c29738d15c953f')
  expect(hash(2)).toBe('67f61697c709f6b76f5afe2063e8bf55de0b0f24bcadfd4b7fb70f02653a0e8c')
  expect(meshAuthorization(identity, given)).toMatch(
    /^NHSMESH X26ABC1:2c001608-5f09-4840-9611-bea43e666a30:0:202611231520:/,
  )
})
