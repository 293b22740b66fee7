import type { FastifyPluginAsync } from 'fastify'
import type { Area } from '../../web/area.ts'
import { paths } from './paths.ts'
import { letterPrintingPages, printers } from './printing-pages.ts'
import { letterReadingPages } from './reading-pages.ts'
import { keepers, letterTemplatePages } from './template-pages.ts'
import { letterWritingPages } from './writing-pages.ts'

const pages: FastifyPluginAsync = async (app) => {
  await app.register(letterWritingPages)
  await app.register(letterReadingPages)
  await app.register(letterPrintingPages)
  await app.register(letterTemplatePages)
}

/** Letters from templates: written, looked through, filed, printed. */
export const letters: Area = {
  name: 'letters',
  pages,
  paths,
  menu: [
    {
      text: 'Letters to print',
      href: paths.toPrint(),
      place: 'menu',
      heading: 'Letters',
      roles: printers.roles,
      startFor: ['A-BS'],
    },
    {
      text: 'Templates of letters',
      href: paths.templates(),
      place: 'menu',
      heading: 'Letters',
      roles: keepers.roles,
    },
  ],
  recordParts: [{ text: 'Letters', rank: 18, groups: ['F25'], href: (person) => paths.letters({ person }) }],
}
