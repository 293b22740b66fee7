import { createHash } from 'node:crypto'
import view from '@fastify/view'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import nunjucks from 'nunjucks'
import { demonstrationUnderWay } from '../access/demonstration.ts'
import type { Area, MenuEntry } from './area.ts'
import { type Assets, govukFolder, mojFolder } from './assets.ts'
import type { WebConfig } from './config.ts'
import type { FormView } from './form.ts'
import { housePaths } from './house-paths.ts'
import type { KnownAt } from './known-at.ts'
import { formOwner } from './session.ts'
import { templateFilters, templateGlobals } from './template-helpers.ts'
import { dayOf, formatMoment, type IsWorkingDay } from './words.ts'

export interface PageData {
  /** The heading and the browser's title; for a child's page no more than needed to tell tabs apart. */
  readonly title: string
  /** `data`: 1,200 px, tight tables (the default). `writing`: 720 px. `record`: side navigation and content. */
  readonly width?: 'data' | 'writing' | 'record'
  readonly knownAt?: KnownAt | undefined
  /** The child's name, for the head of every printed sheet. */
  readonly printSubject?: string
  readonly form?: FormView
  readonly [more: string]: unknown
}

declare module 'fastify' {
  interface FastifyReply {
    /** Renders a page inside the house: `reply.page('people/views/record.njk', { title, … })`. */
    page(template: string, data: PageData): FastifyReply
    /** The same page again with what was wrong at each field: status 422. */
    again(template: string, data: PageData & { form: FormView }): FastifyReply
    /** A piece of a page for a script to put in place (progress, search as you type). */
    fragment(template: string, data: Record<string, unknown>): FastifyReply
  }
}

interface Header {
  readonly bar: readonly MenuEntry[]
  readonly menu: readonly { heading: string; entries: readonly MenuEntry[] }[]
  /** By name of housePaths: whether a route answers there. (A template sees no property of a path: it is a function.) */
  readonly answered: Readonly<Record<string, boolean>>
}

/** What somebody comes for every day stands first in the menu, whichever area brings it. */
const firstInMenu = ['My work', 'Front door', 'My team', 'People']

function headerFor(
  areas: readonly Area[],
  roles: readonly string[],
  answered: ReadonlySet<string>,
  demonstration: boolean,
): Header {
  const open = areas
    .flatMap((area) => area.menu ?? [])
    .filter((entry) => demonstration || !entry.demonstrationOnly)
    .filter((entry) => !entry.roles || entry.roles.some((role) => roles.includes(role)))
  const named = open.filter((e) => e.place === 'menu').map((e) => e.heading ?? 'More')
  const headings = [...new Set([...firstInMenu.filter((one) => named.includes(one)), ...named])]
  return {
    bar: open.filter((entry) => entry.place === 'bar'),
    menu: headings.map((heading) => ({
      heading,
      entries: open.filter((entry) => entry.place === 'menu' && (entry.heading ?? 'More') === heading),
    })),
    answered: Object.fromEntries(
      Object.entries(housePaths).map(([name, path]) => [name, answered.has(path.pattern)]),
    ),
  }
}

const quoted = (text: string) =>
  `"${text
    .replace(/[\\"]/g, '\\$&')
    .replace(/[\n\r\f]/g, ' ')
    .replace(/</g, '\\3c ')}"`

/** What stands at the edges of every printed sheet. A style of its own, which the policy lets in by its hash. */
export function printEdges(head: string, authority: string, printedBy: string): string {
  return `@page{@top-left{content:${quoted(head)}}@top-right{content:${quoted(authority)}}@bottom-left{content:${quoted(printedBy)}}@bottom-right{content:"Page " counter(page) " of " counter(pages)}}`
}

export interface PagesOptions {
  readonly areas: readonly Area[]
  readonly assets: Assets
  readonly config: WebConfig
  readonly now: () => Date
  readonly isWorkingDay: IsWorkingDay
}

/** Where a new group of a record's parts begins, by rank (RecordPart). */
const partGroups = [20, 40, 93]
const groupOfPart = ({ rank }: { rank: number }) => partGroups.filter((first) => rank >= first).length

/**
 * The entries of a record's side navigation: what the areas answer for, less what is not open.
 * In templates: `recordParts(person, opened, me.roles, here)`.
 */
