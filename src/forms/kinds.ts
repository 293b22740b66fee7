/** The forms that are saved as they are typed, and what each is called. An area adds its own. */
export const draftForms = {
  'visit-or-note': 'Visit or note',
  supervision: 'Supervision',
  letter: 'Letter',
  'living-summary': 'Living summary',
  contact: 'Contact',
  'strategy-discussion': 'Strategy discussion',
  'section-47-enquiry': 'Section 47 enquiry',
  'protection-conference': 'Child protection conference',
  'protection-plan': 'Child protection plan',
  'core-group': 'Core group',
} as const

export type DraftForm = keyof typeof draftForms

/** A form's name, for a list; its code where the form is no longer there. */
export const formWords = (form: string): string => draftForms[form as DraftForm] ?? form
