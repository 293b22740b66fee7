import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ssdTables } from '../importing/ssd-tables.ts'

/** Rows of the dataset by table; fields left out are empty. */
export type SsdRows = Record<string, Record<string, string>[]>

/** A small invented authority in which every table that the record can hold has a row: codes as the dataset has them, days in ISO form. */
export function ssdSample(): SsdRows {
  return {
    ssd_department: [
      { dept_team_id: 'T1', dept_team_name: 'Childrens Services' },
      {
        dept_team_id: 'T2',
        dept_team_name: 'Assessment North',
        dept_team_parent_id: 'T1',
        dept_team_parent_name: 'Childrens Services',
      },
    ],
    ssd_professionals: [
      {
        prof_professional_id: 'W1',
        prof_professional_name: 'Perpetua Oldacre',
        prof_social_worker_registration_no: 'SW12345',
      },
      { prof_professional_id: 'W2', prof_professional_name: 'Tom Wickersley' },
    ],
    ssd_person: [
      {
        pers_person_id: '1001',
        pers_forename: 'Ada',
        pers_surname: 'Quillfeather',
        pers_sex: 'F',
        pers_gender: '02',
        pers_ethnicity: 'WBRI',
        pers_dob: '2012-05-14',
        pers_upn: 'A123456789012',
        pers_legacy_id: 'L-77',
        pers_nationality: 'British',
      },
      {
        pers_person_id: '1002',
        pers_forename: 'Bo',
        pers_surname: "O'Dell, Jr",
        pers_sex: 'M',
        pers_ethnicity: 'CHNE',
        pers_dob: '2008-02-29',
        pers_upn_unknown: 'UN3',
      },
      {
        pers_person_id: '1003',
        pers_forename: 'Cass',
        pers_surname: 'Quillfeather',
        pers_sex: 'F',
        pers_dob: '1985-11-02',
      },
      { pers_person_id: '1004', pers_surname: 'Quillfeather', pers_expected_dob: '2027-01-20' },
      {
        pers_person_id: '1005',
        pers_forename: 'Dee',
        pers_surname: 'Mbeki-Ross',
        pers_sex: 'F',
        pers_ethnicity: 'BAFR',
        pers_dob: '2004-07-09',
      },
    ],
    ssd_linked_identifiers: [
      {
        link_person_id: '1001',
        link_identifier_type: 'Court Case Number',
        link_identifier_value: 'ZC24C00123',
        link_valid_from_date: '2024-02-01',
      },
    ],
    ssd_address: [
      {
        addr_table_id: 'A1',
        addr_person_id: '1001',
        addr_address_type: 'Home',
        addr_address_json: '{"HOUSE":"12","STREET":"Larch Row","TOWN":"Fellshire"}',
        addr_address_postcode: 'FE12QQ',
        addr_address_start_date: '2020-01-01',
      },
      {
        addr_table_id: 'A2',
        addr_person_id: '1002',
        addr_address_type: 'Home',
        addr_address_json: '{"STREET":"1 Elm Court"}',
        addr_address_postcode: 'FE34RS',
        addr_address_start_date: '2019-06-01',
        addr_address_end_date: '2023-03-01',
      },
    ],
    ssd_disability: [{ disa_table_id: 'D1', disa_person_id: '1002', disa_disability_code: 'AUT' }],
    ssd_immigration_status: [
      {
        immi_immigration_status_id: 'I1',
        immi_person_id: '1005',
        immi_immigration_status: 'Refugee Status',
        immi_immigration_status_start_date: '2016-04-02',
      },
    ],
    ssd_mother: [
      {
        moth_table_id: 'M1',
        moth_person_id: '1003',
        moth_childs_person_id: '1001',
        moth_childs_dob: '2012-05-14',
      },
    ],
    ssd_contacts: [
      {
        cont_contact_id: 'C1',
        cont_person_id: '1001',
        cont_contact_date: '2024-01-08',
        cont_contact_source_code: '2A',
        cont_contact_source_desc: 'Larch Row Primary',
      },
    ],
    ssd_cin_episodes: [
      {
        cine_referral_id: 'R1',
        cine_person_id: '1001',
        cine_referral_date: '2024-01-09',
        cine_cin_primary_need_code: 'N1',
        cine_referral_source_code: '2A',
        cine_referral_nfa: 'N',
        cine_referral_team: 'T2',
      },
      {
        cine_referral_id: 'R2',
        cine_person_id: '1002',
        cine_referral_date: '2022-06-01',
        cine_cin_primary_need_code: 'N5',
        cine_referral_source_code: '6',
        cine_referral_nfa: 'N',
        cine_close_reason: 'RC7',
        cine_close_date: '2023-05-31',
      },
      {
        cine_referral_id: 'R3',
        cine_person_id: '1002',
        cine_referral_date: '2022-06-01',
        cine_referral_source_code: '9',
        cine_referral_nfa: 'Y',
        cine_close_date: '2022-06-01',
        cine_close_reason: 'RC7',
      },
    ],
    ssd_cin_assessments: [
      {
        cina_assessment_id: 'S1',
        cina_person_id: '1001',
        cina_referral_id: 'R1',
        cina_assessment_start_date: '2024-01-10',
        cina_assessment_child_seen: 'Y',
        cina_assessment_auth_date: '2024-02-20',
        cina_assessment_outcome_nfa: 'N',
        cina_assessment_team: 'T2',
      },
    ],
    ssd_assessment_factors: [
      { cinf_table_id: 'F1', cinf_assessment_id: 'S1', cinf_assessment_factors_json: '["3B","16A"]' },
    ],
    ssd_cin_plans: [
      {
        cinp_cin_plan_id: 'P1',
        cinp_person_id: '1001',
        cinp_referral_id: 'R1',
        cinp_cin_plan_start_date: '2024-02-21',
        cinp_cin_plan_end_date: '2024-03-20',
        cinp_cin_plan_team: 'T2',
      },
    ],
    ssd_s47_enquiry: [
      {
        s47e_s47_enquiry_id: 'E1',
        s47e_person_id: '1001',
        s47e_referral_id: 'R1',
        s47e_s47_start_date: '2024-03-01',
        s47e_s47_end_date: '2024-03-12',
        s47e_s47_nfa: 'N',
      },
    ],
    ssd_initial_cp_conference: [
      {
        icpc_icpc_id: 'K1',
        icpc_person_id: '1001',
        icpc_s47_enquiry_id: 'E1',
        icpc_referral_id: 'R1',
        icpc_cp_plan_id: 'CP1',
        icpc_icpc_transfer_in: 'N',
        icpc_icpc_target_date: '2024-03-22',
        icpc_icpc_date: '2024-03-20',
        icpc_icpc_outcome_cp_flag: 'Y',
      },
    ],
    ssd_cp_plans: [
      {
        cppl_cp_plan_id: 'CP1',
        cppl_person_id: '1001',
        cppl_referral_id: 'R1',
        cppl_icpc_id: 'K1',
        cppl_cp_plan_start_date: '2024-03-20',
        cppl_cp_plan_initial_category: 'Neglect',
        cppl_cp_plan_latest_category: 'Emotional abuse',
        cppl_cp_plan_ola: 'N',
      },
    ],
    ssd_cp_reviews: [
      {
        cppr_cp_review_id: 'V1',
        cppr_person_id: '1001',
        cppr_cp_plan_id: 'CP1',
        cppr_cp_review_due: '2024-06-20',
        cppr_cp_review_date: '2024-06-18',
        cppr_cp_review_outcome_continue_cp: 'Y',
        cppr_cp_review_quorate: 'Y',
        cppr_cp_review_participation: 'PN1',
      },
    ],
    ssd_cin_visits: [
      {
        cinv_cin_visit_id: 'VI1',
        cinv_person_id: '1001',
        cinv_cin_visit_date: '2024-02-28',
        cinv_cin_visit_seen: 'Y',
        cinv_cin_visit_seen_alone: 'N',
        cinv_cin_visit_bedroom: 'N',
      },
    ],
    ssd_cp_visits: [
      {
        cppv_cp_visit_id: 'VI2',
        cppv_person_id: '1001',
        cppv_cp_plan_id: 'CP1',
        cppv_cp_visit_date: '2024-04-02',
        cppv_cp_visit_seen: 'Y',
        cppv_cp_visit_seen_alone: 'Y',
        cppv_cp_visit_bedroom: 'Y',
      },
    ],
    ssd_cla_visits: [
      {
        clav_cla_visit_id: 'VI3',
        clav_cla_id: 'CLA1',
        clav_person_id: '1002',
        clav_cla_visit_date: '2022-06-20',
        clav_cla_visit_seen: 'N',
      },
    ],
    ssd_pre_proceedings: [
      {
        prep_table_id: 'PP1',
        prep_person_id: '1001',
        prep_pre_pro_decision_date: '2024-07-01',
        prep_pre_pro_letter_date: '2024-07-05',
        prep_pre_pro_meetings_num: '2',
      },
    ],
    ssd_legal_status: [
      {
        lega_legal_status_id: 'LS1',
        lega_person_id: '1002',
        lega_legal_status: 'V2',
        lega_legal_status_start_date: '2022-06-10',
        lega_legal_status_end_date: '2022-12-01',
      },
      {
        lega_legal_status_id: 'LS2',
        lega_person_id: '1002',
        lega_legal_status: 'C2',
        lega_legal_status_start_date: '2022-12-01',
        lega_legal_status_end_date: '2023-03-01',
      },
    ],
    ssd_cla_placement: [
      {
        clap_cla_placement_id: 'PL1',
        clap_cla_id: 'CLA1',
        clap_person_id: '1002',
        clap_cla_placement_start_date: '2022-06-10',
        clap_cla_placement_end_date: '2023-03-01',
        clap_cla_placement_type: 'U6',
        clap_cla_placement_provider: 'PR1',
        clap_cla_placement_urn: 'SC123456',
        clap_cla_placement_postcode: 'FE98AB',
        clap_cla_placement_change_reason: 'CARPL',
      },
    ],
    ssd_cla_episodes: [
      {
        clae_cla_episode_id: 'EP1',
        clae_person_id: '1002',
        clae_cla_id: 'CLA1',
        clae_cla_placement_id: 'PL1',
        clae_cla_episode_start_date: '2022-06-10',
        clae_cla_episode_start_reason: 'S',
        clae_cla_primary_need_code: 'N5',
        clae_cla_episode_ceased_date: '2022-12-01',
        clae_cla_episode_ceased_reason: 'X1',
        clae_entered_care_date: '2022-06-10',
      },
      {
        clae_cla_episode_id: 'EP2',
        clae_person_id: '1002',
        clae_cla_id: 'CLA1',
        clae_cla_placement_id: 'PL1',
        clae_cla_episode_start_date: '2022-12-01',
        clae_cla_episode_start_reason: 'L',
        clae_cla_primary_need_code: 'N5',
        clae_cla_episode_ceased_date: '2023-03-01',
        clae_cla_episode_ceased_reason: 'E4A',
        clae_entered_care_date: '2022-06-10',
      },
    ],
    ssd_cla_reviews: [
      {
        clar_cla_review_id: 'RV1',
        clar_cla_id: 'CLA1',
        clar_cla_person_id: '1002',
        clar_cla_review_due_date: '2022-07-08',
        clar_cla_review_date: '2022-07-06',
        clar_cla_review_cancelled: 'N',
        clar_cla_review_participation: 'PN1',
      },
    ],
    ssd_cla_convictions: [
      {
        clac_cla_conviction_id: 'CV1',
        clac_person_id: '1002',
        clac_cla_conviction_date: '2022-10-02',
        clac_cla_conviction_offence: 'Criminal damage',
      },
    ],
    ssd_cla_health: [
      {
        clah_health_check_id: 'H1',
        clah_person_id: '1002',
        clah_health_check_type: 'Dental Check',
        clah_health_check_date: '2022-09-01',
        clah_health_check_status: 'Completed',
      },
    ],
    ssd_cla_immunisations: [
      {
        clai_person_id: '1002',
        clai_immunisations_status: 'Y',
        clai_immunisations_status_date: '2022-09-01',
      },
    ],
    ssd_cla_substance_misuse: [
      {
        clas_substance_misuse_id: 'SM1',
        clas_person_id: '1002',
        clas_substance_misuse_date: '2022-11-05',
        clas_intervention_received: 'Y',
      },
    ],
    ssd_sdq_scores: [
      {
        csdq_table_id: 'Q1',
        csdq_person_id: '1002',
        csdq_sdq_completed_date: '2022-10-10',
        csdq_sdq_score: '17',
      },
    ],
    ssd_missing: [
      {
        miss_table_id: 'MI1',
        miss_person_id: '1002',
        miss_missing_episode_start_date: '2022-08-01',
        miss_missing_episode_type: 'Missing',
        miss_missing_episode_end_date: '2022-08-02',
        miss_missing_rhi_offered: 'Y',
        miss_missing_rhi_accepted: 'N',
      },
    ],
    ssd_cla_previous_permanence: [
      {
        lapp_table_id: 'LP1',
        lapp_person_id: '1002',
        lapp_previous_permanence_order_date: 'zz/05/2010',
        lapp_previous_permanence_option: 'P2',
        lapp_previous_permanence_la: '908',
      },
    ],
    ssd_care_leavers: [
      {
        clea_table_id: 'CL1',
        clea_person_id: '1005',
        clea_care_leaver_in_touch: 'YES',
        clea_care_leaver_latest_contact: '2025-05-01',
        clea_care_leaver_accommodation: 'U',
        clea_care_leaver_accom_suitable: '1',
        clea_care_leaver_activity: 'F2',
      },
    ],
    ssd_permanence: [
      {
        perm_table_id: 'PM1',
        perm_person_id: '1002',
        perm_adm_decision_date: '2022-09-15',
        perm_decision_reversed_date: '2022-12-20',
        perm_decision_reversed_reason: 'RD1',
      },
    ],
    ssd_involvements: [
      {
        invo_involvements_id: 'IV1',
        invo_person_id: '1001',
        invo_professional_id: 'W1',
        invo_professional_role_id: 'CW',
        invo_professional_team: 'T2',
        invo_involvement_start_date: '2024-01-09',
        invo_worker_change_reason: 'FCONTA',
      },
      {
        invo_involvements_id: 'IV2',
        invo_person_id: '1002',
        invo_professional_id: 'W2',
        invo_professional_role_id: 'CW',
        invo_involvement_start_date: '2022-06-01',
        invo_involvement_end_date: '2023-05-31',
      },
    ],
  }
}

