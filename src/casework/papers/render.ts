import { docxOf } from './docx.ts'
import { pageOf } from './html.ts'
import type { Paper } from './paper.ts'
import { pdfOf } from './pdf.ts'

/** The forms a paper is given out in. */
export const forms = {
  pdf: { media: 'application/pdf', ending: 'pdf', name: 'PDF' },
  docx: {
    media: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ending: 'docx',
    name: 'Word',
  },
  html: { media: 'text/html; charset=utf-8', ending: 'html', name: 'Web page' },
} as const
export type Form = keyof typeof forms

/** A paper as a file. */
export interface Rendered {
  readonly form: Form
  readonly bytes: Buffer
}

/**
 * A paper in one of its forms: the one way by which letters, plans, minutes, reports, chronologies and bundles become files.
 * @param made the moment that stands in its metadata; the same paper and moment give the same bytes
 */
export async function render(paper: Paper, form: Form, made: Date): Promise<Rendered> {
  switch (form) {
    case 'pdf':
      return { form, bytes: await pdfOf([paper], made) }
    case 'docx':
      return { form, bytes: await docxOf(paper, made) }
    case 'html':
      return { form, bytes: Buffer.from(pageOf(paper)) }
  }
}

/** A paper in every form, to be looked through before any of them leaves. */
export const renderAll = (paper: Paper, made: Date): Promise<Rendered[]> =>
  Promise.all((Object.keys(forms) as Form[]).map((form) => render(paper, form, made)))
