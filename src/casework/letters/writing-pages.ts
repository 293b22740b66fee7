import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { clientWords } from '../../access/sessions.ts'
import { drafting } from '../../forms/drafting.ts'
import { draftOf, draftsAbout, endDraft } from '../../forms/drafts-store.ts'
import { type Identity, identityGroups, identityOf } from '../../people/identity-store.ts'
import { calledOf } from '../../people/model.ts'
import { showPart } from '../../people/record.ts'
import type { Sight } from '../../people/relatives.ts'
import { notFound } from '../../web/errors.ts'
import { parseForm, withErrors } from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { dayOf, listed } from '../../web/words.ts'
import { vaultOf } from '../documents/services.ts'
import { siblingsOf } from '../documents/siblings.ts'
import { discard } from '../documents/vault.ts'
import { htmlOf } from '../papers/html.ts'
import { leaks, leakWords } from '../papers/leaks.ts'
import { type Paper, unprintable } from '../papers/paper.ts'
import { type About, type Addressee, addresseesOf, openForLetters } from './addressing.ts'
import { documentTitle, type LetterTyped, letterSchema, paperOf } from './letters.ts'
import { fileLetter, keepTelephone, senderTelephone, spokenOf } from './letters-store.ts'
import { bodyFor, filled, type LetterFacts, unwritten } from './merging.ts'
import { paths } from './paths.ts'
import { makeLetter } from './sending.ts'
import { type TemplateVersion, templatesNow } from './templates-store.ts'

const groups = [...new Set([...identityGroups, 'F03', 'F04', 'F06', 'F07', 'F11', 'F12', 'F24', 'F25'])]
const purpose = 'writing a letter'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** A letter without a template: an empty page with its head and its close. */
const blank = 'none'

/** What a letter is to be: by which template, to whom, about whom. It stands in the address of the page. */
interface Asked {
  readonly template: string
  readonly to: string
  readonly also: readonly string[]
  /** One letter for each child, one after the other. */
  readonly each: boolean
}

function askedOf(request: FastifyRequest): Asked {
  const query = request.query as Record<string, string | string[] | undefined>
  const one = (name: string) => [query[name]].flat()[0] ?? ''
  return {
    template: one('template'),
    to: one('to'),
    also: [query.also].flat().filter((id): id is string => id !== undefined && uuid.test(id)),
    each: one('how') === 'each',
  }
}

/** Everything about the children and the addressee that a letter is made of. */
interface Ready {
  readonly about: readonly About[]
  readonly identities: readonly Identity[]
  readonly addressees: readonly Addressee[]
  readonly templates: readonly TemplateVersion[]
  readonly telephone: string | undefined
  readonly spoken: Awaited<ReturnType<typeof spokenOf>>
}

