-- From the first contact to a child protection plan.

call ssd.publish('ssd_contacts', $$
  select k.id::text as cont_contact_id, c.pers_person_id as cont_person_id, k.contact_date as cont_contact_date,
         k.contact_source_code::text as cont_contact_source_code, k.contact_source_desc as cont_contact_source_desc,
         ssd.with_all_keys('NEW_REFERRAL_FLAG EXISTING_REFERRAL_FLAG CP_ENQUIRY_FLAG NFA_FLAG NON_AGENCY_ADOPTION_FLAG PRIVATE_FOSTERING_FLAG ADVICE_FLAG MISSING_FLAG OLA_CP_FLAG OTHER_OUTCOMES_EXIST_FLAG',
           jsonb_build_object('NEW_REFERRAL_FLAG', case when exists (select from referral r where r.contact_id = k.id) then 'Y' end)) as cont_contact_outcome_json
    from contact k join human_key c on c.person_id = k.person_id
$$);

call ssd.publish_empty('ssd_early_help_episodes', array['earl_episode_id', 'earl_person_id', 'earl_episode_start_date date',
  'earl_episode_end_date date', 'earl_episode_reason', 'earl_episode_end_reason', 'earl_episode_organisation', 'earl_episode_worker_id']);

call ssd.publish('ssd_cin_episodes', $$
  select r.id::text as cine_referral_id,
         c.pers_person_id as cine_person_id,
         r.referral_date as cine_referral_date,
         r.cin_primary_need_code::text as cine_cin_primary_need_code,
         r.referral_source_code::text as cine_referral_source_code,
         null::text as cine_referral_source_desc,
         ssd.with_all_keys('SINGLE_ASSESSMENT_FLAG NFA_FLAG STRATEGY_DISCUSSION_FLAG CLA_REQUEST_FLAG NON_AGENCY_ADOPTION_FLAG PRIVATE_FOSTERING_FLAG CP_TRANSFER_IN_FLAG CP_CONFERENCE_FLAG CARE_LEAVER_FLAG OTHER_OUTCOMES_EXIST_FLAG',
           jsonb_build_object('NFA_FLAG', ssd.yes_no(r.referral_nfa))) as cine_referral_outcome_json,
         ssd.yes_no(r.referral_nfa) as cine_referral_nfa,
         r.close_reason::text as cine_close_reason,
         r.close_date as cine_close_date,
         r.team_id::text as cine_referral_team,
         r.account_id::text as cine_referral_worker_id
    from referral r join human_key c on c.person_id = r.person_id
$$);

call ssd.publish('ssd_cin_assessments', $$
  select a.id::text as cina_assessment_id,
         c.pers_person_id as cina_person_id,
         a.referral_id::text as cina_referral_id,
         a.assessment_start_date as cina_assessment_start_date,
         ssd.yes_no(a.assessment_child_seen) as cina_assessment_child_seen,
         a.assessment_auth_date as cina_assessment_auth_date,
         ssd.with_all_keys('NFA_FLAG NFA_S47_END_FLAG STRATEGY_DISCUSSION_FLAG CLA_REQUEST_FLAG PRIVATE_FOSTERING_FLAG LEGAL_ACTION_FLAG PROV_OF_SERVICES_FLAG PROV_OF_SB_CARE_FLAG SPECIALIST_ASSESSMENT_FLAG REFERRAL_TO_OTHER_AGENCY_FLAG OTHER_ACTIONS_FLAG OTHER_OUTCOMES_EXIST_FLAG TOTAL_NO_OF_OUTCOMES COMMENTS',
           jsonb_build_object('NFA_FLAG', ssd.yes_no(a.assessment_outcome_nfa), 'COMMENTS', a.assessment_outcome)) as cina_assessment_outcome_json,
         ssd.yes_no(a.assessment_outcome_nfa) as cina_assessment_outcome_nfa,
         a.team_id::text as cina_assessment_team,
         a.account_id::text as cina_assessment_worker_id,
         a.assessment_internal_review_date as "AssessmentInternalReviewDate"
    from assessment a join human_key c on c.person_id = a.person_id
$$);

