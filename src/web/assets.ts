import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { accentStyles } from './accent.ts'
import { notFound } from './errors.ts'

const require = createRequire(import.meta.url)
export const govukFolder = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist')
export const mojFolder = dirname(require.resolve('@ministryofjustice/frontend/package.json'))
const ownFolder = join(import.meta.dirname, 'assets')

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

interface Asset {
  readonly type: string
  readonly body: Buffer
  readonly brotli: Buffer | undefined
}

export interface Assets {
  /** The address of an asset; it changes whenever any asset changes, so browsers may keep it for ever. */
  href(name: string): string
  readonly files: ReadonlyMap<string, Asset>
  readonly hash: string
}

/**
 * The two frontends ship ready-made style sheets. The service is not GOV.UK: their font, which only GOV.UK may use,
 * gives way to the system's, and the crest goes. What they draw with custom properties we colour in our own sheets.
 */
export function houseStyle(css: string): string {
  return css
    .replace(/^\uFEFF?@charset "[^"]*";/i, '')
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial,sans-serif', 'var(--font)')
    .replaceAll('"GDS Transport",arial,sans-serif', 'var(--font)')
    .replace(/url\(["']?\/assets\/images\/govuk-crest\.svg["']?\)/g, 'none')
    .replaceAll('/assets/images/', 'images/')
    .replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '')
}

const withoutMap = (script: string) => script.replace(/\/\/# sourceMappingURL=.*\s*$/, '')

function read(): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  const text = (path: string) => readFileSync(path, 'utf8')
  // One sheet for what comes from others, in layers below our own, so that ours always wins without shouting.
  const moj = houseStyle(text(join(mojFolder, 'moj/moj-frontend.min.css')))
  const govuk = houseStyle(text(join(govukFolder, 'govuk/govuk-frontend.min.css')))
  files.set('frontends.css', Buffer.from(`@layer govuk,moj;@layer govuk{${govuk}}@layer moj{${moj}}`))
  files.set('govuk.js', Buffer.from(withoutMap(text(join(govukFolder, 'govuk/govuk-frontend.min.js')))))
  files.set('moj.js', Buffer.from(withoutMap(text(join(mojFolder, 'moj/moj-frontend.min.js')))))
  for (const [, image] of moj.matchAll(/url\((images\/[\w-]+\.svg)\)/g)) {
    files.set(image!, readFileSync(join(mojFolder, 'moj/assets', image!)))
  }
  for (const image of readdirSync(join(mojFolder, 'moj/assets/images'))) {
    if (/^icon-(alert|arrow|search).*\.svg$/.test(image)) {
      files.set(`images/${image}`, readFileSync(join(mojFolder, 'moj/assets/images', image)))
    }
  }
  for (const entry of readdirSync(ownFolder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(ownFolder.length + 1), readFileSync(path))
  }
  return files
}

/** Reads, adapts and compresses everything once; a few hundred kilobytes that stay in memory. */
export function loadAssets(accent: string): Assets {
  const bodies = read()
  bodies.set('authority.css', Buffer.from(accentStyles(accent)))
  const digest = createHash('sha256')
  const files = new Map<string, Asset>()
  for (const [name, body] of [...bodies].sort(([a], [b]) => a.localeCompare(b))) {
    const type = types[extname(name)]
    if (!type) continue
    digest.update(name).update(body)
    const packed =
      type.startsWith('image/png') || body.length < 1024
        ? undefined
        : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    files.set(name, { type, body, brotli: packed })
  }
  const hash = digest.digest('hex').slice(0, 12)
  return {
    files,
    hash,
    href: (name) => {
      if (!files.has(name)) throw new Error(`There is no asset '${name}'`)
      return `/assets/${hash}/${name}`
    },
  }
}

export function serveAssets(app: FastifyInstance, assets: Assets): void {
  app.get<{ Params: { hash: string; '*': string } }>(
    '/assets/:hash/*',
    { config: { access: 'anyone', session: false, rateLimit: false }, logLevel: 'warn' },
    async (request, reply) => {
      const asset = assets.files.get(request.params['*'])
      if (!asset) throw notFound()
      const current = request.params.hash === assets.hash
      reply
        .type(asset.type)
        .header('cache-control', current ? 'public, max-age=31536000, immutable' : 'no-cache')
        .header('vary', 'accept-encoding')
      if (asset.brotli && /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''))) {
        return reply.header('content-encoding', 'br').send(asset.brotli)
      }
      return reply.send(asset.body)
    },
  )
}
