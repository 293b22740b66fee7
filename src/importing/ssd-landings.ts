import { type Landing, linked, orphan, type Reading, teamOf, type Waiting } from './landings.ts'

/** Readings other than what a field's type says: datetime is a day, char is yes or no, integer is whole. */
export const ssdReadings: Readonly<Record<string, Reading>> = {
  pers_sex: { code: 'sex' },
  pers_gender: { code: 'gender_current' },
  pers_ethnicity: { code: 'ethnicity' },
  pers_upn: 'capitals',
  pers_upn_unknown: { code: 'upn_unknown' },
  addr_address_json: 'address',
  addr_address_type: { code: 'address_kind' },
  addr_address_postcode: 'postcode',
  disa_disability_code: { code: 'disability' },
  lega_legal_status: { code: 'legal_status' },
  cont_contact_source_code: { code: 'referral_source' },
  cont_contact_outcome_json: 'object',
  cine_cin_primary_need_code: { code: 'primary_need' },
  cine_referral_source_code: { code: 'referral_source' },
  cine_referral_outcome_json: 'object',
  cine_close_reason: { code: 'reason_for_closure' },
  cine_referral_team: 'who',
  cina_assessment_outcome_json: 'object',
  cina_assessment_team: 'who',
  cinf_assessment_factors_json: 'codes',
  cinp_cin_plan_team: 'who',
  s47e_s47_outcome_json: 'object',
  s47e_s47_completed_by_team: 'who',
  icpc_icpc_outcome_json: 'object',
  icpc_icpc_team: 'who',
  cppl_cp_plan_initial_category: { code: 'category_of_abuse' },
  cppl_cp_plan_latest_category: { code: 'category_of_abuse' },
  cppr_cp_review_quorate: 'yes-no',
  cppr_cp_review_participation: { code: 'review_code' },
  clae_cla_episode_start_reason: { code: 'reason_for_new_episode' },
  clae_cla_primary_need_code: { code: 'primary_need' },
  clae_cla_episode_ceased_reason: { code: 'reason_episode_ceased' },
  clap_cla_placement_type: { code: 'placement_type' },
  clap_cla_placement_provider: { code: 'placement_provider' },
  clap_cla_placement_postcode: 'postcode',
  clap_cla_placement_change_reason: { code: 'reason_place_change' },
  clar_cla_review_participation: { code: 'review_code' },
  clah_health_check_type: { code: 'health_check_kind' },
  csdq_sdq_reason: { code: 'sdq_reason' },
  miss_missing_episode_type: { code: 'missing' },
  lapp_previous_permanence_option: { code: 'previous_permanence' },
  lapp_previous_permanence_la: { code: 'permanence_authority' },
  clea_care_leaver_in_touch: { code: 'in_touch' },
  clea_care_leaver_activity: { code: 'activity' },
  perm_decision_reversed_reason: { code: 'reason_placed_ceased' },
  perm_adopter_sex: { code: 'sex_of_adopters' },
  perm_adopter_legal_status: { code: 'legal_status_of_adopters' },
  perm_number_of_adopters: { code: 'number_of_adopters' },
  perm_part_of_sibling_group: 'text',
  prof_professional_id: 'who',
  prof_staff_id: 'who',
  dept_team_id: 'who',
  dept_team_parent_id: 'who',
  invo_professional_id: 'who',
  invo_professional_role_id: { code: 'involvement_kind' },
  invo_professional_team: 'who',
  invo_worker_change_reason: { code: 'worker_change_reason' },
  link_identifier_type: { code: 'identifier_kind' },
  prep_pre_pro_outcome: { code: 'pre_proceedings_outcome' },
}

const day = (field: string) => `s.${field}::date`
const code = (field: string) => `s.${field}`
const flag = (field: string) => `s.${field}::boolean`
/** The year from 1 April of a day: '2024-25'. */
const yearOf = (sqlOfDay: string) =>
  `(select y || '-' || lpad(((y + 1) % 100)::text, 2, '0') from (select extract(year from ${sqlOfDay} - interval '3 months')::integer as y) as began)`

const referral = 'cine'
const episodes = 'ssd_cin_episodes'
const toReferral = (field: string) => linked(referral, field, episodes, 'referral')
const noReferral = (field: string) => orphan(referral, field, 'referral')