/** How a system’s extract writes the dataset down. */
export interface Dialect {
  fileName(table: string): string
  /** The heading’s name of a field. */
  column(field: string, table: string): string
  /** A cell: its canonical text, whether it is a day, and whether there is nothing. */
  cell(text: string, isDay: boolean): string
  delimiter: string
  quoteAll: boolean
  newline: string
  encode(text: string): Uint8Array
}

const utf8 = (text: string) => new TextEncoder().encode(text)
const prefixes = /^[a-z0-9]+?_/
const written = (iso: string) => iso.split('-').reverse().join('/')

/** As extracts of three systems write them (vendor notes of docs/import.md). */
export const dialects: Record<'liquidlogic' | 'mosaic' | 'eclipse', Dialect> = {
  liquidlogic: {
    fileName: (table) => `${table}.csv`,
    column: (field) => field,
    cell: (text, isDay) => (text === '' ? 'SSD_PH' : isDay ? `${text} 00:00:00.000` : text),
    delimiter: ',',
    quoteAll: true,
    newline: '\r\n',
    encode: (text) => utf8(`\ufeff${text}`),
  },
  mosaic: {
    fileName: (table) => `dbo.${table.toUpperCase()}_20261120.csv`,
    column: (field) => field.replace(prefixes, '').toUpperCase(),
    cell: (text, isDay) => (text === '' ? 'NULL' : isDay ? `${written(text)} 00:00` : text.padEnd(2)),
    delimiter: ';',
    quoteAll: false,
    newline: '\n',
    encode: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  },
  eclipse: {
    fileName: (table) => `${table.replace(/^ssd_/, '')}.csv`,
    column: (field) => `"${field}"`,
    cell: (text, isDay) => (isDay && text !== '' ? `${text}T00:00:00Z` : text),
    delimiter: '\t',
    quoteAll: false,
    newline: '\n',
    encode: (text) => Buffer.from(text, 'latin1'),
  },
}

