import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { noteShown, type Opened, openList, openRecords } from '../../access/opening.ts'
import { reading, writing } from '../../access/reading.ts'
import { refusalOf } from '../../access/refusal.ts'
import { clientWords } from '../../access/sessions.ts'
import { identityGroups, identityOf } from '../../people/identity-store.ts'
import { calledOf } from '../../people/model.ts'
import { notFound } from '../../web/errors.ts'
import { blankForm, choice, type FormView, parseForm, text } from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { dayOf } from '../../web/words.ts'
import { paths } from '../paths.ts'
import { type SignedKind, signedKind } from './kinds.ts'
import {
  type ComparedPiece,
  changedOnly,
  compared,
  comparedWith,
  notNowWords,
  readOnce,
  type SignedField,
  type Standing,
  type Step,
  standingWords,
} from './model.ts'
import {
  decide,
  mayNot,
  peopleOfWork,
  piecesOf,
  type SignedPiece,
  standingsOf,
  stepsOf,
  waitingFor,
  withdraw,
} from './store.ts'
import { waitingView } from './waiting.ts'

const view = 'casework/views/sign-off.njk'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const deciding = z.object({
  decision: choice(['authorised', 'returned'], 'Choose: sign it, or return it'),
  words: text('Say why: what convinced you, what you direct; or what has to change', 5000),
})

/** A piece of work whose record is open to the reader. */
interface OpenPiece extends SignedPiece {
  readonly name: string
  readonly standing: Standing
  readonly steps: readonly Step[]
  readonly mayNotSign: string | undefined
  readonly mayNotReturn: string | undefined
  readonly mayWithdraw: boolean
  readonly fields: readonly SignedField[]
}

/** One piece of work, opened for whoever reads or decides it. */
interface OpenWork {
  readonly kind: SignedKind
  readonly pieces: readonly OpenPiece[]
  /** How many of its children’s records are not open to the reader. */
  readonly closed: number
}