const recordPartsOf = (areas: readonly Area[]) => {
  const parts = areas.flatMap((area) => area.recordParts ?? []).sort((a, b) => a.rank - b.rank)
  return (
    person: string,
    opened: { level: string; groups: readonly string[] },
    roles: readonly string[],
    here: string,
  ) =>
    parts
      .filter((part) => !part.roles || part.roles.some((role) => roles.includes(role)))
      .filter(
        ({ groups }) =>
          opened.level === 'full' || !groups || groups.some((group) => opened.groups.includes(group)),
      )
      .map((part, at, shown) => ({
        text: part.text,
        href: part.href(person),
        current: part.href(person) === here,
        apart: at > 0 && groupOfPart(part) !== groupOfPart(shown[at - 1]!),
      }))
}

/** Templates, their filters and globals, and the three ways a route answers with them. */
export async function registerPages(app: FastifyInstance, options: PagesOptions): Promise<void> {
  const { areas, assets, config, now, isWorkingDay } = options
  const src = new URL('..', import.meta.url).pathname
  await app.register(view, {
    engine: { nunjucks },
    templates: [src, govukFolder, mojFolder],
    propertyName: 'render',
    options: {
      autoescape: true,
      trimBlocks: true,
      lstripBlocks: true,
      noCache: process.env.NODE_ENV === 'development',
      onConfigure(environment: nunjucks.Environment) {
        for (const [name, filter] of Object.entries(templateFilters(now, isWorkingDay))) {
          environment.addFilter(name, filter)
        }
        for (const [name, value] of Object.entries(templateGlobals)) environment.addGlobal(name, value)
        environment.addGlobal('asset', assets.href)
        environment.addGlobal('recordParts', recordPartsOf(areas))
        environment.addGlobal('paths', {
          house: housePaths,
          ...Object.fromEntries(areas.map((area) => [area.name, area.paths])),
        })
      },
    } as object,
  })

  let answered: ReadonlySet<string> | undefined
  const headers = new Map<string, Header>()
  function headerOf(request: FastifyRequest): Header {
    answered ??= new Set(app.declaredRoutes.map((route) => route.path))
    const roles = request.session?.roles ?? []
    const key = [...roles].sort().join(' ')
    const known = headers.get(key) ?? headerFor(areas, roles, answered, config.demonstration)
    headers.set(key, known)
    return known
  }

  function context(request: FastifyRequest, reply: FastifyReply, data: Record<string, unknown>) {
    const moment = now()
    let token: string | undefined
    const session = request.session && !request.session.locked ? request.session : null
    return {
      service: { name: config.serviceName, authority: config.authority.name, version: config.version },
      demonstration: config.demonstration,
      filling: demonstrationUnderWay.filling,
      me: session && {
        ...session.account,
        roles: session.roles,
        settings: session.settings ?? {},
        unread: session.unread ?? 0,
        mayLookUp: session.mayLookUp ?? true,
        idleMinutes: session.idleMinutes,
      },
      signedIn: request.session !== null,
      header: headerOf(request),
      /** The form token; asked for by the form macro, made only then. */
      csrfToken: () => {
        token ??= reply.generateCsrf({ userInfo: formOwner(request) } as object)
        return token
      },
      here: request.url.split('?')[0],
      query: request.query,
      now: moment,
      today: dayOf(moment),
      reference: request.id,
      printedWords: session
        ? `Printed by ${session.account.name}, ${formatMoment(moment)}`
        : `Printed ${formatMoment(moment)}`,
      ...data,
    }
  }

  function allowStyle(reply: FastifyReply, style: string) {
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = String(reply.getHeader('content-security-policy') ?? '')
    reply.header(
      'content-security-policy',
      policy.replace(/style-src 'self'/, `style-src 'self' 'sha256-${hash}'`),
    )
  }

  app.decorateReply('page', function page(this: FastifyReply, template: string, data: PageData) {
    const all = context(this.request, this, data as Record<string, unknown>)
    const edges = printEdges(
      data.printSubject ?? data.title,
      `${config.serviceName}, ${config.authority.name}`,
      data.knownAt ? `${all.printedWords}. As known on ${data.knownAt.words}` : all.printedWords,
    )
    allowStyle(this, edges)
    this.type('text/html; charset=utf-8')
    return this.render(template, { ...all, printEdges: edges })
  })
  app.decorateReply(
    'again',
    function again(this: FastifyReply, template: string, data: PageData & { form: FormView }) {
      return this.code(422).page(template, data)
    },
  )
  app.decorateReply(
    'fragment',
    function fragment(this: FastifyReply, template: string, data: Record<string, unknown>) {
      this.type('text/html; charset=utf-8')
      return this.render(template, context(this.request, this, data))
    },
  )
}

declare module 'fastify' {
  interface FastifyReply {
    render(template: string, data: Record<string, unknown>): FastifyReply
  }
}