/** The CSV of one table, as a system writes it. */
export function ssdCsv(table: string, rows: readonly Record<string, string>[], dialect: Dialect): Uint8Array {
  const { fields } = ssdTables.find(({ name }) => name === table)!
  const { delimiter, quoteAll } = dialect
  const quote = (text: string) =>
    quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  const lines = [
    fields.map(({ name }) => dialect.column(name, table)).join(delimiter),
    ...rows.map((row) =>
      fields
        .map(({ name, type }) => quote(dialect.cell(row[name] ?? '', type === 'datetime')))
        .join(delimiter),
    ),
  ]
  return dialect.encode(`${lines.join(dialect.newline)}${dialect.newline}`)
}

/** Folders of files of the dataset, which are removed at the end. */
export class SsdFolders {
  #made: string[] = []

  write(rows: SsdRows, dialect: Dialect = dialects.liquidlogic): string {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-ssd-'))
    this.#made.push(folder)
    for (const [table, some] of Object.entries(rows))
      writeFileSync(join(folder, dialect.fileName(table)), ssdCsv(table, some, dialect))
    return folder
  }

  /** A file of its own. */
  file(name: string, text: string): string {
    return this.into(this.write({}), name, text)
  }

  into(folder: string, name: string, text: string): string {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  remove(): void {
    for (const folder of this.#made) rmSync(folder, { recursive: true, force: true })
  }
}