const person: readonly Landing[] = [
  {
    from: 'ssd_person',
    into: 'person',
    person: 'pers_person_id',
    id: 's.pers_person_id',
    columns: {
      sex: code('pers_sex'),
      gender_current: code('pers_gender'),
      date_of_birth: day('pers_dob'),
      expected_date_of_birth: `case when s.pers_dob is null then ${day('pers_expected_dob')} end`,
      died_on: day('pers_death_date'),
      upn_unknown: code('pers_upn_unknown'),
    },
    silence: ['sex', 'gender_current', 'date_of_birth', 'died_on', 'upn_unknown'],
  },
  ...(
    [
      ['la-child-id', 's.pers_person_id'],
      ['upn', 's.pers_upn'],
      ['nhs-number', 'coalesce(s.pers_single_unique_id, s.pers_common_child_id)'],
      ['legacy-id', 's.pers_legacy_id'],
    ] as const
  ).map(
    ([kind, value]): Landing => ({
      from: 'ssd_person',
      into: 'person_identifier',
      further: true,
      person: 'pers_person_id',
      id: `'${kind}'`,
      told: `'${kind} ' || ${value}`,
      columns: { kind: `'${kind}'`, value },
      where:
        kind === 'legacy-id'
          ? `${value} is not null and ${value} <> s.pers_person_id`
          : kind === 'nhs-number'
            ? `${value} ~ '^\\d{10}$'`
            : `${value} is not null`,
      // Two people of one number would be one to every search: the second keeps it in the row that waits.
      ...(kind === 'upn' && {
        hold: [
          [`s.pers_upn !~ '^[A-Z]\\d{11}[\\dA-Z]$'`, 'pers_upn: is no unique pupil number'],
          [
            `exists (select from person_identifier o where o.kind = 'upn' and o.value = s.pers_upn and o.person_id <> w.person
               and not exists (select from restriction r where r.person_id = o.person_id and r.level >= 3 and (r.to_at is null or r.to_at > now())))
             or exists (select from staged_ssd_person o where o.pers_upn = s.pers_upn and o.pers_person_id <> s.pers_person_id and o.place < s.place)`,
            'pers_upn: is another child’s number already: one number, two children',
          ],
        ] as const,
      }),
    }),
  ),
  {
    from: 'ssd_person',
    into: 'person_name',
    further: true,
    person: 'pers_person_id',
    id: "'legal'",
    told: `'legal ' || concat_ws(' ', s.pers_forename, s.pers_surname)`,
    columns: {
      kind: `'legal'`,
      full_name: `concat_ws(' ', s.pers_forename, s.pers_surname)`,
      forename: 's.pers_forename',
      surname: 's.pers_surname',
    },
    where: `concat_ws(' ', s.pers_forename, s.pers_surname) <> ''`,
  },
  {
    from: 'ssd_person',
    into: 'person_characteristics',
    further: true,
    person: 'pers_person_id',
    id: "''",
    columns: { ethnicity: code('pers_ethnicity') },
    where: 's.pers_ethnicity is not null',
    silence: true,
  },
]

const identity: readonly Landing[] = [
  {
    from: 'ssd_linked_identifiers',
    into: 'person_identifier',
    person: 'link_person_id',
    id: `s.link_identifier_type || ' ' || s.link_identifier_value`,
    told: `s.link_identifier_type || ' ' || s.link_identifier_value`,
    columns: {
      kind: code('link_identifier_type'),
      value: 's.link_identifier_value',
      from_day: day('link_valid_from_date'),
      to_day: day('link_valid_to_date'),
    },
    needs: { kind: 'link_identifier_type', value: 'link_identifier_value' },
    // The number that the person is known by is a number of theirs already.
    where: `not (s.link_identifier_type is not distinct from 'other' and exists (
      select from person_identifier o where o.person_id = w.person and o.value = s.link_identifier_value))`,
  },
  {
    from: 'ssd_address',
    into: 'address',
    person: 'addr_person_id',
    id: 's.addr_table_id',
    told: `concat_ws(' ', coalesce(s.addr_address_type, 'other'), coalesce(s.addr_address_start_date, s.addr_address_postcode, s.addr_address_json::jsonb ->> 'lines'))`,
    columns: {
      kind: `coalesce(s.addr_address_type, 'other')`,
      address_lines: `s.addr_address_json::jsonb ->> 'lines'`,
      postcode: 's.addr_address_postcode',
      uprn: `s.addr_address_json::jsonb ->> 'uprn'`,
      from_day: day('addr_address_start_date'),
      to_day: day('addr_address_end_date'),
      protected: `exists (select from importing.restriction_row h where h.system = :system and h.source_id = s.addr_person_id and h.kind = 'hidden-address')`,
    },
    hold: [
      [
        `s.addr_address_postcode is null and s.addr_address_json is null`,
        'neither addr_address_json nor addr_address_postcode says where: there is nothing to keep',
      ],
    ],
  },
  {
    from: 'ssd_disability',
    into: 'disability',
    person: 'disa_person_id',
    id: 's.disa_disability_code',
    told: 's.disa_disability_code',
    columns: { disability_code: code('disa_disability_code') },
    needs: { disability_code: 'disa_disability_code' },
  },
  {
    from: 'ssd_immigration_status',
    into: 'immigration_status',
    person: 'immi_person_id',
    id: 's.immi_immigration_status_id',
    told: `concat_ws(' ', s.immi_immigration_status_start_date, s.immi_immigration_status)`,
    columns: {
      immigration_status: 's.immi_immigration_status',
      nationality: 'p.pers_nationality',
      start_date: day('immi_immigration_status_start_date'),
      end_date: day('immi_immigration_status_end_date'),
    },
    joins: 'left join staged_ssd_person p on p.pers_person_id = s.immi_person_id',
    needs: { immigration_status: 'immi_immigration_status' },
    silence: ['nationality'],
  },
  {
    from: 'ssd_mother',
    into: 'relationship',
    person: 'moth_childs_person_id',
    id: 's.moth_person_id',
    told: `'mother ' || s.moth_person_id`,
    columns: { kind: `'mother'`, other_person_id: 'm.person', other_name: 'm.name' },
    joins: 'left join staged_who m on m.source = s.moth_person_id',
    needs: { other_person_id: 'moth_person_id' },
    where: 's.moth_childs_person_id is not null',
    hold: [
      ['s.moth_person_id = s.moth_childs_person_id', 'moth_person_id: nobody is their own mother'],
      [
        's.moth_person_id is not null and m.person is null',
        'moth_person_id: nobody in the files or in the record has this number',
      ],
    ],
  },
  {
    from: 'ssd_mother',
    into: 'mother_status',
    person: 'moth_person_id',
    id: "''",
    columns: { mother: 'true', mc_dob: day('moth_childs_dob') },
    rows: `(select s.*, row_number() over (partition by s.moth_person_id order by s.moth_childs_dob nulls last, s.place) as n
              from staged_ssd_mother s where s.moth_childs_person_id is null)`,
    where: 's.moth_childs_person_id is null and s.n = 1',
    needs: { mc_dob: 'moth_childs_dob' },
  },
]

