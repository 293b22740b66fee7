import { inflateSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import type { Form, Rendered } from './render.ts'

/**
 * Every word that a rendered file holds, its properties and the words beside its pictures too: what is searched before it
 * leaves. It reads the files that render.ts makes, not those of others.
 */
export const textOf = ({ form, bytes }: Rendered): string => readers[form](bytes)

const readers: Readonly<Record<Form, (bytes: Buffer) => string>> = {
  pdf: textOfPdf,
  docx: textOfDocx,
  html: (bytes) => textOfMarkup(bytes.toString('utf8')),
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) =>
    hex || number
      ? String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(number))
      : (entities[name] ?? whole),
  )

/** Text and the words of attributes; what begins a new line there begins one here, all else runs on. */
function textOfMarkup(markup: string): string {
  const attributes = [...markup.matchAll(/\s(?:alt|title|descr|name|content|aria-label)="([^"]*)"/g)].map(
    ([, value]) => value!,
  )
  const text = markup
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(
      /<\/?(?:p|h\d|li|d[ltd]|t[dhr]|table|caption|div|br|text|tspan|title|w:p|w:br|w:tab|w:tc)\b[^>]*>/g,
      '\n',
    )
    .replace(/<[^>]*>/g, '')
  return decoded([text, ...attributes].join('\n'))
}

function textOfDocx(bytes: Buffer): string {
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => /\.(xml|svg|rels)$/.test(name))
    .map(([, part]) => textOfMarkup(strFromU8(part)))
    .join('\n')
}

/** What pdfkit writes: objects, streams packed with deflate, text as numbers of glyphs with a table to tell their letters. */
function textOfPdf(bytes: Buffer): string {
  const file = bytes.toString('latin1')
  const objects = new Map<string, { head: string; stream: string | undefined }>()
  for (const [, id, head, stream] of file.matchAll(
    /(?:^|\n)(\d+) 0 obj\n([\s\S]*?)(?:\nstream\n([\s\S]*?)\nendstream)?\nendobj/g,
  ))
    objects.set(id!, { head: head!, stream: stream && unpacked(head!, stream) })
  const letters = new Map<string, ReadonlyMap<string, string>>()
  for (const { head } of objects.values())
    for (const [, name, font] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font!)?.head ?? '')?.[1]
      if (table) letters.set(name!, lettersOf(objects.get(table)?.stream ?? ''))
    }
  const text: string[] = propertiesOf([...objects.values()].map(({ head }) => head))
  for (const { stream } of objects.values()) {
    let font: ReadonlyMap<string, string> = new Map()
    for (const [, name, shown] of (stream ?? '').matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name) font = letters.get(name) ?? new Map()
      else
        text.push(
          [...shown!.matchAll(/<([0-9a-f]*)>/gi)]
            .flatMap(([, glyphs]) => glyphs!.match(/.{4}/g) ?? [])
            .map((glyph) => font.get(glyph.toLowerCase()) ?? '')
            .join(''),
        )
    }
  }
  return text.join(' ')
}

function unpacked(head: string, stream: string): string {
  const bytes = Buffer.from(stream, 'latin1')
  return (/\/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString('latin1')
}

/** `<0000> <00ff> [<0041> <00660069> …]`: what the glyphs of a range are in letters, one after the other. */
function lettersOf(table: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  for (const [, first, all] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi))
    for (const [n, [, units]] of [...all!.matchAll(/<([^>]*)>/g)].entries())
      letters.set(
        (Number.parseInt(first!, 16) + n).toString(16).padStart(4, '0'),
        (units!.replaceAll(' ', '').match(/.{4}/g) ?? [])
          .map((unit) => String.fromCharCode(Number.parseInt(unit, 16)))
          .join(''),
      )
  return letters
}

/** Title and author, each an object of its own; pdfkit writes two bytes a letter where they are more than plain. */
const propertiesOf = (heads: readonly string[]): string[] =>
  heads.flatMap((head) => {
    const raw = /^\(((?:\\[\s\S]|[^\\)])*)\)$/.exec(head.trim())?.[1]
    if (raw === undefined) return []
    const bytes = raw.replace(
      /\\([\s\S])/g,
      (_, one: string) => ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' })[one] ?? one,
    )
    return [
      bytes.startsWith('\xfe\xff')
        ? Buffer.from(bytes.slice(2), 'latin1').swap16().toString('utf16le')
        : bytes,
    ]
  })
