import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { StandIn } from './stand-in.ts'

const number = z.string().regex(/^\d{10}$/)
const person = z.strictObject({
  number,
  given: z.string(),
  family: z.string(),
  born: z.string().regex(/^\d{8}$/),
  status: z.enum(['active', 'superseded', 'invalid', 'sensitive']).default('active'),
})
const organisation = z.strictObject({ code: z.string(), name: z.string() })

/** The switchboard: what a test or a demonstration asks of the stand-in. JSON in, JSON out. */
const routes: Readonly<Record<string, (standIn: StandIn, said: unknown) => unknown>> = {
  'POST /people': (standIn, said) => {
    for (const one of z.array(person).parse(said)) standIn.register.directory.set(one.number, one)
    standIn.remember()
    return {}
  },
  'POST /access': (standIn, said) =>
    standIn.look(
      z
        .strictObject({
          number,
          who: z.string().max(100).optional(),
          role: z.string().max(100).optional(),
          organisation: organisation.optional(),
          unscheduled: z.boolean().optional(),
          bySystem: z.boolean().optional(),
        })
        .transform(
          (given) =>
            Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
              number: string
            },
        )
        .parse(said),
    ),
  'POST /end-number': (standIn, said) => {
    const { number: ends, replacements } = z
      .strictObject({ number, replacements: z.array(number).default([]) })
      .parse(said)
    standIn.endNumber(ends, replacements)
    return {}
  },
  'POST /faults': (standIn, said) => {
    standIn.faults.set(said)
    return standIn.faults.switches
  },
  'POST /clock': (standIn, said) => {
    standIn.advance(z.strictObject({ advance: z.number().min(0) }).parse(said).advance)
    return { now: standIn.now() }
  },
  'POST /wake': (standIn) => {
    standIn.wake()
    return {}
  },
  'GET /state': (standIn) => ({
    now: standIn.now(),
    faults: standIn.faults.switches,
    held: [...standIn.register.held.values()].map((one) => {
      const who = standIn.register.directory.get(one.number)
      return { ...one, name: who && `${who.given} ${who.family}` }
    }),
    directory: standIn.register.directory.size,
    accesses: standIn.accesses,
    waiting: standIn.mesh.inbox('X26LA001').length,
  }),
}

export async function answerControl(
  standIn: StandIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = (status: number, said: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(said))
  }
  const key = `${request.method} ${request.url}`
  const route = Object.hasOwn(routes, key) ? routes[key] : undefined
  if (!route) return reply(404, { says: 'There is no such switch' })
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  try {
    reply(200, route(standIn, parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {}))
  } catch (error) {
    if (!(error instanceof z.ZodError) && !(error instanceof SyntaxError)) throw error
    reply(422, { says: error.message })
  }
}
