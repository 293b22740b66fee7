import { addStep as addIncidentStep, report } from '../governance/incidents/store.ts'
import { addStep, ask, requests, writeDown } from '../rights/store.ts'
import { addDays } from '../web/words.ts'
import type { Scene } from './scenes.ts'

const hour = 3_600_000

/** Two people who ask for their information, and a letter that went to the wrong house. */
export const askedAndWrong: Scene = {
  name: 'requests and incidents',
  async play({ db, today, as }) {
    const [sam, officer] = [await as('Sam Okoro'), await as('Joan Whitelaw')]
    await ask(db, {
      kind: 'access',
      asker: 'Corinne Ashdown',
      asksAs: 'self',
      reach: 'corinne@post.example; please do not ring',
      about: 'Corinne Ashdown, born 14 June 2001; I lived with carers in Otterby',
      words: 'I left care in 2019 and would like to read my file, all of it if I can',
    })
    await writeDown(db, sam, {
      kind: 'rectification',
      received: addDays(today, -9),
      channel: 'worker',
      asker: 'Dale Marrow',
      asksAs: 'parent',
      reach: 'by telephone in the evening',
      about: 'his daughter’s assessment of the spring',
      words: 'It says that I lost my job; I did not, I was on leave',
    })
    const written = (await requests(db, officer)).find(({ kind }) => kind === 'rectification')
    if (written)
      await addStep(db, officer, written.id, {
        kind: 'acknowledged',
        on: addDays(today, -7),
        body: { how: 'by telephone, with the reference' },
      })
    const now = Date.now()
    const incident = await report(db, sam, {
      awareAt: new Date(now - 20 * hour),
      kind: 'wrong-address',
      nearMiss: false,
      words:
        'A letter about a meeting went to the family’s old address; whoever lives there now rang us, unopened',
      dangers: [],
      groups: ['F03', 'F14'],
      people: 2,
      stillOut: 'yes',
    })
    await addIncidentStep(db, officer, incident, {
      kind: 'containment',
      happenedAt: new Date(now - 18 * hour),
      body: { what: 'A colleague fetched the letter; the envelope was sealed' },
    })
  },
}
