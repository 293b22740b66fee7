/** Whose work the trail is. What they see of it the database decides, each time: field group F33, access.open_actor. */
export const readers = {
  ofRecords: ['A-IG', 'A-DPO', 'A-CG'],
  ofAllWorkers: ['A-IG', 'A-DPO', 'A-CG'],
  /** Managers: of those below them. */
  ofWorkers: ['A-IG', 'A-DPO', 'A-CG', 'A-TM', 'A-SM'],
} as const

/** The seal's page names nobody: also for who runs the service and who inspects it. */
export const sealReaders = ['A-IG', 'A-DPO', 'A-CG', 'A-ADM', 'A-OPS', 'A-INS'] as const