/** Work that waits for a signature: read with what changed, and signed or returned with reasons. */
export const signOffPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.toSign.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing what waits for a signature',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const waiting = await reading(db, session, waitingFor)
    const shown = waiting.flatMap(({ children }) => children.map(({ person }) => person))
    await noteShown(db, session, 'caseload', [...new Set(shown)], request.id)
    return reply.page('casework/views/to-sign.njk', {
      title: 'To sign',
      ...waitingView(waiting),
    })
  })

  app.get(paths.signing.pattern, open, (request, reply) => show(request, reply, blankForm()))

  app.post(paths.signing.pattern, open, async (request, reply) => {
    const form = parseForm(deciding, request.body)
    if (!form.ok) return show(request, reply, form)
    const found = await openWork(request, reply, 'write')
    if (!found) return reply
    const session = sessionOf(request)
    const { decision, words } = form.value
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const of = found.pieces.filter(({ standing }) => standing.last?.act === 'submitted')
        const [first] = of.length > 0 ? of : found.pieces
        await decide(trx, first!.kind, decision, {
          of: of.length > 0 ? of : found.pieces,
          words,
          account: session.account.id,
          now: now(),
        })
        return `${paths.signing(paths.signing.read(request))}#history`
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.signingWithdraw.pattern, open, async (request, reply) => {
    const found = await openWork(request, reply, 'write')
    if (!found) return reply
    const session = sessionOf(request)
    const of = found.pieces.filter(({ standing }) => standing.last?.act === 'submitted')
    const pieces = of.length > 0 ? of : found.pieces
    await writing(db, session, (trx) => withdraw(trx, pieces[0]!.kind, { of: pieces }))
    return reply.redirect(found.kind.href({ ...pieces[0]!, work: paths.signing.read(request).work }), 303)
  })

  /**
   * The work that the address names, with as much of it as is open to the reader; undefined when the answer was sent.
   * The record of the address is opened twice: to learn whose else the work is, then with what its kind needs.
   */
  async function openWork(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'write',
  ): Promise<OpenWork | undefined> {
    const { person, work } = paths.signing.read(request)
    if (!uuid.test(work)) throw notFound()
    const session = sessionOf(request)
    const purpose = 'reading work that is signed'
    const first = await openOrRefuse(request, reply, person, { purpose })
    if (!first) return undefined
    const { people, kind, groups } = await reading(db, session, async (trx) => {
      const [piece] = await piecesOf(trx, work)
      const kind = piece && signedKind(piece.kind)
      return {
        people: await peopleOfWork(trx, work),
        kind,
        groups: typeof kind?.groups === 'function' ? await kind.groups(trx, piece!.kind) : kind?.groups,
      }
    })
    if (!kind || !groups) throw notFound()
    const ids = [person, ...people.filter((one) => !first.people.includes(one))]
    const answers = await openRecords(db, session, ids, {
      purpose,
      groups: [...new Set([...identityGroups, ...groups])].sort(),
      action,
      client: clientWords(request),
      correlation: request.id,
    })
    const opened = answers.filter((answer): answer is Opened => answer.allowed)
    const pieces = await reading(db, session, (trx) => openPieces(trx, work, kind, opened))
    if (pieces.length === 0) throw notFound()
    return { kind, pieces, closed: ids.length - opened.length }
  }

  async function openPieces(
    trx: Parameters<typeof piecesOf>[0],
    work: string,
    kind: SignedKind,
    opened: readonly Opened[],
  ): Promise<OpenPiece[]> {
    const pieces = await piecesOf(trx, work)
    const found: OpenPiece[] = []
    for (const piece of pieces) {
      const of = opened.find(({ people }) => people.includes(piece.person))
      if (!of) continue
      const { fact } = piece
      const identity = await identityOf(trx, of.people, {
        person: of.person,
        on: dayOf(now()),
        restriction: of.restriction,
      })
      const [sign, give] = [
        await mayNot(trx, piece.kind, fact, 'authorised'),
        await mayNot(trx, piece.kind, fact, 'returned'),
      ]
      found.push({
        ...piece,
        name: identity ? calledOf(identity) : '',
        standing: (await standingsOf(trx, piece.kind, [fact])).get(fact)!,
        steps: await stepsOf(trx, fact),
        mayNotSign: sign && notNowWords[sign],
        mayNotReturn: give && notNowWords[give],
        mayWithdraw: !(await mayNot(trx, piece.kind, fact, 'withdrawn')),
        fields: await kind.content(trx, piece),
      })
    }
    return found.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const found = await openWork(request, reply, 'view')
    if (!found) return reply
    const { kind, pieces, closed } = found
    const [first] = pieces
    const { steps, standing } = first!
    const base = comparedWith(steps)
    const before = base && (await earlier(request, kind, pieces, base.at))
    const read = pieces.map(
      (piece, n): ComparedPiece => ({
        person: piece.person,
        name: piece.name,
        fields: compared(before?.[n], piece.fields),
      }),
    )
    const address = paths.signing.read(request)
    const changes = new Set(
      read.flatMap(({ fields }) => fields.filter(({ change }) => change !== 'same').map(({ name }) => name)),
    )
    const data = {
      title: first!.title,
      width: 'data' as const,
      printSubject: pieces.map(({ name }) => name).join(', '),
      names: pieces.map(({ name }) => name),
      closed,
      form,
      standing: standingWords(standing),
      state: standing.last?.act,
      waits: pieces.some((piece) => piece.standing.last?.act === 'submitted'),
      base,
      changes: changes.size,
      changed: changedOnly(read),
      ...readOnce(read),
      steps,
      mayNotSign: pieces.find(({ mayNotSign }) => mayNotSign)?.mayNotSign,
      mayNotReturn: pieces.find(({ mayNotReturn }) => mayNotReturn)?.mayNotReturn,
      mayWithdraw: pieces.some(({ mayWithdraw }) => mayWithdraw),
      follows: (typeof kind.follows === 'function' ? kind.follows(first!.kind) : kind.follows) ?? [],
      action: paths.signing(address),
      withdrawAction: paths.signingWithdraw(address),
      workHref: kind.href({ ...first!, ...address }),
    }
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  /** What each piece said at an earlier moment: a millisecond more, for moments are read shorter than they are kept. */
  function earlier(request: FastifyRequest, kind: SignedKind, pieces: readonly OpenPiece[], at: Date) {
    return reading(
      db,
      sessionOf(request),
      async (trx) => {
        const said: (readonly SignedField[])[] = []
        for (const piece of pieces) said.push(await kind.content(trx, piece))
        return said
      },
      { knownAt: new Date(at.getTime() + 1) },
    )
  }
}
