import { factsOn } from '../governance/gathering.ts'
import { fingerprintOf, layers, makeNotice } from '../governance/notice.ts'
import { decide, decideNotice, inForce, propose, proposeNotice } from '../governance/store.ts'
import { authorityName } from './city.ts'
import type { Scene } from './scenes.ts'

const contacts: Readonly<Record<string, string>> = {
  'CON-CONTROLLER': 'Fellshire Children’s Trust',
  'CON-IG-EMAIL': 'information.governance@fellshire.example',
  'CON-IG-PHONE': '01632 960 100',
  'CON-DPO-EMAIL': 'data.protection@fellshire.example',
  'CON-DPO-POST': 'Data Protection Officer, Old Mill House, Fellshire FX1 1AA',
  'CON-DPO-WHOSE': 'the Trust’s own officer',
  'CON-COMPLAINTS': 'complaints@fellshire.example',
}

/** Contact points said and approved, every layer of the notice published, and one change that waits for Ruth Fenn. */
export const noticeScene: Scene = {
  name: 'privacy notice',
  async play({ db, today, as }) {
    const [officer, dpo] = [await as('Joan Whitelaw'), await as('Ruth Fenn')]
    for (const { key, ...body } of await inForce(db, 'contacts', today)) {
      const value = contacts[key]
      if (value === undefined) continue
      const reason = 'Said by the Trust before go-live'
      const change = {
        register: 'contacts',
        key,
        body: { ...body, value },
        ends: false,
        from: today,
        reason,
      } as const
      const id = await propose(db, officer, change)
      if (id) await decide(db, dpo, id, 'approved', '')
    }
    const facts = await factsOn(db, authorityName, today)
    for (const layer of layers) {
      const sections = makeNotice(layer, facts)
      const version = {
        layer,
        sections,
        fingerprint: fingerprintOf(sections),
        reason: 'First version from the registers',
      }
      const id = await proposeNotice(db, officer, version)
      if (id) await decideNotice(db, dpo, id, 'published', '')
    }
    await propose(db, officer, {
      register: 'recipients',
      key: 'REC-YOUTH',
      body: {
        name: 'Youth clubs that work with us',
        kind: 'Providers',
        plain: 'so that a young person finds something to do and somebody to talk to',
        rules: ['D-PRV-02'],
        agreement: null,
      },
      ends: false,
      from: today,
      reason: 'The agreement with the youth service was signed',
    })
  },
}