/** A letter in two presses: choose what and to whom; read what was filled in, change it, file it. */
export const letterWritingPages: FastifyPluginAsync = async (app) => {
  const { db, config, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.choose.pattern, open, async (request, reply) => {
    const { person } = paths.choose.read(request)
    const asked = askedOf(request)
    let siblings: Awaited<ReturnType<typeof siblingsOf>> = []
    let sights: ReadonlyMap<string, Sight> = new Map()
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'choosing a letter',
        groups,
        heading: 'Write a letter',
        template: 'casework/letters/views/choose.njk',
        before: async (opened) => {
          siblings = await siblingsOf(request, opened)
          sights = await openForLetters(request, opened)
        },
      },
      async ({ trx, opened, identity, on }) => ({
        templates: await templatesNow(trx),
        addressees: await addresseesOf(
          trx,
          [{ id: person, name: calledOf(identity), people: opened.people }],
          sights,
          on,
        ),
        siblings,
        begun: await draftsAbout(trx, 'letter', [person]),
        chosen: asked,
        missing: 'to' in (request.query as object) || 'template' in (request.query as object),
        action: paths.write({ person }),
        mayWrite: opened.writable?.includes('F25') ?? opened.level === 'full',
      }),
    )
  })

  app.get(paths.write.pattern, open, async (request, reply) => {
    const { person } = paths.write.read(request)
    const session = sessionOf(request)
    const asked = askedOf(request)
    const { draft: wanted } = request.query as { draft?: string }
    if (!asked.template || !asked.to) return reply.redirect(paths.choose({ person }, { ...flat(asked) }), 303)
    const opened = await openOrRefuse(request, reply, person, { purpose, groups, action: 'write' })
    if (!opened) return reply
    const records = await openAll(request, opened, person, asked)
    const ready = await readyFor(request, records, person)
    const { version, to } = chosenOf(asked, ready)
    const draft =
      wanted && uuid.test(wanted) ? await reading(db, session, (trx) => draftOf(trx, wanted)) : undefined
    const facts = factsOf(ready, to, session.account)
    const start = {
      to_name: to.name,
      to_lines: to.lines.join('\n'),
      title: version ? filled(version.title, facts) : '',
      words: version
        ? filled(bodyFor(version, facts.addressee), facts)
        : `Dear ${to.name || '[name]'},\n\n[what you want to say]\n\nYours sincerely,\n${facts.worker}`,
      telephone: ready.telephone ?? '',
      print: to.needs.largePrint ? 'large' : 'ordinary',
      translate_into: to.needs.language ?? '',
      send: 'print',
    }
    return show(request, reply, person, asked, ready, to, version, {
      ...drafting({
        form: 'letter',
        page: paths.write({ person }, flat(asked)),
        about: records.map(({ id }) => id),
        group: 'F25',
        draft,
        start,
      }),
    })
  })

  app.post(paths.write.pattern, open, async (request, reply) => {
    const { person } = paths.write.read(request)
    const session = sessionOf(request)
    const asked = askedOf(request)
    const form = parseForm(letterSchema, request.body)
    const opened = await openOrRefuse(request, reply, person, { purpose, groups, action: 'write' })
    if (!opened) return reply
    const records = await openAll(request, opened, person, asked)
    const ready = await readyFor(request, records, person)
    const { version, to } = chosenOf(asked, ready)
    const again = (errors: Record<string, string> = {}) =>
      show(request, reply, person, asked, ready, to, version, {
        ...drafting({
          form: 'letter',
          page: paths.write({ person }, flat(asked)),
          about: records.map(({ id }) => id),
          group: 'F25',
          again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
        }),
      })
    if (!form.ok) return again()
    if (records.some(({ writable }) => !writable.includes('F25')))
      return again({ words: 'You may read this record but not write letters on it' })
    const paper = paperFor(form.value, ready, session.account)
    const given = {
      about: records.flatMap(({ people }) => people),
      addressee: to.key === 'somebody' ? undefined : to.key,
      homeKept: to.homeKept,
    }
    const wrong = await wrongWith(request, form.value, paper, given)
    if (Object.keys(wrong).length > 0) return again(wrong)
    // The first press looks; nothing is filed before its words have been seen as they will stand.
    if ((request.body as { step?: string }).step === 'look') return again()

    const vault = vaultOf(app)
    const people = records.map(({ id }) => id)
    const letter = await makeLetter({ db, session, vault }, paper, {
      given,
      people,
      made: now(),
      day: today(),
    })
    if ('refused' in letter) return again({ words: refusal(leakWords(letter.refused)) })
    const { taken } = letter
    let filed = false
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          const id = await fileLetter(trx, people, taken, {
            paper,
            title: documentTitle(version?.name, form.value.to_name),
            version: version?.id,
            addressee: { kind: to.kind, person: given.addressee, words: form.value.to_name },
            homeKept: to.homeKept,
            translateInto: form.value.translate_into,
            toPrint: form.value.send === 'print',
            day: today(),
          })
          if (form.value.telephone) await keepTelephone(trx, form.value.telephone)
          if (form.draft) await endDraft(trx, form.draft, 'filed')
          filed = true
          return nextAfter(person, id, asked)
        }),
      )
      if (!filed) await discard(vault, [taken], people)
      return reply.redirect(next, 303)
    } catch (error) {
      if (!filed) await discard(vault, [taken], people)
      throw error
    }
  })

  /** The records the letter is about, each opened to write: the one it is written from, and those of its sisters and brothers. */
  async function openAll(request: FastifyRequest, opened: Opened, person: string, { also, each }: Asked) {
    const others = each ? [] : also.filter((id) => id !== person)
    const siblings = others.length > 0 ? (await siblingsOf(request, opened)).map(({ id }) => id) : []
    const wanted = others.filter((id) => siblings.includes(id))
    const answers = await openRecords(db, sessionOf(request), wanted, {
      purpose,
      groups,
      action: 'write',
      client: clientWords(request),
      correlation: request.id,
    })
    return [
      {
        id: person,
        people: opened.people,
        restriction: opened.restriction,
        writable: opened.writable,
        opened,
      },
      ...answers.flatMap((one, n) =>
        one.allowed
          ? [
              {
                id: wanted[n]!,
                people: one.people,
                restriction: one.restriction,
                writable: one.writable,
                opened: one,
              },
            ]
          : [],
      ),
    ]
  }

  async function readyFor(
    request: FastifyRequest,
    records: Awaited<ReturnType<typeof openAll>>,
    person: string,
  ): Promise<Ready> {
    const sights = await openForLetters(request, records[0]!.opened)
    return reading(db, sessionOf(request), async (trx) => {
      const identities: Identity[] = []
      for (const { id, people, restriction } of records) {
        const identity = await identityOf(trx, people, { person: id, on: today(), restriction })
        if (identity) identities.push(identity)
      }
      if (identities.length < records.length || records[0]!.id !== person) throw notFound()
      const about = records.map(({ id, people }, n) => ({ id, people, name: calledOf(identities[n]!) }))
      return {
        about,
        identities,
        addressees: await addresseesOf(trx, about, sights, today()),
        templates: await templatesNow(trx),
        telephone: await senderTelephone(trx),
        spoken: await spokenOf(trx, records[0]!.people, today()),
      }
    })
  }

  function factsOf(
    { about, identities, spoken, telephone }: Ready,
    to: Addressee,
    account: { name: string; jobTitle?: string | undefined },
  ): LetterFacts {
    const some = (what: 'onPlan' | 'inCare' | 'inNeed') => identities.some(({ standing }) => standing[what])
    return {
      authority: config.authority.name,
      today: today(),
      children: about,
      addressee: { kind: to.kind, name: to.name || '[name]', ...to.needs },
      worker: account.name,
      workerTitle: account.jobTitle ?? 'Social worker',
      workerTelephone: telephone ?? 'the number above',
      team: spoken.team ?? config.authority.name,
      onProtectionPlan: some('onPlan'),
      inCare: some('inCare'),
      inNeed: some('inNeed'),
      referralDay: spoken.referralDay ?? undefined,
      childInNeedPlanSince: spoken.planSince ?? undefined,
      closingDay: spoken.closingDay ?? undefined,
    }
  }

  const paperFor = (
    typed: Omit<LetterTyped, 'send'>,
    { identities, spoken }: Ready,
    account: { name: string; jobTitle?: string | undefined },
  ): Paper =>
    paperOf(typed, {
      authority: config.authority.name,
      sender: { name: account.name, title: account.jobTitle, team: spoken.team ?? undefined },
      day: today(),
      reference: listed(identities.map(({ reference }) => reference)),
    })

  /** What keeps a letter from being filed, by field: what is still to be written, what the PDF cannot show, what must not stand in it. */
  async function wrongWith(
    request: FastifyRequest,
    typed: LetterTyped,
    paper: Paper,
    given: Parameters<typeof leaks>[1],
  ): Promise<Record<string, string>> {
    const open = unwritten(`${typed.title}\n${typed.words}\n${typed.to_name}\n${typed.to_lines ?? ''}`)
    const boxes = unprintable(paper)
    const found = await reading(request.server.deps.db, sessionOf(request), (trx) => leaks(trx, given, paper))
    const atWords = [
      ...(found.length > 0 ? [refusal(leakWords(found))] : []),
      ...(open.length > 0 ? [`Still to be written: ${listed([...new Set(open)])}`] : []),
      ...(boxes.length > 0
        ? [
            `The PDF has no letters for ${listed(boxes.slice(0, 5))}. Write it in Latin, Greek or Cyrillic letters`,
          ]
        : []),
    ]
    return atWords.length > 0 ? { words: atWords.join('. ') } : {}
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    asked: Asked,
    ready: Ready,
    to: Addressee,
    version: TemplateVersion | undefined,
    data: ReturnType<typeof drafting>,
  ): Promise<unknown> {
    if (data.form.summary.length > 0) reply.code(422)
    const values = data.form.values as Record<string, string | undefined>
    const paper = paperFor(
      {
        to_name: values.to_name ?? '',
        to_lines: values.to_lines,
        title: values.title ?? '',
        words: values.words ?? '',
        telephone: values.telephone,
        print: values.print === 'large' ? 'large' : 'ordinary',
        translate_into: values.translate_into,
      },
      ready,
      sessionOf(request).account,
    )
    return showPart(
      request,
      reply,
      {
        person,
        purpose,
        groups,
        heading: version?.name ?? 'Letter',
        template: 'casework/letters/views/write.njk',
      },
      async () => ({
        ...data,
        to,
        about: ready.about,
        each: asked.each ? asked.also.length : 0,
        preview: htmlOf(paper, 3),
        open: unwritten(`${values.title ?? ''}\n${values.words ?? ''}`),
        action: paths.write({ person }, flat(asked)),
        chooseHref: paths.choose({ person }, flat(asked)),
      }),
    )
  }
}

/** The template and the addressee of a letter among those there are. */
function chosenOf({ template, to: key }: Asked, { templates, addressees }: Ready) {
  const to = addressees.find((one) => one.key === key)
  const version = templates.find((one) => one.template === template)
  if (!to || (!version && template !== blank)) throw notFound()
  return { to, version }
}

/** Filed: the letter; or, where each child is to have their own, the letter of the next. */
function nextAfter(person: string, letter: string, asked: Asked): string {
  const [next, ...rest] = asked.each ? asked.also : []
  if (!next) return paths.letter({ person, letter })
  const to = asked.to === person ? next : asked.to
  return paths.write({ person: next }, flat({ ...asked, to, also: rest }))
}

const flat = ({ template, to, also, each }: Asked): Record<string, string | string[]> => ({
  ...(template ? { template } : {}),
  ...(to ? { to } : {}),
  ...(also.length > 0 ? { also: [...also] } : {}),
  ...(each ? { how: 'each' } : {}),
})

const refusal = (found: string) =>
  `This letter cannot go. ${found} Take it out; whoever gets the letter must not learn it`
