import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import {
  blankForm,
  choice,
  type FormView,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../../web/form.ts'
import { paths } from './paths.ts'
import { cpIsSettings } from './settings.ts'
import { planWords } from './words.ts'

interface Held {
  number: string
  name?: string
  type: keyof typeof planWords
  start: string
  end?: string
  contact: string
}
interface StandInState {
  held: Held[]
  accesses: { number: string; who: string; organisation: { name: string }; at: string }[]
}

const places = {
  emergency: { code: 'ZZE01', name: 'FELLSHIRE INFIRMARY EMERGENCY DEPARTMENT' },
  ambulance: { code: 'ZZA01', name: 'NORTHERN AMBULANCE SERVICE' },
  maternity: { code: 'ZZM01', name: 'FELLSHIRE MATERNITY UNIT' },
} as const

/** In a demonstration: whoever looks at it plays the hospital. The NHS’s side is the stand-in, a program beside this one. */
export const hospitalPages: FastifyPluginAsync = async (app) => {
  const { config } = app.deps
  if (!config.demonstration) return

  app.get(paths.hospital.pattern, { config: { access: 'signed-in' } }, (_request, reply) =>
    show(reply, blankForm()),
  )

  const looking = z.object({
    number: text('Type an NHS number')
      .transform((typed) => typed.replaceAll(/\s/g, ''))
      .refine((typed) => /^\d{10}$/.test(typed), 'An NHS number has ten digits'),
    who: optionalText(60),
    place: choice(['emergency', 'ambulance', 'maternity'] as const, 'Choose where you are'),
  })

  app.post(paths.hospital.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const form = parseForm(looking, request.body)
    if (!form.ok) return show(reply, form)
    const { number, who = 'Jo Testnurse', place } = form.value
    const seen = await ask<Held[]>('/access', {
      number,
      who,
      role: 'Staff Nurse',
      organisation: places[place],
    })
    if (!seen) return show(reply, withErrors(form, { number: 'The stand-in of the NHS does not answer yet' }))
    return show(reply, blankForm({ number, who, place }), { number, seen: seen.map(shown) })
  })

  async function show(
    reply: FastifyReply,
    form: FormView,
    looked?: { number: string; seen: ReturnType<typeof shown>[] },
  ) {
    const state = await ask<StandInState>('/state')
    const data = {
      title: 'Play the hospital',
      form,
      looked,
      answers: state !== undefined,
      held: state?.held.slice(0, 200).map(shown) ?? [],
      count: state?.held.length ?? 0,
      accesses: state?.accesses ?? [],
      places: Object.entries(places).map(([value, { name }]) => ({ value, text: name })),
    }
    return form.summary.length > 0
      ? reply.again('sharing/cp-is/views/hospital.njk', data)
      : reply.page('sharing/cp-is/views/hospital.njk', data)
  }

  const day = (minute: string) => `${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`
  const shown = ({ number, name, type, start, end, contact }: Held) => ({
    ...{ number, contact, name },
    spaced: number.replace(/(...)(...)(....)/, '$1 $2 $3'),
    plan: planWords[type],
    from: day(start),
    to: end && day(end),
  })
}

/** Asks the stand-in’s switchboard. Undefined when it is not there. */
async function ask<T>(path: string, said?: object): Promise<T | undefined> {
  const standIn = cpIsSettings()?.standIn
  if (!standIn) return undefined
  try {
    const answer = await fetch(
      `${standIn}${path}`,
      said ? { method: 'POST', body: JSON.stringify(said) } : {},
    )
    return answer.ok ? ((await answer.json()) as T) : undefined
  } catch {
    return undefined
  }
}
