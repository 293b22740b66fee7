import { createHash } from 'node:crypto'
import type { Entry, Register } from './registers.ts'
import type { Group } from './store.ts'

/*
 * The privacy notice, made from the registers the service runs on: what a sentence promises carries the number of the
 * requirement that keeps it (N.., governance part A), and each section says what of the registers it covers, so that
 * what is done and not told can be found (drift.ts).
 */

export type Layer = 'families' | 'children' | 'carers' | 'workforce'
export const layers: readonly Layer[] = ['families', 'children', 'carers', 'workforce']

export const layerWords: Readonly<Record<Layer, { title: string; says: string }>> = {
  families: {
    title: 'How we use your information',
    says: 'For children, young people, parents, carers and everybody else whose name stands in a child’s record',
  },
  children: {
    title: 'Your information, for children',
    says: 'In short words, to read by yourself or together',
  },
  carers: {
    title: 'For foster carers and adopters',
    says: 'What more we hold on people who care or wish to care for a child',
  },
  workforce: { title: 'For people who work here', says: 'What the system writes down of those who use it' },
}

export type Part =
  | string
  | { readonly list: readonly string[] }
  | { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export interface Covers {
  readonly groups?: readonly string[]
  readonly entries?: readonly string[]
}

export interface Section {
  readonly id: string
  readonly heading: string
  readonly parts: readonly Part[]
  /** The requirements and corrections it answers: 'N57', 'G12'. */
  readonly keeps: readonly string[]
  readonly covers: Covers
}

/** Everything a notice is made from. */
export interface Facts {
  readonly authority: string
  readonly registers: { readonly [R in Register]: readonly Entry<R>[] }
  readonly groups: readonly Group[]
}

/** What is held, in the words of whoever it is about; null: of the service’s own working, told with another group. */
export const groupWords: Readonly<Record<string, string>> = {
  F01: 'Names, dates of birth, sex',
  F02: 'Other names somebody uses or used, and gender identity',
  F03: 'Addresses, telephone numbers, e-mail',
  F04: 'Addresses that must stay secret, such as a refuge or a foster home',
  F05: 'Numbers such as the NHS number and the unique pupil number',
  F06: 'Ethnicity, disability, language and religion',
  F07: 'Who the family is, who has parental responsibility, who may meet the child',
  F08: 'Court orders and legal status',
  F09: 'Whether there is a child protection plan, and why',
  F10: 'Whether a child is looked after by us, and in what kind of place',
  F11: 'What somebody was worried about when they contacted us',
  F12: 'Assessments: what a child and family need',
  F13: 'Enquiries into whether a child is being harmed',
  F14: 'Plans, and what was said at conferences and meetings',
  F15: 'Where a looked-after child lives, and the reviews of their care',
  F16: 'Dates of health and dental checks and immunisations',
  F17: 'Scores of the strengths and difficulties questionnaire',
  F18: 'Health in detail',
  F19: 'Offences, and allegations of them',
  F20: 'School and education',
  F21: 'Adoption: decisions, orders, and the record that stays sealed',
  F22: 'What care leavers do and where they live',
  F23: 'Facts about adults in a child’s life, such as their health or violence at home',
  F24: 'Warnings, such as a danger to a worker who visits',
  F25: 'Notes of visits, calls and meetings, letters and e-mails',
  F26: 'Who works with the child, and professionals who know the child',
  F27: 'The child’s chronology: what happened when',
  F28: 'What the child wishes and said, in the child’s words',
  F29: 'Immigration status',
  F30: 'Payments and costs',
  F31: 'Photographs and recordings',
  F32: 'Complaints',
  F33: 'Who opened the record, and whom we told what',
  F34: 'Court papers and reports by experts',
  F35: 'Assessments of foster carers and adopters',
  F36: 'Who told us, when a member of the public did: kept secret',
}

const articles: Readonly<Record<string, string>> = {
  a: 'your consent, Article 6(1)(a)',
  c: 'a duty in law, Article 6(1)(c)',
  d: 'to save a life, Article 6(1)(d)',
  e: 'our public task, Article 6(1)(e)',
  b: 'a contract, Article 6(1)(b)',
}

const protectedByLaw = ['special', 'criminal', 'mixed', 'sealed', 'confidential', 'protected']

const section = (
  id: string,
  heading: string,
  keeps: string,
  parts: readonly Part[],
  covers: Covers = {},
): Section => ({ id, heading, keeps: keeps.split(' ').filter(Boolean), parts, covers })

/** Contact points without which nothing is published. */
export const blankContacts = ({ registers }: Facts): string[] =>
  registers.contacts.flatMap(({ name, value, required }) => (required && !value ? [name] : []))

/** The notice of a layer as the registers have it now. */
export function makeNotice(layer: Layer, facts: Facts): Section[] {
  return { families, children, carers, workforce }[layer](facts)
}

/** The keys of an object in order: the database gives them back in one of its own. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Tells one text from another. */
export const fingerprintOf = (sections: readonly Section[]): string =>
  createHash('sha256').update(JSON.stringify(sections, inOrder)).digest('hex')

const contactOf =
  ({ registers }: Facts) =>
  (key: string): string =>
    registers.contacts.find((one) => one.key === key)?.value ?? '(not said yet)'

const keysOf = (entries: readonly { key: string }[]) => ({ entries: entries.map(({ key }) => key) })

// ---- Families ----------------------------------------------------------------------------------------------------

function families(facts: Facts): Section[] {
  const { registers, groups, authority } = facts
  const contact = contactOf(facts)
  const bases = [...registers['lawful-bases']]
    .filter(({ people }) => people.includes('families'))
    // G3: the public task is the main basis and comes first.
    .sort((a, b) => Number(b.article6[0] === 'e') - Number(a.article6[0] === 'e') || (a.key < b.key ? -1 : 1))
  const consent = bases.filter(({ article6 }) => article6.includes('a'))
  const live = registers.automated.filter(({ state }) => state !== 'off')
  const kept = registers.retention.filter(({ published }) => published)
  return [
    section('who-we-are', 'Who we are', 'N1 N2 N3 N32 G21 G23', [
      `${authority} is responsible for the information in this notice; in law, ${contact('CON-CONTROLLER')} is its controller. Some work is done by companies for us: they may do only what our contract with them says.`,
      'This notice is about children’s social care. It is for everybody whose name stands in a child’s record: children and young people, parents and carers, brothers and sisters, others in the home, people who are said to have harmed a child, people who told us of a worry, professionals, foster carers and adopters. Each adult has rights of their own.',
      'It is made from the lists by which our computer system works. When those change, the notice changes, and every earlier version is kept.',
    ]),
    section(
      'what-we-collect',
      'What we collect',
      'N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14 N15 N16 N17 N18 N19 N20 N21 N22 G8 G2',
      [
        'We collect some or all of this, as far as the work with you needs it. The law protects what is marked ‘yes’ more than other information: it is about things such as health, ethnicity, religion, or offences.',
        {
          head: ['What', 'Protected more'],
          rows: groups
            .filter(({ code }) => groupWords[code] !== undefined)
            .map(({ code, sensitivity }) => [
              groupWords[code]!,
              protectedByLaw.includes(sensitivity) ? 'yes' : '',
            ]),
        },
        'Ethnicity, religion, language and gender identity are what you tell us. You can decline to say, and we never guess.',
      ],
      { groups: groups.map(({ code }) => code) },
    ),
    section(
      'sources',
      'Where it comes from',
      'G10',
      [
        'Much of it comes from you. The rest comes from:',
        { list: registers.sources.filter(({ key }) => key !== 'SRC-FAMILY').map(({ name }) => name) },
        'Who told us of a worry as a member of the public stays secret.',
      ],
      keysOf(registers.sources),
    ),
    section('must-you-tell-us', 'Whether you have to tell us', 'G11', [
      'Nobody has to let us have information only because we ask. Some of it the law requires us to find out, for example when we must see whether a child is safe. If you do not tell us, we may have to decide with less, or ask others. Where you can say no without any consequence, the form says so.',
    ]),
    section('why', 'What we use it for', 'N23 N26 N27 N28 N29 N30 N33 N34 N35 N66 N67 N68 N69 G9', [
      {
        list: [
          'to support children and families, and to see how a child gets on',
          'to keep children safe from harm',
          'to help children get to school and find the services they need',
          'to work with you, and to tell you what we plan and decide',
          'to check the quality of our work, on a few records that are picked for it and for a short time',
          'to plan services and learn what helps, from figures in which nobody can be recognised',
          'to pay for services and claim funding, with no more than the facts that a payment needs',
        ],
      },
    ]),
    section(
      'law',
      'What the law says',
      'N36 N38 N39 N40 N41 N42 N43 N44 N45 N46 N47 N48 N49 N50 N51 N52 N53 N54 N55 N56 G1 G3 G5 G6',
      [
        'For most of what we do the law gives us a public task or a duty. These are our reasons, under Articles 6, 9 and 10 of the UK GDPR and Schedule 1 of the Data Protection Act 2018:',
        {
          head: ['We use it', 'Because of', 'Acts and regulations', 'For protected information'],
          rows: bases.map(({ plain, article6, statutes, conditions }) => [
            plain,
            article6.map((one) => articles[one]!).join('; '),
            statutes.join('; ') || 'none',
            conditions.map((one) => `Article ${one}`).join('; '),
          ]),
        },
        'For the conditions of substantial public interest we have written down how we follow the principles of data protection and how long we keep things (an appropriate policy document). Ask us for it.',
        'We also keep to the Human Rights Act 1998, the Equality Act 2010 and the law of confidence. We do not use a contract as the reason for anything about a child or a family.',
      ],
      keysOf(bases),
    ),
    section('consent', 'When we ask for your consent', 'N37 G4', [
      'Consent in the sense of data protection law is our reason only:',
      { list: consent.map(({ plain, activity }) => `${activity.toLowerCase()}: ${plain}`) },
      'You can take it back at any time, in the same way as you gave it, or by telling your worker. We stop within one working day. Nothing that keeps a child safe depends on it.',
    ]),
    section(
      'whom-we-tell',
      'Whom we tell',
      'N24 N25 N57 N58 N59 N60 N61 N62 N63 N64 N65 G12',
      [
        'We share only where it is necessary, lawful and fair, only when it is needed, and only the least that serves. The system shows a worker which facts a purpose allows; more than that needs a written reason. What left, to whom, and why is kept, and you can ask for it.',
        { head: ['Whom', 'What for'], rows: registers.recipients.map(({ name, plain }) => [name, plain]) },
      ],
      keysOf(registers.recipients),
    ),
    section('without-agreement', 'When we share without your agreement', 'N57 G20', [
      'We tell you before we share wherever we can. We do not ask or wait where a child or somebody else may be harmed, where a crime must be stopped, or where a court or the law orders it. The law allows this, and children have been harmed where it was not done. We write down why we did not tell you.',
    ]),
    section('safe', 'How we keep it safe', 'N70 N71 N72 N73', [
      {
        list: [
          'Only people whose work needs it can open a record. The system asks why before it shows anything, and the database itself refuses without a reason.',
          'Every opening is written down where nobody, not even our technicians, can change it unseen.',
          'Staff cannot open their own record, or that of relatives, neighbours or friends.',
          'Documents are encrypted each with a key of its own; backups are encrypted.',
          'Everybody who uses the system has a duty of confidentiality.',
        ],
      },
    ]),
    section('went-wrong', 'If something goes wrong', 'N74 N75 N76 G24', [
      'Anybody here can report at once that information may have been lost or seen by the wrong person. We first make everybody safe. Where there is a risk to people we tell the regulator within 72 hours, and where the risk to you is high we tell you, without delay and in plain words. We will also tell you where we do not have to, when it helps you to know.',
    ]),
    section(
      'computers',
      'What computers do by themselves',
      'N77 N78 N79 N89 G13',
      [
        'No computer makes an important decision about you by itself. A person decides and is named. This is what the system does without being asked each time:',
        { head: ['What', 'What it does'], rows: live.map(({ name, plain }) => [name, plain]) },
      ],
      keysOf(live),
    ),
    section(
      'abroad',
      'When information leaves the country',
      'N80 N81 G14',
      [
        'We keep information in the United Kingdom. It leaves only for one child at a time, after a decision of a head of service and the data protection officer, which is written down:',
        {
          head: ['When', 'What', 'What protects it'],
          rows: registers.transfers.map(({ name, plain, safeguards }) => [name, plain, safeguards]),
        },
        'Ask us for a copy of the agreement or the reasons in your case.',
      ],
      keysOf(registers.transfers),
    ),
    section(
      'how-long',
      'How long we keep it',
      'N94 G7',
      [
        'The longest of these counts. A record is looked at by a person, and a second person agrees, before anything is destroyed. While a public inquiry or a court case needs it, nothing is destroyed.',
        {
          head: ['What', 'How long', 'Who says so'],
          rows: kept.map(({ about, keeps, authority: says, source }) => [
            about,
            keeps,
            says === 'statute' ? `the law: ${source}` : source,
          ]),
        },
      ],
      keysOf(kept),
    ),
    section('rights', 'Your rights', 'N82 N83 N84 N85 N86 N87 N88 N89 N90 G15', [
      'Everybody has these rights, children too. They cost nothing. We answer within one month; for a request that is hard we may take two months more, and tell you so.',
      {
        list: [
          'See it: get a copy of what we hold on you, and know who read it and whom we told.',
          'Put it right: what is wrong is corrected. What you dispute and we still believe is kept with your words beside it, and we tell those we gave it to.',
          'Have it erased: where we no longer need it. Records the law tells us to keep we cannot erase.',
          'Have it set aside: we may not use it while a dispute is looked into.',
          'Take it with you: what you gave us by consent, in a form a computer reads.',
          'Object: to what we do as a public task. We stop unless we have a compelling reason.',
          'Have a person decide, and not a computer.',
        ],
      },
      'Sometimes we must leave things out of what we give you: what others told us in confidence, or what could seriously harm somebody. We tell you that we did, unless that itself would do harm.',
      'A child who understands what it means asks for themselves. A parent may ask for a younger child, where that is good for the child.',
    ]),
    section('research', 'Research and planning', 'N29 N31 G25', [
      'Researchers and planners see no names. Each project is approved, has an end, and is listed. Tell us if you object to your information being used so.',
    ]),
    section(
      'contact',
      'Ask, or complain',
      'N91 N92 N93 N95 N96 N97 N98 N99 G16 G17 G18 G19 G22',
      [
        {
          head: ['For', 'Write or call'],
          rows: [
            [
              'Your rights, and questions',
              [contact('CON-IG-EMAIL'), registers.contacts.find(({ key }) => key === 'CON-IG-PHONE')?.value]
                .filter(Boolean)
                .join(', '),
            ],
            [
              'The data protection officer',
              `${contact('CON-DPO-EMAIL')}; ${contact('CON-DPO-POST')} (${contact('CON-DPO-WHOSE')})`,
            ],
            ['A complaint to us', contact('CON-COMPLAINTS')],
            [
              'The regulator',
              `${contact('CON-REGULATOR')}, ${contact('CON-REGULATOR-PHONE')}, ${contact('CON-REGULATOR-WEB')}`,
            ],
          ],
        },
        'If you complain about why we collected information, how we used it, or how long we keep it, we say within 30 days that we have your complaint, tell you how it goes, and give you an answer. You can complain to the regulator too, and you can go to court.',
        'We give this notice to you when we first work with you and when things change, such as when an assessment or an enquiry starts or a child comes into our care. There is a version for children. Ask for another language or format.',
      ],
      keysOf(registers.contacts),
    ),
  ]
}

// ---- Children ----------------------------------------------------------------------------------------------------

function children(facts: Facts): Section[] {
  const contact = contactOf(facts)
  return [
    section('who-we-are', 'Who we are', 'N1 N2 G22', [
      `We work for ${facts.authority}. Our job is to help children be safe and well. A social worker is one of us.`,
    ]),
    section('what-we-collect', 'What we write down', 'N5 N6 N7 G8', [
      'We write down things about you and your family. It helps us to help you.',
      {
        list: [
          'your name, your birthday and where you live',
          'who is in your family',
          'how you are at home and at school',
          'if you are ill or need extra help',
          'what worries you, and what you wish for',
          'what we plan to do, and what we did',
        ],
      },
      'Some of it you tell us. Some of it your family, your school, a doctor or the police tell us.',
      'You do not have to tell us things. You can say no.',
    ]),
    section('why', 'Why we write it down', 'N26 N30 N34 G3', [
      'The law asks us to keep children safe. To do that we need to know what is going on. We also need to be sure that what we did was right.',
    ]),
    section('whom-we-tell', 'Who else may know', 'N57 N58 N62 N63', [
      'Sometimes we tell other people: your school, a nurse or doctor, the police, the people you live with, or a judge. We tell them only what they need to know. We ask you first if we can.',
      'If we think that you or another child may be hurt, we have to tell someone. We will try to tell you first.',
    ]),
    section('safe', 'How we keep it safe', 'N70 N71', [
      'Only people who work with you may look at your record. The computer asks them why. It writes down each time that someone looks. You can ask us who looked.',
    ]),
    section('computers', 'What the computer does', 'N77 N79', [
      'The computer reminds us of things we must do. It tells the hospital if we have a plan to keep you safe. It does not make choices about your life. People do that.',
    ]),
    section('how-long', 'How long we keep it', 'N94 G7', [
      'We keep it for a long time, so that you can read it when you are grown up. If we look after you, we keep it until you would be 75 years old.',
    ]),
    section('rights', 'What you can ask us', 'N82 N83 N84 N88 G15', [
      {
        list: [
          'You can ask to read what we wrote about you.',
          'You can tell us if it is wrong. We will change it, or write down what you think.',
          'You can ask who has read it, and who we told.',
          'You can ask us to stop using some of it.',
        ],
      },
      'You can ask your social worker, or a grown-up you trust can help you to ask.',
    ]),
    section(
      'contact',
      'If you are not happy',
      'N91 N97 G16 G18',
      [
        `Tell your social worker, or write to ${contact('CON-COMPLAINTS')}.`,
        `You can also call the people who check on us: ${contact('CON-REGULATOR-PHONE')}.`,
      ],
      keysOf(facts.registers.contacts),
    ),
  ]
}

// ---- Carers, workforce --------------------------------------------------------------------------------------------

function carers(facts: Facts): Section[] {
  const { registers } = facts
  const bases = registers['lawful-bases'].filter(({ people }) => people.includes('carers'))
  const kept = registers.retention.filter(({ key }) => /^R-(FC|ADO|LADO)-/.test(key))
  return [
    section(
      'what-more',
      'What more we hold on you',
      'N2 N14 G8',
      [
        'Besides what the notice for families says, we hold your application and assessment, checks that the law asks for (such as criminal records, health and references), approvals and reviews, training, payments, and who lives with you. Your address is a protected address: it goes to nobody whom a rule does not name.',
      ],
      { groups: ['F35', 'F04', 'F30'] },
    ),
    section(
      'law',
      'What the law says',
      'N36 G3',
      [
        {
          head: ['We use it', 'Acts and regulations'],
          rows: bases.map(({ plain, statutes }) => [plain, statutes.join('; ')]),
        },
      ],
      keysOf(bases),
    ),
    section(
      'how-long',
      'How long we keep it',
      'N94 G7',
      [{ head: ['What', 'How long'], rows: kept.map(({ about, keeps }) => [about, keeps]) }],
      keysOf(kept),
    ),
    section('rest', 'Everything else', 'N1', [
      'Whom we tell, how we keep it safe, your rights and whom to ask stand in the notice for families.',
    ]),
  ]
}

function workforce(facts: Facts): Section[] {
  const kept = facts.registers.retention.filter(({ key }) => /^R-(AUD|SUP)-/.test(key))
  return [
    section(
      'what',
      'What the system writes down of you',
      'N23 N71 N73',
      [
        {
          list: [
            'your name, your work e-mail, roles, teams and when they changed',
            'when you signed in, and from where',
            'every record you opened, with the reason; every search with what was asked and who was shown',
            'what you wrote, when, and what you changed',
            'connections to families that you declared',
          ],
        },
      ],
      { groups: ['F33', 'F26'] },
    ),
    section('why', 'Why', 'N70 N71 N72', [
      'The law asks us to limit who reads a child’s record and to be able to prove it. Families may be told who opened their record and why, unless that would put somebody at risk.',
    ]),
    section('looked-at', 'Who looks at it', 'N70 N72', [
      'Information governance, for one question at a time, and their looking is written down too. The system points out unusual reading, such as much of it or of one’s own street; a person looks into it and asks you before anything follows.',
    ]),
    section(
      'how-long',
      'How long we keep it',
      'N94',
      [{ head: ['What', 'How long'], rows: kept.map(({ about, keeps }) => [about, keeps]) }],
      keysOf(kept),
    ),
    section('rest', 'Your rights', 'N82', [
      'You have the rights that the notice for families lists. Ask the data protection officer.',
    ]),
  ]
}
