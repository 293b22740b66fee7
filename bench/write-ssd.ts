import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { ssdTables } from '../src/importing/ssd-tables.ts'
import { allSurnames, chanceOf, forenames } from './invented-names.ts'

/** How large an invented authority is. */
export interface Size {
  /** Children with a history of need. Of each hundred eight are or were looked after. */
  children: number
  /** Everybody, adults too. */
  people: number
  seed: number
}

type Cells = Record<string, string | number | undefined>

const day = (n: number) => new Date(n * 86_400_000).toISOString().slice(0, 10)
const today = Math.floor(Date.parse('2026-11-20') / 86_400_000)

/**
 * Writes the dataset of an invented authority as an extract does, a CSV for each table. The same seed writes the same.
 * @returns how many rows there are
 */
export async function writeSsd(folder: string, { children, people, seed }: Size): Promise<number> {
  const chance = chanceOf(seed)
  const whole = (below: number) => Math.floor(chance() * below)
  const one = <T>(of: readonly T[]): T => of[whole(of.length)]!
  const files = new Files(folder)
  const teams = 40
  const workers = Math.max(20, Math.round(children / 60))
  for (let t = 1; t <= teams; t++)
    await files.row('ssd_department', {
      dept_team_id: `T${t}`,
      dept_team_name: `Team ${t}`,
      dept_team_parent_id: t > 8 ? `T${(t % 8) + 1}` : '',
    })
  for (let w = 1; w <= workers; w++)
    await files.row('ssd_professionals', {
      prof_professional_id: `W${w}`,
      prof_professional_name: `${one(forenames)} ${one(allSurnames)}`,
    })
  const address = (person: string, table: string, from: number, to?: number) =>
    files.row('ssd_address', {
      addr_table_id: table,
      addr_person_id: person,
      addr_address_type: 'Home',
      addr_address_json: JSON.stringify({
        HOUSE: String(1 + whole(200)),
        STREET: `${one(allSurnames)} Road`,
        TOWN: 'Fellshire',
      }),
      addr_address_postcode: `FE${1 + whole(30)}${1 + whole(9)}${one(['AB', 'DE', 'JN', 'QX'])}`,
      addr_address_start_date: day(from),
      addr_address_end_date: to === undefined ? '' : day(to),
    })

  for (let n = children + 1; n <= people; n++) {
    const person = String(1_000_000 + n)
    await files.row('ssd_person', {
      pers_person_id: person,
      pers_forename: one(forenames),
      pers_surname: one(allSurnames),
      pers_sex: one(['M', 'F']),
      pers_dob: day(today - 365 * (20 + whole(50)) - whole(365)),
    })
    await address(person, `AD${n}`, today - whole(5000))
  }
  for (let n = 1; n <= children; n++) await writeChild(n)
  return files.end()

  async function writeChild(n: number): Promise<void> {
    const person = String(1_000_000 + n)
    const born = today - whole(365 * 19)
    const began = Math.max(born, today - 30 - whole(365 * 6))
    const worker = () => `W${1 + whole(workers)}`
    const team = () => `T${1 + whole(teams)}`
    await files.row('ssd_person', {
      pers_person_id: person,
      pers_forename: one(forenames),
      pers_surname: one(allSurnames),
      pers_sex: one(['M', 'F']),
      pers_ethnicity: one(['WBRI', 'APKN', 'BAFR', 'MWBC', 'WOTH', 'NOBT']),
      pers_dob: day(born),
      pers_upn: `A${String(10_000_000_000 + n)}${n % 10}`,
    })
    await address(person, `AC${n}a`, born, began)
    await address(person, `AC${n}b`, began)
    if (people > children)
      await files.row('ssd_mother', {
        moth_table_id: `M${n}`,
        moth_person_id: String(1_000_000 + children + 1 + whole(people - children)),
        moth_childs_person_id: person,
        moth_childs_dob: day(born),
      })
    if (n % 8 === 0)
      await files.row('ssd_disability', {
        disa_table_id: `D${n}`,
        disa_person_id: person,
        disa_disability_code: one(['LD', 'AUT', 'MOB']),
      })
    let at = began
    for (let episode = 1; episode <= 1 + whole(3) && at < today - 20; episode++) {
      const id = `${n}-${episode}`
      const length = 30 + whole(500)
      const closed = at + length < today ? at + length : undefined
      for (let c = 0; c < 2; c++)
        await files.row('ssd_contacts', {
          cont_contact_id: `C${id}-${c}`,
          cont_person_id: person,
          cont_contact_date: day(at - whole(20)),
          cont_contact_source_code: one(['1A', '2A', '3E', '6', '9']),
        })
      await files.row('ssd_cin_episodes', {
        cine_referral_id: `R${id}`,
        cine_person_id: person,
        cine_referral_date: day(at),
        cine_cin_primary_need_code: `N${1 + whole(8)}`,
        cine_referral_source_code: one(['1A', '2A', '3E', '6', '9']),
        cine_referral_nfa: 'N',
        cine_close_date: closed === undefined ? '' : day(closed),
        cine_close_reason: closed === undefined ? '' : 'RC7',
        cine_referral_team: team(),
      })
      await files.row('ssd_cin_assessments', {
        cina_assessment_id: `A${id}`,
        cina_person_id: person,
        cina_referral_id: `R${id}`,
        cina_assessment_start_date: day(at + 1),
        cina_assessment_auth_date: day(at + 30),
        cina_assessment_child_seen: 'Y',
        cina_assessment_outcome_nfa: 'N',
        cina_assessment_team: team(),
      })
      await files.row('ssd_assessment_factors', {
        cinf_table_id: `F${id}`,
        cinf_assessment_id: `A${id}`,
        cinf_assessment_factors_json: JSON.stringify([one(['3B', '4B', '2B']), one(['16A', '17A', '1B'])]),
      })
      await files.row('ssd_involvements', {
        invo_involvements_id: `I${id}`,
        invo_person_id: person,
        invo_professional_id: worker(),
        invo_professional_role_id: 'CW',
        invo_professional_team: team(),
        invo_involvement_start_date: day(at),
        invo_involvement_end_date: closed === undefined ? '' : day(closed),
      })
      await files.row('ssd_cin_plans', {
        cinp_cin_plan_id: `P${id}`,
        cinp_person_id: person,
        cinp_referral_id: `R${id}`,
        cinp_cin_plan_start_date: day(at + 30),
        cinp_cin_plan_end_date: closed === undefined ? '' : day(Math.max(closed, at + 30)),
      })
      if (n % 3 === 0) await writeProtection(id, person, at, closed)
      if (n % 12 === 0 && episode === 1) await writeCare(id, person, at + 40, closed)
      at += length + 30 + whole(300)
    }
  }

  async function writeProtection(
    id: string,
    person: string,
    at: number,
    closed: number | undefined,
  ): Promise<void> {
    await files.row('ssd_s47_enquiry', {
      s47e_s47_enquiry_id: `S${id}`,
      s47e_person_id: person,
      s47e_referral_id: `R${id}`,
      s47e_s47_start_date: day(at + 5),
      s47e_s47_end_date: day(at + 15),
      s47e_s47_nfa: 'N',
    })
    await files.row('ssd_initial_cp_conference', {
      icpc_icpc_id: `K${id}`,
      icpc_person_id: person,
      icpc_s47_enquiry_id: `S${id}`,
      icpc_cp_plan_id: `CP${id}`,
      icpc_referral_id: `R${id}`,
      icpc_icpc_transfer_in: 'N',
      icpc_icpc_target_date: day(at + 26),
      icpc_icpc_date: day(at + 20),
      icpc_icpc_outcome_cp_flag: 'Y',
    })
    await files.row('ssd_cp_plans', {
      cppl_cp_plan_id: `CP${id}`,
      cppl_person_id: person,
      cppl_referral_id: `R${id}`,
      cppl_icpc_id: `K${id}`,
      cppl_cp_plan_start_date: day(at + 20),
      cppl_cp_plan_end_date: closed === undefined ? '' : day(closed),
      cppl_cp_plan_initial_category: 'Neglect',
      cppl_cp_plan_latest_category: 'Neglect',
    })
    for (let r = 1; r <= 2; r++)
      await files.row('ssd_cp_reviews', {
        cppr_cp_review_id: `V${id}-${r}`,
        cppr_person_id: person,
        cppr_cp_plan_id: `CP${id}`,
        cppr_cp_review_date: day(at + 20 + r * 85),
        cppr_cp_review_outcome_continue_cp: 'Y',
        cppr_cp_review_quorate: 'Y',
      })
  }

  async function writeCare(
    id: string,
    person: string,
    at: number,
    closed: number | undefined,
  ): Promise<void> {
    const end = closed === undefined ? undefined : Math.max(closed, at + 60)
    const turns = [at, at + 15, at + 40]
    for (let e = 0; e < turns.length; e++) {
      const from = turns[e]!
      const to = turns[e + 1] ?? end
      const last = e === turns.length - 1
      await files.row('ssd_cla_placement', {
        clap_cla_placement_id: `PL${id}-${e}`,
        clap_cla_id: `CLA${id}`,
        clap_person_id: person,
        clap_cla_placement_start_date: day(from),
        clap_cla_placement_end_date: to === undefined ? '' : day(to),
        clap_cla_placement_type: one(['U6', 'U4', 'K2', 'P1']),
        clap_cla_placement_provider: 'PR1',
        clap_cla_placement_postcode: 'FE98AB',
        clap_cla_placement_urn: 'SC123456',
      })
      await files.row('ssd_legal_status', {
        lega_legal_status_id: `LS${id}-${e}`,
        lega_person_id: person,
        lega_legal_status: ['V2', 'C1', 'C2'][e],
        lega_legal_status_start_date: day(from),
        lega_legal_status_end_date: to === undefined ? '' : day(to),
      })
      await files.row('ssd_cla_episodes', {
        clae_cla_episode_id: `E${id}-${e}`,
        clae_person_id: person,
        clae_cla_id: `CLA${id}`,
        clae_cla_placement_id: `PL${id}-${e}`,
        clae_cla_episode_start_date: day(from),
        clae_cla_episode_start_reason: e === 0 ? 'S' : 'B',
        clae_cla_primary_need_code: 'N1',
        clae_cla_episode_ceased_date: to === undefined ? '' : day(to),
        clae_cla_episode_ceased_reason: to === undefined ? '' : last ? 'E4A' : 'X1',
        clae_entered_care_date: day(at),
      })
      await files.row('ssd_cla_reviews', {
        clar_cla_review_id: `RV${id}-${e}`,
        clar_cla_id: `CLA${id}`,
        clar_cla_person_id: person,
        clar_cla_review_date: day(from + 10),
        clar_cla_review_participation: 'PN1',
      })
    }
  }
}

