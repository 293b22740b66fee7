import { documentKinds } from '../casework/documents/kinds.ts'
import { noteKinds } from '../casework/note-kinds.ts'
import { codeSet } from '../codes/codes.ts'
import { relationOptions } from '../people/relation-words.ts'
import { hazardKinds } from '../people/warnings.ts'

/*
 * Local words and the codes they stand for. The national code itself needs no mapping, nor do the words the dataset
 * itself prescribes; everything else is a word of the authority's, and stands for what it has signed.
 */

/** A set that words may be mapped to: the national one of that name, or one of the record's own. */
export interface WordSet {
  title: string
  options: readonly { value: string; text: string }[]
}

const own: Readonly<Record<string, WordSet>> = {
  address_kind: set('Kind of address', {
    home: 'Home',
    placement: 'Placement',
    correspondence: 'Correspondence',
    other: 'Other',
  }),
  identifier_kind: set('Kind of number', {
    upn: 'Unique pupil number',
    'former-upn': 'Former unique pupil number',
    'nhs-number': 'NHS number',
    'home-office': 'Home Office registration',
    'national-insurance': 'National Insurance number',
    'youth-justice': 'Youth offending team number',
    'court-case': 'Court case number',
    'adoption-agency': 'Regional adoption agency number',
    other: 'Another number',
  }),
  involvement_kind: set('What a worker is to the child', {
    allocated: 'Allocated worker',
    'co-working': 'Co-worker',
    team: 'Team',
    'personal-adviser': 'Personal adviser',
    'reviewing-officer': 'Independent reviewing officer',
    'conference-chair': 'Conference chair',
    'supervising-social-worker': 'Supervising social worker',
    'adoption-worker': 'Adoption worker',
    other: 'Other',
  }),
  health_check_kind: set('Kind of health check', {
    'health-assessment': 'Health assessment',
    dental: 'Dental check',
    'health-check': 'Developmental check',
  }),
  relationship_kind: { title: 'What the other is to this person', options: relationOptions },
  hazard_kind: set('Kind of warning', hazardKinds),
  note_kind: set('Kind of note', noteKinds),
  document_kind: set('Kind of document', documentKinds),
}

function set(title: string, options: Record<string, string>): WordSet {
  return { title, options: Object.entries(options).map(([value, text]) => ({ value, text })) }
}

/** The record's own sets, each with the column whose values they are: a test holds the two together. */
export const ownSets: Readonly<Record<string, readonly [table: string, column: string]>> = {
  address_kind: ['address', 'kind'],
  involvement_kind: ['involvement', 'kind'],
  relationship_kind: ['relationship', 'kind'],
  hazard_kind: ['hazard', 'kind'],
  note_kind: ['case_note', 'kind'],
  document_kind: ['document', 'kind'],
}

/** @throws when there is none of that name: a mistake in the program */
export function wordSet(name: string): WordSet {
  const ours = own[name]
  if (ours !== undefined) return ours
  const { title, codes } = codeSet(name)
  return { title, options: codes.map(({ code, label }) => ({ value: code, text: label })) }
}

/** Words and spellings that the dataset itself has for a code (spec of the dataset 1.4.5); null for one of nothing. */
const datasetWords: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  sex: { male: 'M', female: 'F', unknown: 'U', '1': 'M', '2': 'F', i: 'U' },
  // Some systems put the letter of the sex here, which sex says already.
  gender_current: { '00': '0', '01': '1', '02': '2', '09': '9', m: null, f: null, u: null, i: null },
  ethnicity: { cnhe: 'CHNE', '??': null },
  category_of_abuse: {
    neglect: 'NEG',
    'physical abuse': 'PHY',
    'sexual abuse': 'SAB',
    'emotional abuse': 'EMO',
    multiple: 'MUL',
  },
  missing: { missing: 'M', away: 'A', absent: 'A' },
  in_touch: { yes: 'YES', y: 'YES', no: 'NO', n: 'NO' },
  involvement_kind: { cw: 'allocated' },
  identifier_kind: {
    'case number': 'other',
    'unique pupil number': 'upn',
    'former unique pupil number': 'former-upn',
    'nhs number': 'nhs-number',
    'home office registration': 'home-office',
    'national insurance number': 'national-insurance',
    'yot number': 'youth-justice',
    'court case number': 'court-case',
    'raa id': 'adoption-agency',
    'incident id': 'other',
  },
  health_check_kind: {
    'health assessment': 'health-assessment',
    health: 'health-assessment',
    'dental check': 'dental',
    'health check': 'health-check',
  },
}

/** What a word turned out to be. */
export type Meaning = { code: string | null } | { unmapped: string }

export interface SignedWord {
  field: string
  word: string
  /** Null: it means nothing. */
  code: string | null
}

/** Says what the words of one system's files stand for, and counts those that nobody has signed. */
export class Words {
  #signed = new Map<string, string | null>()
  #answers = new Map<string, Meaning>()
  #unmapped = new Map<string, { field: string; set: string; word: string; times: number }>()

  constructor(signed: readonly SignedWord[]) {
    for (const { field, word, code } of signed) this.#signed.set(`${field} ${word.toLowerCase()}`, code)
  }

  /**
   * @param field of the files
   * @param setName what its words may stand for
   * @param text as the file has it, without padding
   */
  meaning(field: string, setName: string, text: string): Meaning {
    const key = `${field} ${text}`
    let answer = this.#answers.get(key)
    if (answer === undefined) {
      answer = this.#ask(field, setName, text)
      if (this.#answers.size > 100_000) this.#answers.clear()
      this.#answers.set(key, answer)
    }
    if ('unmapped' in answer) this.#count(field, setName, text)
    return answer
  }

  /** Words that nobody has signed, with how often they stand. */
  unmapped(): { field: string; set: string; word: string; times: number }[] {
    return [...this.#unmapped.values()]
  }

  #ask(field: string, setName: string, text: string): Meaning {
    const { options } = wordSet(setName)
    const capitals = text.toUpperCase()
    const code = options.find(({ value }) => value.toUpperCase() === capitals)
    if (code !== undefined) return { code: code.value }
    const word = text.toLowerCase()
    const signed = this.#signed.get(`${field} ${word}`)
    if (signed !== undefined) return { code: signed }
    const known = datasetWords[setName]
    // A file may say '__proto__'.
    if (known && Object.hasOwn(known, word)) return { code: known[word] ?? null }
    if (setName === 'category_of_abuse' && /^multiple\s*:/.test(word)) return { code: 'MUL' }
    const labelled = options.filter(({ text: label }) => label.toLowerCase() === word)
    return labelled.length === 1 ? { code: labelled[0]!.value } : { unmapped: text }
  }

  #count(field: string, setName: string, text: string): void {
    const key = `${field} ${text.toLowerCase()}`
    const known = this.#unmapped.get(key)
    if (known) known.times++
    // Free text in a field of codes would be a word each time.
    else if (this.#unmapped.size < 20_000)
      this.#unmapped.set(key, { field, set: setName, word: text.slice(0, 300), times: 1 })
  }
}