call ssd.publish('ssd_assessment_factors', $$
  select f.assessment_id::text as cinf_table_id, f.assessment_id::text as cinf_assessment_id,
         jsonb_agg(f.assessment_factor order by length(f.assessment_factor), f.assessment_factor)::text as cinf_assessment_factors_json
    from assessment_factor f join human_key c on c.person_id = f.person_id
   group by f.assessment_id
$$);

call ssd.publish('ssd_cin_plans', $$
  select p.id::text as cinp_cin_plan_id, p.referral_id::text as cinp_referral_id, c.pers_person_id as cinp_person_id,
         p.cin_plan_start_date as cinp_cin_plan_start_date, p.cin_plan_end_date as cinp_cin_plan_end_date,
         p.team_id::text as cinp_cin_plan_team, p.account_id::text as cinp_cin_plan_worker_id
    from cin_plan p join human_key c on c.person_id = p.person_id
$$);

call ssd.publish_empty('ssd_cin_visits', array['cinv_cin_visit_id', 'cinv_person_id', 'cinv_cin_visit_date date', 'cinv_cin_visit_seen',
  'cinv_cin_visit_seen_alone', 'cinv_cin_visit_bedroom']);

call ssd.publish('ssd_s47_enquiry', $$
  select s.id::text as s47e_s47_enquiry_id,
         s.referral_id::text as s47e_referral_id,
         c.pers_person_id as s47e_person_id,
         s.s47_start_date as s47e_s47_start_date,
         s.s47_end_date as s47e_s47_end_date,
         ssd.yes_no(s.s47_nfa) as s47e_s47_nfa,
         ssd.with_all_keys('NFA_FLAG LEGAL_ACTION_FLAG PROV_OF_SERVICES_FLAG PROV_OF_SB_CARE_FLAG CP_CONFERENCE_FLAG NFA_CONTINUE_SINGLE_FLAG MONITOR_FLAG OTHER_OUTCOMES_EXIST_FLAG TOTAL_NO_OF_OUTCOMES OUTCOME_COMMENTS',
           jsonb_build_object('NFA_FLAG', ssd.yes_no(s.s47_nfa), 'CP_CONFERENCE_FLAG', ssd.yes_no(not s.icpc_not_required))) as s47e_s47_outcome_json,
         s.account_id::text as s47e_s47_completed_by_worker_id,
         s.team_id::text as s47e_s47_completed_by_team,
         s.initial_cpc_target as "InitialCPCtarget",
         s.icpc_not_required as "ICPCnotRequired"
    from section_47 s join human_key c on c.person_id = s.person_id
$$);

call ssd.publish('ssd_initial_cp_conference', $$
  select i.id::text as icpc_icpc_id,
         null::text as icpc_icpc_meeting_id,
         i.section_47_id::text as icpc_s47_enquiry_id,
         c.pers_person_id as icpc_person_id,
         p.id::text as icpc_cp_plan_id,
         i.referral_id::text as icpc_referral_id,
         ssd.yes_no(i.icpc_transfer_in) as icpc_icpc_transfer_in,
         s.initial_cpc_target as icpc_icpc_target_date,
         i.icpc_date as icpc_icpc_date,
         ssd.yes_no(coalesce(i.icpc_outcome_cp, p.id is not null)) as icpc_icpc_outcome_cp_flag,
         ssd.with_all_keys('NFA_FLAG REFERRAL_TO_OTHER_AGENCY_FLAG SINGLE_ASSESSMENT_FLAG PROV_OF_SERVICES_FLAG CP_FLAG OTHER_OUTCOMES_EXIST_FLAG TOTAL_NO_OF_OUTCOMES COMMENTS',
           jsonb_build_object('CP_FLAG', ssd.yes_no(coalesce(i.icpc_outcome_cp, p.id is not null)))) as icpc_icpc_outcome_json,
         i.team_id::text as icpc_icpc_team,
         i.account_id::text as icpc_icpc_worker_id
    from initial_conference i
    join human_key c on c.person_id = i.person_id
    left join section_47 s on s.id = i.section_47_id
    left join (
      select distinct on (initial_conference_id) initial_conference_id, id from child_protection_plan
       where initial_conference_id is not null
       order by initial_conference_id, cp_plan_start_date, id
    ) as p on p.initial_conference_id = i.id
$$);

