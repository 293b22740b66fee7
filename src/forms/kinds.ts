/** The forms that are saved as they are typed, and what each is called. An area adds its own. */
export const draftForms = {
  'visit-or-note': 'Visit or note',
} as const

export type DraftForm = keyof typeof draftForms

/** A form's name, for a list; its code where the form is no longer there. */
export const formWords = (form: string): string => draftForms[form as DraftForm] ?? form