const need: readonly Landing[] = [
  {
    from: 'ssd_contacts',
    into: 'contact',
    person: 'cont_person_id',
    id: 's.cont_contact_id',
    told: 's.cont_contact_date',
    columns: {
      contact_date: day('cont_contact_date'),
      contact_source_code: code('cont_contact_source_code'),
      contact_source_desc: 's.cont_contact_source_desc',
      contact_outcome: `(select nullif(string_agg(case when key = 'COMMENTS' then value else lower(replace(regexp_replace(key, '_FLAG$', ''), '_', ' ')) end, '; ' order by key = 'COMMENTS', key), '')
                           from jsonb_each_text(s.cont_contact_outcome_json::jsonb) where key = 'COMMENTS' or upper(value) in ('Y', 'YES', '1', 'TRUE'))`,
    },
    needs: { contact_date: 'cont_contact_date' },
  },
  {
    from: episodes,
    into: 'referral',
    person: 'cine_person_id',
    id: 's.cine_referral_id',
    told: 's.cine_referral_date',
    columns: {
      referral_date: day('cine_referral_date'),
      referral_source_code: code('cine_referral_source_code'),
      cin_primary_need_code: code('cine_cin_primary_need_code'),
      referral_nfa: `coalesce(${flag('cine_referral_nfa')}, upper(s.cine_referral_outcome_json::jsonb ->> 'NFA_FLAG') in ('Y', 'YES', '1', 'TRUE'))`,
      close_date: day('cine_close_date'),
      close_reason: code('cine_close_reason'),
      team_id: 'team.team_id',
    },
    joins: teamOf('cine_referral_team'),
    needs: { referral_date: 'cine_referral_date' },
    warn: [
      [
        's.cine_referral_team is not null and team.team_id is null',
        'cine_referral_team: no such team in ssd_department; loaded without it',
      ],
    ],
  },
  {
    from: 'ssd_cin_assessments',
    into: 'assessment',
    person: 'cina_person_id',
    id: 's.cina_assessment_id',
    told: 's.cina_assessment_start_date',
    columns: {
      referral_id: 'cine.fact_id',
      assessment_start_date: day('cina_assessment_start_date'),
      assessment_auth_date: day('cina_assessment_auth_date'),
      assessment_child_seen: flag('cina_assessment_child_seen'),
      assessment_outcome: `s.cina_assessment_outcome_json::jsonb ->> 'COMMENTS'`,
      assessment_outcome_nfa: `coalesce(${flag('cina_assessment_outcome_nfa')}, upper(s.cina_assessment_outcome_json::jsonb ->> 'NFA_FLAG') in ('Y', 'YES', '1', 'TRUE'))`,
      team_id: 'team.team_id',
    },
    joins: `${toReferral('cina_referral_id')} ${teamOf('cina_assessment_team')}`,
    needs: { assessment_start_date: 'cina_assessment_start_date' },
    warn: [noReferral('cina_referral_id')],
  },
  {
    from: 'ssd_assessment_factors',
    into: 'assessment_factor',
    person: 'person_source',
    id: `s.cinf_assessment_id || ' ' || s.factor`,
    told: `a.key || ' ' || s.factor`,
    columns: { assessment_id: 'a.fact_id', assessment_factor: 's.factor' },
    // One row of the file names as many factors as were found; who it is about, the assessment says.
    rows: `(select s.place, s.file, s.line, s.held, s.cinf_assessment_id, o.cina_person_id as person_source, f.factor
              from staged_ssd_assessment_factors s
              left join lateral (select o.cina_person_id from staged_ssd_cin_assessments o where o.cina_assessment_id = s.cinf_assessment_id order by o.place limit 1) o on true
              left join lateral unnest(string_to_array(s.cinf_assessment_factors_json, ',')) as f (factor) on true)`,
    joins: `left join lateral (
      select k.fact_id, t.natural_key as key from importing.source_key k join assessment t on t.id = k.fact_id
       where k.system = :system and k.source_table = 'ssd_cin_assessments' and k.fact_table = 'assessment'
         and k.source_id = s.cinf_assessment_id and k.person_id = w.person) a on true`,
    needs: { assessment_id: 'cinf_assessment_id' },
    where: 's.factor is not null or a.fact_id is null',
    hold: [
      [
        's.cinf_assessment_id is not null and a.fact_id is null',
        'cinf_assessment_id: that assessment is not loaded: put it right first',
      ],
    ],
  },
  {
    from: 'ssd_cin_plans',
    into: 'cin_plan',
    person: 'cinp_person_id',
    id: 's.cinp_cin_plan_id',
    told: 's.cinp_cin_plan_start_date',
    columns: {
      referral_id: 'cine.fact_id',
      cin_plan_start_date: day('cinp_cin_plan_start_date'),
      cin_plan_end_date: day('cinp_cin_plan_end_date'),
      team_id: 'team.team_id',
    },
    joins: `${toReferral('cinp_referral_id')} ${teamOf('cinp_cin_plan_team')}`,
    needs: { cin_plan_start_date: 'cinp_cin_plan_start_date' },
    warn: [noReferral('cinp_referral_id')],
  },
]

