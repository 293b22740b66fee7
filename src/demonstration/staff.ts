/** The teams of the demonstration, each under the one it belongs to. */
export const teams: readonly { name: string; parent?: string }[] = [
  { name: 'Children’s services' },
  { name: 'Front door', parent: 'Children’s services' },
  { name: 'Family support east', parent: 'Children’s services' },
  { name: 'Family support west', parent: 'Children’s services' },
]

export interface Worker {
  readonly email: string
  readonly name: string
  readonly jobTitle: string
  readonly roles: readonly string[]
  readonly team?: string
  /** For the sign-in page of the demonstration: what to try with this account. */
  readonly says: string
  /** Children are allocated to this worker. */
  readonly carries?: boolean
}

/** Who works there, the ones to try first at the top. */
export const staff: readonly Worker[] = [
  {
    email: 'sam.okoro@fellshire.example',
    name: 'Sam Okoro',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support east',
    says: 'Opens the records of the children allocated to Sam, and of nobody else',
    carries: true,
  },
  {
    email: 'priya.shah@fellshire.example',
    name: 'Priya Shah',
    jobTitle: 'Team manager',
    roles: ['A-TM'],
    team: 'Family support east',
    says: 'Reads what the team works with, allocates, reviews emergency access',
  },
  {
    email: 'ana.petrova@fellshire.example',
    name: 'Ana Petrova',
    jobTitle: 'Data and performance analyst',
    roles: ['A-PERF'],
    says: 'Imports returns, mends what could not be entered, checks and sends returns',
  },
  {
    email: 'joan.whitelaw@fellshire.example',
    name: 'Joan Whitelaw',
    jobTitle: 'Information governance officer',
    roles: ['A-IG'],
    says: 'Asks who opened what, and proves that the trail was not touched',
  },
  {
    email: 'dev.malik@fellshire.example',
    name: 'Dev Malik',
    jobTitle: 'Screening officer, front door',
    roles: ['A-DUTY'],
    team: 'Front door',
    says: 'Finds any child by name, birth date, postcode or number',
  },
  {
    email: 'ruth.fenn@fellshire.example',
    name: 'Ruth Fenn',
    jobTitle: 'Data protection officer',
    roles: ['A-DPO'],
    says: 'Opens a record with a reason, and what an account has done',
  },
  {
    email: 'max.hollis@fellshire.example',
    name: 'Max Hollis',
    jobTitle: 'Application administrator',
    roles: ['A-ADM'],
    says: 'Keeps accounts, teams and roles, and reads no record',
  },
  {
    email: 'lena.brandt@fellshire.example',
    name: 'Lena Brandt',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support east',
    says: 'A colleague of Sam’s with children of her own to work with',
    carries: true,
  },
  {
    email: 'tom.eccles@fellshire.example',
    name: 'Tom Eccles',
    jobTitle: 'Social worker',
    roles: ['A-SW'],
    team: 'Family support west',
    says: 'Works in another team: Sam’s children are closed to Tom',
    carries: true,
  },
  {
    email: 'beth.arnott@fellshire.example',
    name: 'Beth Arnott',
    jobTitle: 'Service manager',
    roles: ['A-SM'],
    team: 'Children’s services',
    says: 'Stands above every team',
  },
]
