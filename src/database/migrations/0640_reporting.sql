-- What an analyst reads with tools of their own: the views of the dataset once more, without anybody's name. Rows are
-- there only inside a run that an analyst opened on a page and named the purpose and the people of, on the trail
-- before the first row (docs/decisions/reporting-knows-nobody.md).

do $$
begin
  if not exists (select from pg_roles where rolname = foundation.role_name('reporting')) then
    raise exception 'The role % is missing: run "cairn provision" of this version first', foundation.role_name('reporting');
  end if;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- A run for reports: a run like any other, whose secret is handed to the analyst.

alter table access.run
  add reports text check (reports in ('everyone', 'in-need', 'on-a-plan', 'looked-after', 'care-leavers'));
comment on column access.run.reports is 'For reporting: whose rows the views show. Empty: a run of background work, which the views do not answer.';

create function access.run_for_reports() returns text
  language sql stable security definer parallel restricted
  set search_path = pg_catalog, pg_temp
  return (
    select r.reports from access.run r
     where r.secret_hash = sha256(convert_to(current_setting('cairn.run', true), 'UTF8'))
       and r.ended_at is null and r.expires_at > clock_timestamp()
       and r.opened_in is distinct from pg_current_xact_id_if_assigned());

-- Opens reporting for an analyst who has proven again who they are: what is read leaves the system.
create function access.open_reports(in_secret text, in_secret_hash bytea, in_purpose text, in_people text, in_hours integer) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
  made uuid;
begin
  if not (access.is_active(s.account_id) and 'A-PERF' = any (access.roles_of(s.account_id))) then
    raise exception 'Reports are the analyst’s work' using errcode = 'CA006';
  end if;
  if not coalesce(access.is_proven(in_secret), false) then
    raise exception 'Prove again who you are' using errcode = 'CA004';
  end if;
  if in_hours not between 1 and 10 then
    raise exception 'Reports are open for ten hours at most';
  end if;
  insert into access.run (secret_hash, purpose, population, account_id, expires_at, reports)
  values (in_secret_hash, in_purpose, in_people, s.account_id, clock_timestamp() + make_interval(hours => in_hours), in_people)
  returning id into made;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'roles', to_jsonb(access.roles_of(s.account_id)), 'action', 'reports opened',
    'run', made, 'purpose', in_purpose, 'population', in_people, 'hours', in_hours, 'session', s.id, 'outcome', 'allowed'));
  return made;
end $$;

create function access.my_reports(in_secret text, out id uuid, out purpose text, out people text, out opened_at timestamptz,
    out expires_at timestamptz, out ended_at timestamptz) returns setof record
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select r.id, r.purpose, r.reports, r.opened_at, r.expires_at, r.ended_at from access.run r
   where r.reports is not null and r.account_id = (access.live_session(in_secret)).account_id
   order by r.opened_at desc limit 50
$$;

create function access.end_reports(in_secret text, in_run uuid) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  s access.session := access.require_session(in_secret);
begin
  update access.run r set ended_at = clock_timestamp()
   where r.id = in_run and r.account_id = s.account_id and r.reports is not null and r.ended_at is null;
  if not found then
    return false;
  end if;
  perform audit.write(jsonb_build_object('actor', s.account_id, 'action', 'reports ended', 'run', in_run, 'session', s.id, 'outcome', 'done'));
  return true;
end $$;

-- ---------------------------------------------------------------------------------------------------------
-- What the views are made with. They belong to a role that may read the record as background work may: inside a run.

create table reporting.salt (
  one boolean primary key default true check (one),
  salt text not null default encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || clock_timestamp()::text, 'UTF8')), 'hex')
);
insert into reporting.salt default values;
comment on table reporting.salt is 'Ids become pseudonyms with it, the same in every run. Nobody may read it but the views: not the analyst.';

create view reporting.left_out as
  select r.person_id from access.restricted r where r.level >= 3;
comment on view reporting.left_out is 'Sealed records and those not to be known: in no report.';

create table reporting.treatment (
  view_name name not null,
  column_name name not null,
  how text not null check (how in ('as-is', 'pseudonym', 'gone', 'month', 'outward')),
  primary key (view_name, column_name)
);
comment on table reporting.treatment is
  'What becomes of each column of the dataset where analysts read it: as it is; a pseudonym; nothing; the month of a date; the first half of a postcode. A column that is not listed stops the migration that makes it.';

