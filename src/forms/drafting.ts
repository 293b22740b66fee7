import { randomUUID } from 'node:crypto'
import { blankForm, type FormView } from '../web/form.ts'
import type { Draft } from './drafts-store.ts'
import { paths } from './paths.ts'

interface Drafting {
  /** A form of kinds.ts, or the key of a form that is data. */
  readonly form: string
  /** The page of the form, where it is gone on with. */
  readonly page: string
  /** Whose it is: people whose record was opened to write. */
  readonly about: readonly string[]
  /** The field group of what it will be. */
  readonly group: string
  /** What was typed and not filed, when it is gone on with. */
  readonly draft?: Draft | undefined
  /** The form as it came back with errors. */
  readonly again?: FormView | undefined
  /** What a new form starts with. */
  readonly start?: FormView['values']
  /** Where several write in one form: what it is of, and the number of this page’s window, which `openDraft` was told. */
  readonly shared?: { readonly as: string; readonly window: string } | undefined
}

/** What a page with a form that saves itself shows: `form` for the fields, `draft` for `postForm`. */
export function drafting({ form, page, about, group, draft, again, start, shared }: Drafting) {
  const view = again ?? blankForm({ ...start, ...draft?.values })
  const id = draft?.id ?? again?.draft ?? randomUUID()
  return {
    form: view,
    draft: {
      id,
      save: paths.draft({ draft: id }),
      form,
      address: `${page}${page.includes('?') ? '&' : '?'}draft=${id}`,
      about,
      group,
      versions: again ? {} : (draft?.versions ?? {}),
      cursor: draft?.cursor,
      savedAt: draft?.savedAt.toISOString(),
      // It came back with errors: everything in it is saved at once.
      unsaved: again !== undefined,
      ...(shared && { sharedAs: shared.as, window: shared.window }),
    },
  }
}
