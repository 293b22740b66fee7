import { fileTypeFromBuffer } from 'file-type'

/** How a kind of file may be looked at in the browser; what has none is downloaded. */
export type Look = 'pdf' | 'image' | 'text' | 'e-mail'

export interface MediaType {
  readonly media: string
  readonly look?: Look
  /** What its first bytes are known as; none for text, which has no mark of its own. */
  readonly marks: readonly string[]
}

const zip = 'application/zip'
const cfb = 'application/x-cfb'
const office = (name: string): MediaType => {
  const media = `application/vnd.openxmlformats-officedocument.${name}`
  return { media, marks: [media, zip] }
}
const open = (name: string): MediaType => {
  const media = `application/vnd.oasis.opendocument.${name}`
  return { media, marks: [media] }
}
const oldOffice = (media: string): MediaType => ({ media, marks: [cfb] })
const plain = (media: string, look: Look): MediaType => ({ media, look, marks: [] })
const image = (media: string): MediaType => ({ media, look: 'image', marks: [media] })
const shut = (media: string, ...marks: string[]): MediaType => ({ media, marks: [media, ...marks] })

/** What may be filed, by the ending of its name. Nothing that runs, nothing a browser would take for a page. */
const types: Readonly<Record<string, MediaType>> = {
  pdf: { media: 'application/pdf', look: 'pdf', marks: ['application/pdf'] },
  png: image('image/png'),
  jpg: image('image/jpeg'),
  jpeg: image('image/jpeg'),
  gif: image('image/gif'),
  webp: image('image/webp'),
  heic: shut('image/heic', 'image/heif'),
  tif: shut('image/tiff'),
  tiff: shut('image/tiff'),
  docx: office('wordprocessingml.document'),
  xlsx: office('spreadsheetml.sheet'),
  pptx: office('presentationml.presentation'),
  odt: open('text'),
  ods: open('spreadsheet'),
  doc: oldOffice('application/msword'),
  xls: oldOffice('application/vnd.ms-excel'),
  ppt: oldOffice('application/vnd.ms-powerpoint'),
  msg: { ...oldOffice('application/vnd.ms-outlook'), look: 'e-mail' },
  rtf: shut('application/rtf'),
  txt: plain('text/plain', 'text'),
  csv: plain('text/csv', 'text'),
  eml: plain('message/rfc822', 'e-mail'),
  mp3: shut('audio/mpeg'),
  m4a: shut('audio/x-m4a', 'audio/mp4', 'video/mp4'),
  mp4: shut('video/mp4'),
}

/** For the `accept` of the upload form. */
export const acceptedEndings = Object.keys(types)
  .map((ending) => `.${ending}`)
  .join(',')

const endingOf = (fileName: string): string => /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''

/** How a document of the record may be looked at. */
export const lookOf = (media: string): Look | undefined =>
  Object.values(types).find((one) => one.media === media)?.look

/** How much of a file `mediaTypeOf` wants to see. */
export const headSize = 64 * 1024

/**
 * What a file is: by the ending of its name, if its first bytes agree.
 * @param head its first bytes, as many as `headSize` where there are so many
 * @returns words for the person who chose it where it may not be filed
 */
export async function mediaTypeOf(fileName: string, head: Buffer): Promise<MediaType | string> {
  const type = Object.hasOwn(types, endingOf(fileName)) ? types[endingOf(fileName)]! : undefined
  if (!type)
    return 'is of a kind that cannot be filed. PDF, Word, Excel, PowerPoint, OpenDocument, pictures, text, e-mail, sound and film can'
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime
  const agrees =
    type.marks.length > 0
      ? found !== undefined && type.marks.includes(found)
      : found === undefined && isText(head)
  return agrees ? type : 'is not what the ending of its name says. Open it, save it again, and file that'
}

/** Text holds no control characters but those that lay it out. */
const isText = (head: Buffer): boolean =>
  !head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27)

/** Bytes of a text as words: UTF-8, or as older programs on Windows wrote it. */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
