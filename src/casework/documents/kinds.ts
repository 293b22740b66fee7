/** What a document is (the domain `foundation.document_kind`); the kind decides its field group (0630_documents.sql). */
export const documentKinds = {
  'letter-in': 'Letter received',
  'letter-out': 'Letter sent',
  report: 'Report',
  plan: 'Plan',
  minutes: 'Minutes',
  'e-mail': 'E-mail',
  court: 'Court document',
  health: 'Health',
  education: 'Education',
  photograph: 'Photograph or recording',
  other: 'Other',
} as const
export type DocumentKind = keyof typeof documentKinds

/** Every field group that a document may be of (governance D.1). */
export const documentGroups: readonly string[] = ['F14', 'F18', 'F20', 'F25', 'F31', 'F34']