const protection: readonly Landing[] = [
  {
    from: 'ssd_s47_enquiry',
    into: 'section_47',
    person: 's47e_person_id',
    id: 's.s47e_s47_enquiry_id',
    told: 's.s47e_s47_start_date',
    columns: {
      referral_id: 'cine.fact_id',
      s47_start_date: day('s47e_s47_start_date'),
      s47_end_date: day('s47e_s47_end_date'),
      s47_nfa: flag('s47e_s47_nfa'),
      icpc_not_required: `case upper(s.s47e_s47_outcome_json::jsonb ->> 'CP_CONFERENCE_FLAG') when 'N' then true when 'Y' then false end`,
      initial_cpc_target: `(select ${day('icpc_icpc_target_date').replaceAll('s.', 'c.')} from staged_ssd_initial_cp_conference c
                             where c.icpc_s47_enquiry_id = s.s47e_s47_enquiry_id and c.icpc_person_id = s.s47e_person_id order by c.place limit 1)`,
      team_id: 'team.team_id',
    },
    joins: `${toReferral('s47e_referral_id')} ${teamOf('s47e_s47_completed_by_team')}`,
    needs: { s47_start_date: 's47e_s47_start_date' },
    silence: ['initial_cpc_target'],
    warn: [noReferral('s47e_referral_id')],
  },
  {
    from: 'ssd_initial_cp_conference',
    into: 'initial_conference',
    person: 'icpc_person_id',
    id: 's.icpc_icpc_id',
    told: 's.icpc_icpc_date',
    columns: {
      referral_id: 'cine.fact_id',
      section_47_id: 's47.fact_id',
      icpc_date: day('icpc_icpc_date'),
      icpc_transfer_in: flag('icpc_icpc_transfer_in'),
      icpc_outcome_cp: `coalesce(${flag('icpc_icpc_outcome_cp_flag')}, upper(s.icpc_icpc_outcome_json::jsonb ->> 'CP_FLAG') in ('Y', 'YES', '1', 'TRUE'))`,
      team_id: 'team.team_id',
    },
    joins: `${toReferral('icpc_referral_id')} ${linked('s47', 'icpc_s47_enquiry_id', 'ssd_s47_enquiry', 'section_47')} ${teamOf('icpc_icpc_team')}`,
    needs: { icpc_date: 'icpc_icpc_date' },
    warn: [noReferral('icpc_referral_id'), orphan('s47', 'icpc_s47_enquiry_id', 'enquiry')],
  },
  {
    from: 'ssd_cp_plans',
    into: 'child_protection_plan',
    person: 'cppl_person_id',
    id: 's.cppl_cp_plan_id',
    told: 's.cppl_cp_plan_start_date',
    columns: {
      referral_id: 'cine.fact_id',
      initial_conference_id: 'coalesce(icpc.fact_id, made.fact_id)',
      cp_plan_start_date: day('cppl_cp_plan_start_date'),
      cp_plan_end_date: day('cppl_cp_plan_end_date'),
      cp_plan_initial_category: code('cppl_cp_plan_initial_category'),
      cp_plan_latest_category: code('cppl_cp_plan_latest_category'),
      cp_plan_ola: flag('cppl_cp_plan_ola'),
    },
    // Some systems link the conference to the plan, some the plan to the conference.
    joins: `${toReferral('cppl_referral_id')} ${linked('icpc', 'cppl_icpc_id', 'ssd_initial_cp_conference', 'initial_conference')}
      left join lateral (select k.fact_id from staged_ssd_initial_cp_conference c join importing.source_key k on k.system = :system
          and k.source_table = 'ssd_initial_cp_conference' and k.fact_table = 'initial_conference' and k.source_id = c.icpc_icpc_id and k.person_id = w.person
        where c.icpc_cp_plan_id = s.cppl_cp_plan_id and c.icpc_person_id = s.cppl_person_id order by c.place limit 1) made on true`,
    needs: { cp_plan_start_date: 'cppl_cp_plan_start_date' },
    warn: [noReferral('cppl_referral_id'), orphan('icpc', 'cppl_icpc_id', 'conference')],
    oneAtATime: { from: 'cp_plan_start_date', to: 'cp_plan_end_date' },
  },
  {
    from: 'ssd_cp_reviews',
    into: 'child_protection_review',
    person: 'cppr_person_id',
    id: 's.cppr_cp_review_id',
    told: 's.cppr_cp_review_date',
    columns: {
      child_protection_plan_id: 'plan.fact_id',
      cp_review_date: day('cppr_cp_review_date'),
      cp_review_due: day('cppr_cp_review_due'),
      cp_review_outcome_continue_cp: flag('cppr_cp_review_outcome_continue_cp'),
      cp_review_quorate: flag('cppr_cp_review_quorate'),
      cp_review_participation: code('cppr_cp_review_participation'),
    },
    joins: linked('plan', 'cppr_cp_plan_id', 'ssd_cp_plans', 'child_protection_plan'),
    needs: { cp_review_date: 'cppr_cp_review_date' },
    warn: [orphan('plan', 'cppr_cp_plan_id', 'plan')],
  },
  {
    from: 'ssd_pre_proceedings',
    into: 'pre_proceedings',
    person: 'prep_person_id',
    id: 's.prep_table_id',
    told: 'coalesce(s.prep_pre_pro_decision_date, s.prep_pre_pro_letter_date, s.prep_initial_pre_pro_meeting_date, s.prep_table_id)',
    columns: {
      pp_start_date: day('prep_pre_pro_decision_date'),
      initial_pp_meeting_date: day('prep_initial_pre_pro_meeting_date'),
      pp_outcome: code('prep_pre_pro_outcome'),
      step_decision_date: day('prep_agree_stepdown_issue_date'),
      lbp_sent_date: day('prep_pre_pro_letter_date'),
      letter_init_cp_date: day('prep_care_pro_letter_date'),
      review_meetings_count: 's.prep_pre_pro_meetings_num',
    },
  },
]