call ssd.publish('ssd_cp_plans', $$
  select p.id::text as cppl_cp_plan_id,
         p.referral_id::text as cppl_referral_id,
         p.initial_conference_id::text as cppl_icpc_id,
         c.pers_person_id as cppl_person_id,
         p.cp_plan_start_date as cppl_cp_plan_start_date,
         p.cp_plan_end_date as cppl_cp_plan_end_date,
         p.cp_plan_initial_category::text as cppl_cp_plan_initial_category,
         ssd.yes_no(p.cp_plan_ola) as cppl_cp_plan_ola,
         p.cp_plan_latest_category::text as cppl_cp_plan_latest_category,
         p.number_of_previous_cpp as "NumberOfPreviousCPP"
    from child_protection_plan p join human_key c on c.person_id = p.person_id
$$);

call ssd.publish_empty('ssd_cp_visits', array['cppv_cp_visit_id', 'cppv_person_id', 'cppv_cp_plan_id', 'cppv_cp_visit_date date',
  'cppv_cp_visit_seen', 'cppv_cp_visit_seen_alone', 'cppv_cp_visit_bedroom']);

call ssd.publish('ssd_cp_reviews', $$
  select v.id::text as cppr_cp_review_id,
         c.pers_person_id as cppr_person_id,
         v.child_protection_plan_id::text as cppr_cp_plan_id,
         v.cp_review_due as cppr_cp_review_due,
         v.cp_review_date as cppr_cp_review_date,
         null::text as cppr_cp_review_meeting_id,
         ssd.yes_no(v.cp_review_outcome_continue_cp) as cppr_cp_review_outcome_continue_cp,
         ssd.yes_no(v.cp_review_quorate) as cppr_cp_review_quorate,
         v.cp_review_participation::text as cppr_cp_review_participation
    from child_protection_review v join human_key c on c.person_id = v.person_id
$$);

call ssd.publish('ssd_pre_proceedings', $$
  select p.id::text as prep_table_id,
         c.pers_person_id as prep_person_id,
         null::text as prep_plo_family_id,
         p.pp_start_date as prep_pre_pro_decision_date,
         p.initial_pp_meeting_date as prep_initial_pre_pro_meeting_date,
         p.pp_outcome::text as prep_pre_pro_outcome,
         p.step_decision_date as prep_agree_stepdown_issue_date,
         null::integer as prep_cp_plans_referral_period,
         null::text as prep_legal_gateway_outcome,
         null::integer as prep_prev_pre_proc_child,
         null::integer as prep_prev_care_proc_child,
         p.lbp_sent_date as prep_pre_pro_letter_date,
         p.letter_init_cp_date as prep_care_pro_letter_date,
         p.review_meetings_count::integer as prep_pre_pro_meetings_num,
         null::text as prep_pre_pro_parents_legal_rep,
         null::text as prep_parents_legal_rep_point_of_issue,
         null::text as prep_court_reference,
         null::integer as prep_care_proc_court_hearings,
         null::text as prep_care_proc_short_notice,
         null::text as prep_proc_short_notice_reason,
         null::text as prep_la_inital_plan_approved,
         null::text as prep_la_initial_care_plan,
         null::text as prep_la_final_plan_approved,
         null::text as prep_la_final_care_plan,
         p.referral_id::text as "cine_referral_id",
         p.fgdm_meeting_offer as "FGDMMeetingOffer",
         p.fgdm_meeting_fac as "FGDMMeetingFac",
         p.court_app_date as "CourtAppDate"
    from pre_proceedings p join human_key c on c.person_id = p.person_id
$$);