create procedure reporting.treat(lines text)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  line text;
  part text[];
begin
  foreach line in array string_to_array(lines, E'\n') loop
    continue when btrim(line) = '';
    part := array(select btrim(piece) from unnest(string_to_array(line, '|')) as piece);
    insert into reporting.treatment select part[1], name, part[2] from unnest(string_to_array(part[3], ' ')) as name;
  end loop;
end $$;

-- The dataset a third time, from the same text, with the rights of that role: a view that reads with its reader's rights
-- does so also beneath one that does not.
create schema reporting_ssd;

-- The people a run may see: those it was opened for, never a sealed record or one that is not to be known.
create procedure reporting.put_up()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  owner name := foundation.role_name('reporting');
  each_view name;
  person name;
  body text;
  called record;
  missing text;
  columns text;
begin
  select string_agg(format('%s.%s', c.relname, a.attname), ', ') into missing
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
   where c.relnamespace = 'ssd'::regnamespace and c.relkind = 'v' and c.relname ~ '^ssd_' and c.relname <> 'ssd_api_data_staging'
     and not exists (select from reporting.treatment t where t.view_name = c.relname and t.column_name = a.attname);
  if missing is not null then
    raise exception 'Say what becomes of these columns where analysts read them (call reporting.treat): %', missing;
  end if;
  for each_view, body in select p.name, p.body from ssd.published p order by p.place loop
    perform set_config('search_path', 'record, reporting_ssd, pg_temp', true);
    execute format('create view reporting_ssd.%I as %s', each_view, body);
    perform set_config('search_path', 'pg_catalog, pg_temp', true);
    execute format('alter view reporting_ssd.%I owner to %I', each_view, owner);
  end loop;
  -- A view's functions are called with its reader's rights. None of them may know more than its reader does.
  for called in
    select distinct p.oid::regprocedure as signature, p.prosecdef
      from pg_depend d join pg_rewrite w on w.oid = d.objid join pg_class c on c.oid = w.ev_class join pg_proc p on p.oid = d.refobjid
     where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_proc'::regclass and c.relnamespace = 'reporting_ssd'::regnamespace
       and p.pronamespace <> 'pg_catalog'::regnamespace
  loop
    if called.prosecdef then
      raise exception 'A view for analysts calls %, which reads with more rights than they have', called.signature;
    end if;
    call foundation.grant_to('analyst', format('execute on function %s', called.signature));
  end loop;
  create view reporting.population with (security_barrier) as
    select distinct k.pers_person_id as person
      from reporting_ssd.human_key k
     where not exists (select from reporting_ssd.human_key other join reporting.left_out l on l.person_id = other.person_id
                        where other.pers_person_id = k.pers_person_id)
       and case (select access.run_for_reports())
             when 'everyone' then true
             when 'in-need' then exists (select from reporting_ssd.ssd_cin_episodes e where e.cine_person_id = k.pers_person_id)
             when 'on-a-plan' then exists (select from reporting_ssd.ssd_cp_plans p where p.cppl_person_id = k.pers_person_id)
             when 'looked-after' then exists (select from reporting_ssd.ssd_cla_episodes e where e.clae_person_id = k.pers_person_id)
             when 'care-leavers' then exists (select from reporting_ssd.ssd_care_leavers l where l.clea_person_id = k.pers_person_id)
             else false
           end;
  execute format('alter view reporting.population owner to %I', owner);
  for each_view in select c.relname from pg_class c where c.relnamespace = 'ssd'::regnamespace and c.relkind = 'v' and c.relname ~ '^ssd_'
                      and c.relname <> 'ssd_api_data_staging' order by c.relname loop
    select string_agg(case t.how
             when 'as-is' then format('x.%I', a.attname)
             when 'pseudonym' then format('left(encode(sha256(convert_to(s.salt || x.%1$I::text, ''UTF8'')), ''hex''), 20) as %1$I', a.attname)
             when 'gone' then format('null::%s as %I', format_type(a.atttypid, a.atttypmod), a.attname)
             when 'month' then format('date_trunc(''month'', x.%1$I)::date as %1$I', a.attname)
             when 'outward' then format('nullif(left(replace(x.%1$I, '' '', ''''), greatest(length(replace(x.%1$I, '' '', '''')) - 3, 0)), '''') as %1$I', a.attname)
           end, ', ' order by a.attnum),
           (array_agg(a.attname order by a.attnum) filter (where a.attname ~ '_person_id$'))[1]
      into columns, person
      from pg_attribute a join reporting.treatment t on t.view_name = each_view and t.column_name = a.attname
     where a.attrelid = format('ssd.%I', each_view)::regclass and a.attnum > 0;
    execute format('create view reporting.%1$I with (security_barrier) as
        select %2$s from reporting_ssd.%1$I x cross join reporting.salt s where (select access.run_for_reports()) is not null %3$s',
      each_view, columns,
      case when each_view = 'ssd_assessment_factors'
             then 'and exists (select from reporting_ssd.ssd_cin_assessments c join reporting.population p on p.person = c.cina_person_id where c.cina_assessment_id = x.cinf_assessment_id)'
           when person is not null then format('and exists (select from reporting.population p where p.person = x.%I)', person)
           else '' end);
    call foundation.grant_to('analyst', format('select on table reporting.%I', each_view));
    execute format('alter view reporting.%I owner to %I', each_view, owner);
  end loop;
end $$;

create procedure reporting.take_down()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  view_name name;
begin
  for view_name in select c.relname from pg_class c where c.relnamespace = 'reporting'::regnamespace and c.relkind = 'v' and c.relname <> 'left_out' order by c.relname desc loop
    execute format('drop view if exists reporting.%I cascade', view_name);
  end loop;
  for view_name in select c.relname from pg_class c where c.relnamespace = 'reporting_ssd'::regnamespace and c.relkind = 'v' loop
    execute format('drop view if exists reporting_ssd.%I cascade', view_name);
  end loop;
end $$;

-- The dataset's views carry these: they come down first and go up last.
create or replace procedure ssd.take_down()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  view_name name;
begin
  call reporting.take_down();
  for view_name in select p.name from ssd.published p order by p.place desc loop
    execute format('drop view if exists ssd.%1$I, ssd_known.%1$I', view_name);
  end loop;
end $$;

create or replace procedure ssd.put_up_again()
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  view record;
begin
  for view in select * from ssd.published p order by p.place loop
    call ssd.put_up(view.name, view.body);
  end loop;
  call reporting.put_up();
end $$;

call reporting.treat($$
    ssd_address | pseudonym | addr_table_id addr_person_id
    ssd_address | gone | addr_address_json
    ssd_address | outward | addr_address_postcode
    ssd_address | as-is | addr_address_type addr_address_start_date addr_address_end_date
    ssd_assessment_factors | pseudonym | cinf_table_id cinf_assessment_id
    ssd_assessment_factors | as-is | cinf_assessment_factors_json
    ssd_care_leavers | pseudonym | clea_table_id clea_person_id clea_care_leaver_personal_advisor clea_care_leaver_worker_id
    ssd_care_leavers | as-is | clea_care_leaver_eligibility clea_care_leaver_in_touch clea_care_leaver_latest_contact clea_care_leaver_accommodation clea_care_leaver_accom_suitable clea_care_leaver_activity clea_pathway_plan_review_date clea_care_leaver_allocated_team CollectionYear
    ssd_cin_assessments | pseudonym | cina_assessment_id cina_person_id cina_referral_id cina_assessment_worker_id
    ssd_cin_assessments | as-is | cina_assessment_start_date cina_assessment_child_seen cina_assessment_auth_date cina_assessment_outcome_json cina_assessment_outcome_nfa cina_assessment_team AssessmentInternalReviewDate
    ssd_cin_episodes | pseudonym | cine_referral_id cine_person_id cine_referral_worker_id
    ssd_cin_episodes | gone | cine_referral_source_desc
    ssd_cin_episodes | as-is | cine_referral_date cine_cin_primary_need_code cine_referral_source_code cine_referral_outcome_json cine_referral_nfa cine_close_reason cine_close_date cine_referral_team
    ssd_cin_plans | pseudonym | cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_worker_id
    ssd_cin_plans | as-is | cinp_cin_plan_start_date cinp_cin_plan_end_date cinp_cin_plan_team
    ssd_cin_visits | pseudonym | cinv_cin_visit_id cinv_person_id
    ssd_cin_visits | as-is | cinv_cin_visit_date cinv_cin_visit_seen cinv_cin_visit_seen_alone cinv_cin_visit_bedroom
    ssd_cla_care_plan | pseudonym | lacp_table_id lacp_person_id
    ssd_cla_care_plan | gone | lacp_cla_care_plan_json
    ssd_cla_care_plan | as-is | lacp_cla_care_plan_start_date lacp_cla_care_plan_end_date
    ssd_cla_convictions | pseudonym | clac_cla_conviction_id clac_person_id
    ssd_cla_convictions | as-is | clac_cla_conviction_date clac_cla_conviction_offence CollectionYear
    ssd_cla_episodes | pseudonym | clae_cla_episode_id clae_person_id clae_cla_id clae_referral_id clae_cla_placement_id
    ssd_cla_episodes | as-is | clae_cla_episode_start_date clae_cla_episode_start_reason clae_cla_primary_need_code clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_entered_care_date clae_cla_last_iro_contact_date
    ssd_cla_health | pseudonym | clah_health_check_id clah_person_id
    ssd_cla_health | as-is | clah_health_check_type clah_health_check_date clah_health_check_status CollectionYear
    ssd_cla_immunisations | pseudonym | clai_person_id
    ssd_cla_immunisations | as-is | clai_immunisations_status clai_immunisations_status_date CollectionYear
    ssd_cla_placement | pseudonym | clap_cla_placement_id clap_cla_id clap_person_id
    ssd_cla_placement | gone | clap_cla_placement_urn
    ssd_cla_placement | outward | clap_cla_placement_postcode
    ssd_cla_placement | as-is | clap_cla_placement_start_date clap_cla_placement_type clap_cla_placement_distance clap_cla_placement_provider clap_cla_placement_end_date clap_cla_placement_change_reason
    ssd_cla_previous_permanence | pseudonym | lapp_table_id lapp_person_id
    ssd_cla_previous_permanence | as-is | lapp_previous_permanence_order_date lapp_previous_permanence_option lapp_previous_permanence_la
    ssd_cla_reviews | pseudonym | clar_cla_review_id clar_cla_id clar_cla_person_id
    ssd_cla_reviews | as-is | clar_cla_review_due_date clar_cla_review_date clar_cla_review_cancelled clar_cla_review_participation
    ssd_cla_substance_misuse | pseudonym | clas_substance_misuse_id clas_person_id
    ssd_cla_substance_misuse | as-is | clas_substance_misuse_date clas_substance_misused clas_intervention_received CollectionYear
    ssd_cla_visits | pseudonym | clav_cla_visit_id clav_cla_id clav_person_id
    ssd_cla_visits | as-is | clav_cla_visit_date clav_cla_visit_seen clav_cla_visit_seen_alone
    ssd_cohort | pseudonym | dim_person_id
    ssd_cohort | gone | legacy_id
    ssd_cohort | as-is | has_contact has_referral has_903 is_care_leaver has_eligibility has_client_flag has_involvement first_activity_dttm last_activity_dttm
    ssd_contacts | pseudonym | cont_contact_id cont_person_id
    ssd_contacts | gone | cont_contact_source_desc
    ssd_contacts | as-is | cont_contact_date cont_contact_source_code cont_contact_outcome_json
    ssd_cp_plans | pseudonym | cppl_cp_plan_id cppl_referral_id cppl_icpc_id cppl_person_id
    ssd_cp_plans | as-is | cppl_cp_plan_start_date cppl_cp_plan_end_date cppl_cp_plan_initial_category cppl_cp_plan_ola cppl_cp_plan_latest_category NumberOfPreviousCPP
    ssd_cp_reviews | pseudonym | cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_meeting_id
    ssd_cp_reviews | as-is | cppr_cp_review_due cppr_cp_review_date cppr_cp_review_outcome_continue_cp cppr_cp_review_quorate cppr_cp_review_participation
    ssd_cp_visits | pseudonym | cppv_cp_visit_id cppv_person_id cppv_cp_plan_id
    ssd_cp_visits | as-is | cppv_cp_visit_date cppv_cp_visit_seen cppv_cp_visit_seen_alone cppv_cp_visit_bedroom
    ssd_department | as-is | dept_team_id dept_team_name dept_team_parent_id dept_team_parent_name
    ssd_dim_date | as-is | date_key full_date calendar_year calendar_quarter month_number day_of_month iso_year iso_week day_of_week_monday1 is_weekend month_start_date month_end_date quarter_start_date quarter_end_date year_start_date year_end_date fiscal_year_start_year fiscal_year_label fiscal_year_start_date fiscal_year_end_date fiscal_quarter fiscal_quarter_start_date fiscal_quarter_end_date
    ssd_disability | pseudonym | disa_table_id disa_person_id
    ssd_disability | as-is | disa_disability_code
    ssd_early_help_episodes | pseudonym | earl_episode_id earl_person_id earl_episode_worker_id
    ssd_early_help_episodes | gone | earl_episode_reason earl_episode_end_reason earl_episode_organisation
    ssd_early_help_episodes | as-is | earl_episode_start_date earl_episode_end_date
    ssd_ehcp_active_plans | pseudonym | ehcp_active_ehcp_id ehcp_ehcp_request_id
    ssd_ehcp_active_plans | as-is | ehcp_active_ehcp_last_review_date
    ssd_ehcp_assessment | pseudonym | ehca_ehcp_assessment_id ehca_ehcp_request_id
    ssd_ehcp_assessment | as-is | ehca_ehcp_assessment_outcome_date ehca_ehcp_assessment_outcome ehca_ehcp_assessment_exceptions
    ssd_ehcp_named_plan | pseudonym | ehcn_named_plan_id ehcn_ehcp_asmt_id
    ssd_ehcp_named_plan | as-is | ehcn_named_plan_start_date ehcn_named_plan_ceased_date ehcn_named_plan_ceased_reason
    ssd_ehcp_requests | pseudonym | ehcr_ehcp_request_id ehcr_send_table_id
    ssd_ehcp_requests | as-is | ehcr_ehcp_req_date ehcr_ehcp_req_outcome_date ehcr_ehcp_req_outcome
    ssd_family | pseudonym | fami_table_id fami_family_id fami_person_id
    ssd_immigration_status | pseudonym | immi_immigration_status_id immi_person_id
    ssd_immigration_status | as-is | immi_immigration_status immi_immigration_status_start_date immi_immigration_status_end_date
    ssd_initial_cp_conference | pseudonym | icpc_icpc_id icpc_icpc_meeting_id icpc_s47_enquiry_id icpc_person_id icpc_cp_plan_id icpc_referral_id icpc_icpc_worker_id
    ssd_initial_cp_conference | as-is | icpc_icpc_transfer_in icpc_icpc_target_date icpc_icpc_date icpc_icpc_outcome_cp_flag icpc_icpc_outcome_json icpc_icpc_team
    ssd_involvements | pseudonym | invo_involvements_id invo_professional_id invo_person_id invo_referral_id
    ssd_involvements | as-is | invo_professional_role_id invo_professional_team invo_involvement_start_date invo_involvement_end_date invo_worker_change_reason
    ssd_legal_status | pseudonym | lega_legal_status_id lega_person_id
    ssd_legal_status | as-is | lega_legal_status lega_legal_status_start_date lega_legal_status_end_date
    ssd_linked_identifiers | pseudonym | link_table_id link_person_id
    ssd_linked_identifiers | gone | link_identifier_value
    ssd_linked_identifiers | as-is | link_identifier_type link_valid_from_date link_valid_to_date
    ssd_missing | pseudonym | miss_table_id miss_person_id
    ssd_missing | as-is | miss_missing_episode_start_date miss_missing_episode_type miss_missing_episode_end_date miss_missing_rhi_offered miss_missing_rhi_accepted
    ssd_mother | pseudonym | moth_table_id moth_person_id moth_childs_person_id
    ssd_mother | month | moth_childs_dob
    ssd_permanence | pseudonym | perm_table_id perm_person_id perm_cla_id perm_adoption_worker_id
    ssd_permanence | as-is | perm_adm_decision_date perm_ffa_cp_decision_date perm_placement_order_date perm_placed_for_adoption_date perm_matched_date perm_adopted_by_carer_flag perm_placed_ffa_cp_date perm_decision_reversed_date perm_placed_foster_carer_date perm_part_of_sibling_group perm_siblings_placed_together perm_siblings_placed_apart perm_placement_provider_urn perm_decision_reversed_reason perm_permanence_order_date perm_permanence_order_type perm_adopter_sex perm_adopter_legal_status perm_number_of_adopters
    ssd_person | pseudonym | pers_person_id
    ssd_person | gone | pers_forename pers_surname pers_common_child_id pers_single_unique_id pers_upn pers_legacy_id
    ssd_person | month | pers_dob pers_expected_dob pers_death_date
    ssd_person | as-is | pers_sex pers_gender pers_ethnicity pers_upn_unknown pers_send_flag pers_is_mother pers_nationality
    ssd_pre_proceedings | pseudonym | prep_table_id prep_person_id prep_plo_family_id cine_referral_id
    ssd_pre_proceedings | gone | prep_court_reference
    ssd_pre_proceedings | as-is | prep_pre_pro_decision_date prep_initial_pre_pro_meeting_date prep_pre_pro_outcome prep_agree_stepdown_issue_date prep_cp_plans_referral_period prep_legal_gateway_outcome prep_prev_pre_proc_child prep_prev_care_proc_child prep_pre_pro_letter_date prep_care_pro_letter_date prep_pre_pro_meetings_num prep_pre_pro_parents_legal_rep prep_parents_legal_rep_point_of_issue prep_care_proc_court_hearings prep_care_proc_short_notice prep_proc_short_notice_reason prep_la_inital_plan_approved prep_la_initial_care_plan prep_la_final_plan_approved prep_la_final_care_plan FGDMMeetingOffer FGDMMeetingFac CourtAppDate
    ssd_professionals | pseudonym | prof_professional_id
    ssd_professionals | gone | prof_staff_id prof_professional_name prof_social_worker_registration_no
    ssd_professionals | as-is | prof_professional_job_title prof_professional_caseload prof_professional_department prof_full_time_equivalency prof_agency_worker_flag
    ssd_s251_finance | pseudonym | s251_table_id s251_cla_placement_id
    ssd_s251_finance | as-is | s251_placeholder_1 s251_placeholder_2 s251_placeholder_3 s251_placeholder_4
    ssd_s47_enquiry | pseudonym | s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_completed_by_worker_id
    ssd_s47_enquiry | as-is | s47e_s47_start_date s47e_s47_end_date s47e_s47_nfa s47e_s47_outcome_json s47e_s47_completed_by_team InitialCPCtarget ICPCnotRequired
    ssd_sdq_scores | pseudonym | csdq_table_id csdq_person_id
    ssd_sdq_scores | as-is | csdq_sdq_completed_date csdq_sdq_reason csdq_sdq_score CollectionYear
    ssd_sen_need | pseudonym | senn_table_id senn_active_ehcp_id
    ssd_sen_need | as-is | senn_active_ehcp_need_type senn_active_ehcp_need_rank
    ssd_send | pseudonym | send_table_id send_person_id
    ssd_send | gone | send_upn send_uln
    ssd_send | as-is | send_upn_unknown
    ssd_version_log | gone | created_by
    ssd_version_log | as-is | version_number release_date description is_current created_at impact_description
    ssd_voice_of_child | pseudonym | voch_table_id voch_person_id
    ssd_voice_of_child | as-is | voch_explained_worries voch_story_help_understand voch_agree_worker voch_plan_safe voch_tablet_help_explain
$$);

revoke execute on all routines in schema reporting, access, ssd from public;
do $$
declare
  owner name := foundation.role_name('reporting');
begin
  execute format('grant usage, create on schema reporting, reporting_ssd to %I', owner);
  execute format('grant select on reporting.salt, reporting.left_out to %I', owner);
  call foundation.grant_to('analyst', 'usage on schema access');
  call foundation.grant_to('analyst', 'execute on function access.run_for_reports(), access.run_is_open()');
  call foundation.grant_to('jobs', 'execute on function access.run_for_reports()');
  call foundation.grant_to('app', 'execute on function access.open_reports(text, bytea, text, text, integer), access.my_reports(text), access.end_reports(text, uuid)');
end $$;
call reporting.put_up();