/** The placement of an episode: the one it names, else the one the child was in on its first day. */
const placementOfEpisode = `left join lateral (
  select p.* from staged_ssd_cla_placement p
   where p.clap_person_id = s.clae_person_id and p.held is null
     and (p.clap_cla_placement_id = s.clae_cla_placement_id
          or s.clae_cla_placement_id is null and p.clap_cla_placement_start_date <= s.clae_cla_episode_start_date
             and (p.clap_cla_placement_end_date is null or p.clap_cla_placement_end_date > s.clae_cla_episode_start_date))
   order by p.clap_cla_placement_start_date desc, p.place limit 1) p on true`

const care: readonly Landing[] = [
  {
    from: 'ssd_cla_episodes',
    into: 'period_of_care',
    further: true,
    person: 'clae_person_id',
    id: 's.care',
    told: 's.start_date',
    rows: `(select min(place) as place, min(file) as file, min(line) as line, null::text as held, clae_person_id, care,
                   min(clae_cla_episode_start_date) as start_date,
                   case when bool_and(clae_cla_episode_ceased_date is not null) then max(clae_cla_episode_ceased_date) end as end_date,
                   case when bool_and(clae_cla_episode_ceased_date is not null)
                        then (array_agg(clae_cla_episode_ceased_reason order by clae_cla_episode_start_date desc, place desc))[1] end as end_reason,
                   (array_agg(clae_cla_primary_need_code order by clae_cla_episode_start_date, place) filter (where clae_cla_primary_need_code is not null))[1] as need
              from (select *, coalesce(clae_cla_id, 'entered ' || clae_entered_care_date, 'began ' || clae_cla_episode_start_date) as care
                      from staged_ssd_cla_episodes where held is null and clae_cla_episode_start_date is not null) e
             group by clae_person_id, care)`,
    columns: {
      start_date: day('start_date'),
      end_date: day('end_date'),
      end_reason: 's.end_reason',
      primary_need: 's.need',
      short_breaks: `coalesce((select bool_and(l.lega_legal_status in ('V3', 'V4')) from staged_ssd_legal_status l
        where l.lega_person_id = s.clae_person_id and l.lega_legal_status_start_date >= s.start_date
          and (s.end_date is null or l.lega_legal_status_start_date <= s.end_date)), false)`,
    },
    oneAtATime: { from: 'start_date', to: 'end_date' },
  },
  {
    from: 'ssd_cla_placement',
    into: 'placement',
    person: 'clap_person_id',
    id: 's.clap_cla_placement_id',
    told: 's.clap_cla_placement_start_date',
    columns: {
      start_date: day('clap_cla_placement_start_date'),
      end_date: day('clap_cla_placement_end_date'),
      place: code('clap_cla_placement_type'),
      place_provider: code('clap_cla_placement_provider'),
      reason_place_change: code('clap_cla_placement_change_reason'),
    },
    needs: { start_date: 'clap_cla_placement_start_date' },
    warn: [
      [
        `(s.clap_cla_placement_urn is not null or s.clap_cla_placement_postcode is not null)
         and not exists (select from staged_ssd_cla_episodes e where e.clae_person_id = s.clap_person_id
               and (e.clae_cla_placement_id = s.clap_cla_placement_id or e.clae_cla_placement_id is null))`,
        'no episode names this placement, and where it was is kept with episodes: postcode and URN wait here',
      ],
    ],
    oneAtATime: { from: 'start_date', to: 'end_date' },
  },
  {
    from: 'ssd_legal_status',
    into: 'legal_status',
    person: 'lega_person_id',
    id: 's.lega_legal_status_id',
    told: `s.lega_legal_status || ' ' || s.lega_legal_status_start_date`,
    columns: {
      legal_status: code('lega_legal_status'),
      start_date: day('lega_legal_status_start_date'),
      end_date: day('lega_legal_status_end_date'),
    },
    needs: { legal_status: 'lega_legal_status', start_date: 'lega_legal_status_start_date' },
    oneAtATime: { from: 'start_date', to: 'end_date', among: 'legal_status' },
  },
  {
    from: 'ssd_cla_episodes',
    into: 'episode',
    person: 'clae_person_id',
    id: 's.clae_cla_episode_id',
    told: 's.clae_cla_episode_start_date',
    columns: {
      decom: day('clae_cla_episode_start_date'),
      rne: code('clae_cla_episode_start_reason'),
      ls: 'l.lega_legal_status',
      cin: code('clae_cla_primary_need_code'),
      place: 'p.clap_cla_placement_type',
      place_provider: 'p.clap_cla_placement_provider',
      dec: day('clae_cla_episode_ceased_date'),
      rec: code('clae_cla_episode_ceased_reason'),
      reason_place_change: `case when p.clap_cla_placement_end_date = s.clae_cla_episode_ceased_date then p.clap_cla_placement_change_reason end`,
    },
    joins: `${placementOfEpisode}
      left join lateral (
        select l.lega_legal_status from staged_ssd_legal_status l
         where l.lega_person_id = s.clae_person_id and l.held is null and l.lega_legal_status is not null
           and l.lega_legal_status_start_date <= s.clae_cla_episode_start_date
           and (l.lega_legal_status_end_date is null or l.lega_legal_status_end_date > s.clae_cla_episode_start_date)
         order by l.lega_legal_status_start_date desc, l.place desc limit 1) l on true`,
    needs: { decom: 'clae_cla_episode_start_date' },
    silence: ['ls', 'place', 'place_provider', 'reason_place_change'],
    warn: [
      [
        's.clae_cla_placement_id is not null and p.place is null',
        'clae_cla_placement_id: there is no placement of this child with that identifier; loaded without it',
      ],
    ],
    oneAtATime: { from: 'decom', to: 'dec' },
  },
  {
    from: 'ssd_cla_episodes',
    into: 'placement_whereabouts',
    further: true,
    person: 'clae_person_id',
    id: 's.clae_cla_episode_id',
    told: 's.clae_cla_episode_start_date',
    columns: {
      episode_id: 'e.fact_id',
      pl_post: 'p.clap_cla_placement_postcode',
      urn: 'p.clap_cla_placement_urn',
    },
    joins: `${placementOfEpisode} ${linked('e', 'clae_cla_episode_id', 'ssd_cla_episodes', 'episode')}`,
    where:
      'e.fact_id is not null and (p.clap_cla_placement_postcode is not null or p.clap_cla_placement_urn is not null)',
    silence: true,
  },
  {
    from: 'ssd_cla_reviews',
    into: 'looked_after_review',
    person: 'person_source',
    id: 's.clar_cla_review_id',
    told: 's.clar_cla_review_date',
    // The published table has no person; the period of care says who it was.
    rows: `(select s.*, coalesce(s.clar_cla_person_id, e.clae_person_id) as person_source from staged_ssd_cla_reviews s
              left join lateral (select e.clae_person_id from staged_ssd_cla_episodes e
                where s.clar_cla_person_id is null and e.clae_cla_id = s.clar_cla_id order by e.place limit 1) e on true)`,
    columns: {
      review: day('clar_cla_review_date'),
      review_due_date: day('clar_cla_review_due_date'),
      review_cancelled: flag('clar_cla_review_cancelled'),
      review_code: code('clar_cla_review_participation'),
    },
    needs: { review: 'clar_cla_review_date' },
  },
  {
    from: 'ssd_missing',
    into: 'missing_episode',
    person: 'miss_person_id',
    id: 's.miss_table_id',
    told: 's.miss_missing_episode_start_date',
    columns: {
      missing: code('miss_missing_episode_type'),
      mis_start: day('miss_missing_episode_start_date'),
      mis_end: day('miss_missing_episode_end_date'),
      rhi_offered: 's.miss_missing_rhi_offered',
      rhi_accepted: 's.miss_missing_rhi_accepted',
    },
    needs: { mis_start: 'miss_missing_episode_start_date' },
  },
  {
    from: 'ssd_cla_previous_permanence',
    into: 'previous_permanence',
    person: 'lapp_person_id',
    id: 's.lapp_table_id',
    told: 's.lapp_previous_permanence_option',
    columns: {
      prev_perm: code('lapp_previous_permanence_option'),
      la_perm: code('lapp_previous_permanence_la'),
      date_perm: `case when upper(s.lapp_previous_permanence_order_date) ~ '^(\\d\\d|ZZ)/(\\d\\d|ZZ)/(\\d{4}|ZZZZ)$' then upper(s.lapp_previous_permanence_order_date) end`,
    },
    needs: { prev_perm: 'lapp_previous_permanence_option' },
    warn: [
      [
        `s.lapp_previous_permanence_order_date is not null and upper(s.lapp_previous_permanence_order_date) !~ '^(\\d\\d|ZZ)/(\\d\\d|ZZ)/(\\d{4}|ZZZZ)$'`,
        'lapp_previous_permanence_order_date: is not dd/mm/yyyy with zz for what nobody knows; loaded without it',
      ],
    ],
  },
  {
    from: 'ssd_sdq_scores',
    into: 'sdq',
    person: 'csdq_person_id',
    id: 's.csdq_table_id',
    told: 's.csdq_sdq_completed_date',
    columns: {
      sdq_completed_date: day('csdq_sdq_completed_date'),
      sdq_score: 's.csdq_sdq_score',
      sdq_reason: code('csdq_sdq_reason'),
    },
    needs: { sdq_completed_date: 'csdq_sdq_completed_date' },
    hold: [['s.csdq_sdq_score::integer > 40', 'csdq_sdq_score: a total is at most 40']],
  },
]

