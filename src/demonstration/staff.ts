/** What a team does. */
export type TeamKind =
  | 'front-door'
  | 'assessment'
  | 'family-support'
  | 'looked-after'
  | 'leaving-care'
  | 'disabled-children'
  | 'fostering'
  | 'adoption'
  | 'safeguarding'
  | 'emergency'

export const wholeService = 'Children’s services'

/** Teams of which there is one however large the authority. The others are made as children need them (service.ts). */
export const lasting: readonly { name: string; kind: TeamKind }[] = [
  { name: 'Front door', kind: 'front-door' },
  { name: 'Fostering', kind: 'fostering' },
  { name: 'Adoption', kind: 'adoption' },
  { name: 'Safeguarding and reviewing', kind: 'safeguarding' },
  { name: 'Emergency duty', kind: 'emergency' },
]

/** What each kind of team that carries children is called, the first and those that follow. */
export const teamNames: Readonly<Partial<Record<TeamKind, readonly string[]>>> = {
  assessment: ['Assessment east', 'Assessment west'],
  'family-support': [
    'Family support east',
    'Family support west',
    'Family support north',
    'Family support south',
  ],
  'looked-after': ['Looked-after children'],
  'leaving-care': ['Leaving care'],
  'disabled-children': ['Disabled children'],
}

export interface Worker {
  readonly email: string
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly string[]
  readonly team?: string
  /** For the sign-in page of the demonstration: what to try with this account. */
  readonly says?: string
  /** Holds children of this kind of team, at most so many. */
  readonly carries?: { kind: TeamKind; most: number }
}

const at = 'fellshire.example'

/** Who is there in every demonstration, the ones to try first at the top. */
export const cast: readonly (Worker & { says: string })[] = [
  {
    email: `sam.okoro@${at}`,
    name: 'Sam Okoro',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support east',
    says: 'Opens the records of the children allocated to Sam, and of nobody else',
    carries: { kind: 'family-support', most: 17 },
  },
  {
    email: `priya.shah@${at}`,
    name: 'Priya Shah',
    jobTitle: 'Team manager',
    roles: ['A-TM'],
    team: 'Family support east',
    says: 'Reads what the team works with, allocates, reviews emergency access',
  },
  {
    email: `dev.malik@${at}`,
    name: 'Dev Malik',
    jobTitle: 'Screening officer, front door',
    roles: ['A-DUTY'],
    team: 'Front door',
    says: 'Takes contacts, works the queue of notifications, finds any child by name, birth date, postcode or number',
  },
  {
    email: `moira.kendal@${at}`,
    name: 'Moira Kendal',
    jobTitle: 'Front door manager',
    roles: ['A-DUTY', 'A-TM'],
    team: 'Front door',
    says: 'Decides what becomes of each contact, and gives referrals to teams',
  },
  {
    email: `ana.petrova@${at}`,
    name: 'Ana Petrova',
    jobTitle: 'Data and performance analyst',
    roles: ['A-PERF'],
    says: 'Imports returns, mends what could not be entered, checks and sends returns',
  },
  {
    email: `joan.whitelaw@${at}`,
    name: 'Joan Whitelaw',
    jobTitle: 'Information governance officer',
    roles: ['A-IG'],
    says: 'Asks who opened what, and proves that the trail was not touched',
  },
  {
    email: `ruth.fenn@${at}`,
    name: 'Ruth Fenn',
    jobTitle: 'Data protection officer',
    roles: ['A-DPO'],
    says: 'Opens a record with a reason, and what an account has done',
  },
  {
    email: `max.hollis@${at}`,
    name: 'Max Hollis',
    jobTitle: 'Application administrator',
    roles: ['A-ADM'],
    says: 'Keeps accounts, teams and roles, and reads no record',
  },
  {
    email: `tom.eccles@${at}`,
    name: 'Tom Eccles',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support west',
    says: 'Works in another team: Sam’s children are closed to Tom',
    carries: { kind: 'family-support', most: 19 },
  },
  {
    email: `lena.brandt@${at}`,
    name: 'Lena Brandt',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support east',
    says: 'A colleague of Sam’s with children of her own to work with',
    carries: { kind: 'family-support', most: 15 },
  },
  {
    email: `greta.osei@${at}`,
    name: 'Greta Osei',
    jobTitle: 'Team manager',
    roles: ['A-TM'],
    team: 'Family support west',
    says: 'Manages Tom’s team, and confirmed the restriction on a colleague’s child',
  },
  {
    email: `nadia.rahman@${at}`,
    name: 'Nadia Rahman',
    jobTitle: 'Social worker, looked-after children',
    roles: ['A-SW'],
    team: 'Looked-after children',
    says: 'Works with children in care: one of them is missing tonight',
    carries: { kind: 'looked-after', most: 18 },
  },
  {
    email: `callum.reid@${at}`,
    name: 'Callum Reid',
    jobTitle: 'Personal adviser',
    roles: ['A-PA'],
    team: 'Leaving care',
    says: 'Keeps in touch with young people who have left care',
    carries: { kind: 'leaving-care', most: 22 },
  },
  {
    email: `iris.coleman@${at}`,
    name: 'Iris Coleman',
    jobTitle: 'Adoption social worker',
    roles: ['A-ADO'],
    team: 'Adoption',
    says: 'Holds sealed records, which nobody else finds',
  },
  {
    email: `hamid.yusuf@${at}`,
    name: 'Hamid Yusuf',
    jobTitle: 'Independent reviewing officer, conference chair',
    roles: ['A-IRO'],
    team: 'Safeguarding and reviewing',
    says: 'Chairs conferences and reviews of the children assigned to Hamid',
  },
  {
    email: `wendy.marsh@${at}`,
    name: 'Wendy Marsh',
    jobTitle: 'Emergency duty social worker',
    roles: ['A-EDT'],
    team: 'Emergency duty',
    says: 'Works when everybody else sleeps: any child, with a reason',
  },
  {
    email: `quinn.hale@${at}`,
    name: 'Quinn Hale',
    jobTitle: 'Practice auditor',
    roles: ['A-QA'],
    says: 'Reads the records of an audit’s sample, and no others',
  },
  {
    email: `beth.arnott@${at}`,
    name: 'Beth Arnott',
    jobTitle: 'Service manager',
    roles: ['A-SM'],
    team: wholeService,
    says: 'Stands above every team',
  },
]

/** @throws when nobody is called so, so that a slip shows at once */
export function castMember(name: string): Worker {
  const found = cast.find((worker) => worker.name === name)
  if (!found) throw new Error(`Nobody of the cast is called ${name}`)
  return found
}