/** A stream for each table, made when its first row comes. */
class Files {
  #streams = new Map<string, { stream: WriteStream; fields: string[]; lines: string[]; length: number }>()
  #rows = 0

  constructor(private readonly folder: string) {}

  async row(table: string, cells: Cells): Promise<void> {
    let file = this.#streams.get(table)
    if (file === undefined) {
      const fields = ssdTables.find(({ name }) => name === table)!.fields.map(({ name }) => name)
      file = {
        stream: createWriteStream(join(this.folder, `${table}.csv`)),
        fields,
        lines: [fields.join(',')],
        length: 0,
      }
      this.#streams.set(table, file)
    }
    for (const name of Object.keys(cells))
      if (!file.fields.includes(name)) throw new Error(`${table} has no field ${name}`)
    const line = file.fields.map((name) => csv(cells[name])).join(',')
    file.lines.push(line)
    file.length += line.length
    this.#rows++
    if (file.length > 1 << 20) await this.#flush(file)
  }

  async #flush(file: { stream: WriteStream; lines: string[]; length: number }): Promise<void> {
    const text = `${file.lines.join('\n')}\n`
    file.lines = []
    file.length = 0
    if (!file.stream.write(text)) await new Promise<void>((resolve) => file.stream.once('drain', resolve))
  }

  /** @returns how many rows were written */
  async end(): Promise<number> {
    for (const file of this.#streams.values()) {
      if (file.lines.length > 0) await this.#flush(file)
      await new Promise<void>((resolve) => file.stream.end(resolve))
    }
    return this.#rows
  }
}

function csv(cell: string | number | undefined): string {
  const text = cell === undefined ? '' : String(cell)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