const visitsOf = (from: string, fields: string, kind: string): Landing => ({
  from,
  into: 'visit',
  person: `${fields.slice(0, 5)}person_id`,
  id: `s.${fields}_id`,
  told: `'${kind} ' || s.${fields}_date`,
  columns: {
    kind: `'${kind}'`,
    visit_date: day(`${fields}_date`),
    seen: flag(`${fields}_seen`),
    seen_alone: flag(`${fields}_seen_alone`),
    ...(kind !== 'looked-after' && { bedroom_seen: flag(`${fields}_bedroom`) }),
  },
  needs: { visit_date: `${fields}_date`, seen: `${fields}_seen` },
  hold: [
    [
      `${flag(`${fields}_seen_alone`)} and not ${flag(`${fields}_seen`)}`,
      `${fields}_seen_alone: seen alone, and not seen: which is it?`,
    ],
  ],
})

const visits: readonly Landing[] = [
  visitsOf('ssd_cin_visits', 'cinv_cin_visit', 'child-in-need'),
  visitsOf('ssd_cp_visits', 'cppv_cp_visit', 'child-protection'),
  visitsOf('ssd_cla_visits', 'clav_cla_visit', 'looked-after'),
]

/** Of which the record keeps the year only, as the looked-after return does. */
const inAYear = (
  from: string,
  into: string,
  person: string,
  date: string,
  columns: Record<string, string>,
  only = '',
): Landing => ({
  from,
  into,
  person,
  id: 's.year',
  told: 's.year',
  rows: `(select min(s.place) as place, min(s.file) as file, min(s.line) as line, null::text as held, s.${person}, s.year
                 ${Object.entries(columns)
                   .map(([column, sql]) => `, ${sql} as ${column}`)
                   .join('')}
            from (select s.*, case when s.${date} is not null then ${yearOf(`s.${date}::date`)} end as year from staged_${from} s where s.held is null) s
           ${only} group by s.${person}, s.year)`,
  columns: {
    collection_year: 's.year',
    ...Object.fromEntries(Object.keys(columns).map((column) => [column, `s.${column}`])),
  },
  needs: { collection_year: date },
  silence: true,
  saysOfAll: `the record keeps what happened in a year, not the day: ${date} waits here`,
})

const years: readonly Landing[] = [
  inAYear(
    'ssd_cla_health',
    'health_outcome',
    'clah_person_id',
    'clah_health_check_date',
    {
      health_assessment: `nullif(bool_or(s.clah_health_check_type is not distinct from 'health-assessment'), false)`,
      teeth_check: `nullif(bool_or(s.clah_health_check_type is not distinct from 'dental'), false)`,
      health_check: `nullif(bool_or(s.clah_health_check_type is not distinct from 'health-check'), false)`,
    },
    `where s.clah_health_check_status is null or lower(s.clah_health_check_status) = 'completed'`,
  ),
  inAYear('ssd_cla_immunisations', 'health_outcome', 'clai_person_id', 'clai_immunisations_status_date', {
    immunisations: `bool_or(s.clai_immunisations_status::boolean)`,
  }),
  inAYear(
    'ssd_cla_substance_misuse',
    'substance_misuse_outcome',
    'clas_person_id',
    'clas_substance_misuse_date',
    { substance_misuse: 'true', intervention_received: `bool_or(s.clas_intervention_received::boolean)` },
  ),
  inAYear('ssd_cla_convictions', 'conviction_outcome', 'clac_person_id', 'clac_cla_conviction_date', {
    convicted: 'true',
  }),
]

const later: readonly Landing[] = [
  {
    from: 'ssd_care_leavers',
    into: 'care_leaver_outcome',
    person: 'clea_person_id',
    // The identifier is made anew each night in some systems: the person tells the row.
    id: 's.year',
    told: 's.year',
    rows: `(select s.*, ${yearOf('coalesce(s.clea_care_leaver_latest_contact::date, current_date)')} as year from staged_ssd_care_leavers s)`,
    columns: {
      collection_year: 's.year',
      in_touch: code('clea_care_leaver_in_touch'),
      activ: code('clea_care_leaver_activity'),
      accom: `case when upper(s.clea_care_leaver_accommodation) ~ '^[A-Z][12]$' then upper(s.clea_care_leaver_accommodation)
                   when upper(s.clea_care_leaver_accommodation) ~ '^[A-Z]$' and s.clea_care_leaver_accom_suitable ~ '^[12]'
                   then upper(s.clea_care_leaver_accommodation) || left(s.clea_care_leaver_accom_suitable, 1) end`,
    },
    hold: [
      [
        `s.clea_care_leaver_in_touch is null and s.clea_care_leaver_activity is null and s.clea_care_leaver_accommodation is null`,
        'neither in touch, nor accommodation, nor activity is said: the record has no place for eligibility alone yet',
      ],
    ],
    warn: [
      [
        "s.clea_care_leaver_accommodation is not null and not (upper(s.clea_care_leaver_accommodation) ~ '^[A-Z]([12])?$')",
        'clea_care_leaver_accommodation: is no letter of the national list; loaded without it',
      ],
    ],
  },
  {
    from: 'ssd_permanence',
    into: 'placed_for_adoption',
    person: 'perm_person_id',
    id: 's.perm_table_id',
    told: 's.perm_adm_decision_date',
    columns: {
      date_placed: day('perm_adm_decision_date'),
      date_placed_ceased: day('perm_decision_reversed_date'),
      reason_placed_ceased: code('perm_decision_reversed_reason'),
    },
    where: 's.perm_adm_decision_date is not null',
    saysOfOthers:
      'orders are read from how a period of care ended, and nothing else of this row has a place in the record yet',
  },
  {
    from: 'ssd_permanence',
    into: 'adoption',
    person: 'perm_person_id',
    id: 's.perm_table_id',
    told: 's.year',
    rows: `(select s.*, case when s.day is not null then ${yearOf('s.day::date')} end as year from (
              select s.*, coalesce(s.perm_matched_date, s.perm_placed_for_adoption_date, s.perm_permanence_order_date, s.perm_adm_decision_date) as day
                from staged_ssd_permanence s) s)`,
    columns: {
      collection_year: 's.year',
      date_match: day('perm_matched_date'),
      foster_care: flag('perm_adopted_by_carer_flag'),
      nb_adoptr: code('perm_number_of_adopters'),
      sex_adoptr: code('perm_adopter_sex'),
      ls_adoptr: code('perm_adopter_legal_status'),
    },
    where:
      'coalesce(s.perm_matched_date, s.perm_adopted_by_carer_flag, s.perm_number_of_adopters, s.perm_adopter_sex, s.perm_adopter_legal_status) is not null',
  },
  {
    from: 'ssd_involvements',
    into: 'involvement',
    person: 'invo_person_id',
    id: 's.invo_involvements_id',
    told: `concat_ws(' ', s.invo_professional_role_id, s.invo_involvement_start_date, coalesce(s.invo_professional_id, s.invo_professional_team))`,
    columns: {
      kind: `case when s.invo_professional_role_id = 'allocated' and s.overlaps then 'co-working' else coalesce(s.invo_professional_role_id, 'other') end`,
      team_id: 'team.team_id',
      worker_reference: 's.invo_professional_id',
      worker_name: 'worker.name',
      from_day: day('invo_involvement_start_date'),
      to_day: day('invo_involvement_end_date'),
      change_reason: code('invo_worker_change_reason'),
    },
    // One allocated worker at a time: whoever began last is the one, as long as somebody else still was.
    rows: `(select s.*, s.invo_professional_role_id = 'allocated' and coalesce(
                   lead(s.invo_involvement_start_date) over next < coalesce(s.invo_involvement_end_date, '9999'), false) as overlaps
              from staged_ssd_involvements s
            window next as (partition by s.invo_person_id, s.invo_professional_role_id, s.held is null order by s.invo_involvement_start_date, s.place))`,
    joins: `${teamOf('invo_professional_team')} left join importing.source_worker worker on worker.system = :system and worker.source_id = s.invo_professional_id`,
    needs: { from_day: 'invo_involvement_start_date' },
    hold: [
      [
        's.invo_professional_id is null and team.team_id is null',
        'neither invo_professional_id nor invo_professional_team says who',
      ],
    ],
    warn: [
      [
        's.overlaps',
        'another worker was allocated before this one ended, and there is one at a time: kept as a co-worker',
      ],
      [
        's.invo_professional_role_id is null',
        'invo_professional_role_id: the role is not said; kept as another worker',
      ],
    ],
    oneAtATime: { from: 'from_day', to: 'to_day', only: `kind = 'allocated'` },
  },
]

/** In the order in which what others belong to comes first (vendor extracts, rule 2). */
export const ssdLandings: readonly Landing[] = [
  ...person,
  ...identity,
  ...need,
  ...protection,
  ...care,
  ...visits,
  ...years,
  ...later,
]

const education =
  'Special educational needs are kept by the education service; the record has no place for them'

/** Tables of the dataset that are read, and whose rows wait until the record has a place for them. */
export const ssdWaiting: readonly Waiting[] = [
  {
    from: 'ssd_family',
    because: 'Families are relationships between people here: a number of a group alone ties nobody',
  },
  { from: 'ssd_early_help_episodes', because: 'Early help of an earlier system is not brought across yet' },
  { from: 'ssd_cla_care_plan', because: 'Care plans are not kept in this record yet' },
  { from: 'ssd_voice_of_child', because: 'The questionnaire is a draft, and not kept in this record yet' },
  { from: 'ssd_send', because: education },
  { from: 'ssd_sen_need', because: education },
  { from: 'ssd_ehcp_requests', because: education },
  { from: 'ssd_ehcp_assessment', because: education },
  { from: 'ssd_ehcp_named_plan', because: education },
  { from: 'ssd_ehcp_active_plans', because: education },
  { from: 'ssd_s251_finance', because: 'Costs are kept by finance: its columns are not agreed nationally' },
]

/** Tables of the dataset about itself: their files are passed over, which is said, as they tell of nobody. */
export const ssdHousekeeping: ReadonlySet<string> = new Set([
  'ssd_api_data_staging',
  'ssd_version_log',
  'ssd_dim_date',
  'ssd_cohort',
])

/** Fields that say nothing which the record does not work out from others: nothing is lost with them. */
export const ssdFollowing: ReadonlySet<string> = new Set([
  'pers_is_mother',
  'dept_team_parent_name',
  // Which period, plan or placement a date falls in.
  'clap_cla_id',
  'clav_cla_id',
  'cppv_cp_plan_id',
  'perm_cla_id',
  // From the legal status, the episodes, and how a period of care ended.
  'perm_placement_order_date',
  'perm_placed_for_adoption_date',
  'perm_permanence_order_date',
  'perm_permanence_order_type',
])

/** Fields by which landings look rows of other tables up. */
export const ssdKeys: Readonly<Record<string, readonly string[]>> = {
  ssd_person: ['pers_person_id', 'pers_upn'],
  ssd_cin_assessments: ['cina_assessment_id'],
  ssd_initial_cp_conference: ['icpc_s47_enquiry_id', 'icpc_cp_plan_id'],
  ssd_cla_placement: ['clap_person_id'],
  ssd_legal_status: ['lega_person_id'],
  ssd_cla_episodes: ['clae_person_id', 'clae_cla_id'],
}

/** The date of a table by whose year its rows are counted. */
export const ssdYears: Readonly<Record<string, string>> = {
  ssd_contacts: 'cont_contact_date',
  ssd_cin_episodes: 'cine_referral_date',
  ssd_cin_assessments: 'cina_assessment_start_date',
  ssd_cin_plans: 'cinp_cin_plan_start_date',
  ssd_s47_enquiry: 's47e_s47_start_date',
  ssd_initial_cp_conference: 'icpc_icpc_date',
  ssd_cp_plans: 'cppl_cp_plan_start_date',
  ssd_cp_reviews: 'cppr_cp_review_date',
  ssd_cla_episodes: 'clae_cla_episode_start_date',
  ssd_cla_placement: 'clap_cla_placement_start_date',
  ssd_legal_status: 'lega_legal_status_start_date',
  ssd_cla_reviews: 'clar_cla_review_date',
  ssd_missing: 'miss_missing_episode_start_date',
  ssd_involvements: 'invo_involvement_start_date',
  ssd_cin_visits: 'cinv_cin_visit_date',
  ssd_cp_visits: 'cppv_cp_visit_date',
  ssd_cla_visits: 'clav_cla_visit_date',
  ssd_pre_proceedings: 'prep_pre_pro_decision_date',
}
