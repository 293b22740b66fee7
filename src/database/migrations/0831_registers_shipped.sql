-- What the registers say when the software comes (governance B.2, C.2, D.3, B.13, B.16). A later release that says an entry
-- otherwise ships it again in a migration of its own: it then waits as a proposal, as no release changes what an
-- authority has decided.

create function governance.ship(in_register text, in_entries jsonb) returns void
  language sql
  set search_path = pg_catalog, pg_temp
begin atomic
  insert into governance.entry (register, key, body, valid_from, state, shipped, decided_at)
  select in_register, e ->> 'key', e - 'key', '2026-01-01', case when known then 'proposed' else 'approved' end, true, case when known then null else clock_timestamp() end
    from jsonb_array_elements(in_entries) as e
    cross join lateral (select exists (select from governance.entry x where x.register = in_register and x.key = e ->> 'key') as known) k
  on conflict (register, key) where state = 'proposed' do nothing;
end;
revoke execute on function governance.ship(text, jsonb) from public;

select governance.ship('lawful-bases', $$[
  {"key": "LB-01", "activity": "Contacts and referrals", "article6": ["e"], "conditions": ["9(2)(g), Schedule 1 paragraph 18", "9(2)(h), Schedule 1 paragraph 2", "10, Schedule 1 paragraphs 18 and 36"], "statutes": ["Children Act 1989, sections 17 and 47", "Children Act 2004, section 11"], "plain": "to decide what to do when somebody is worried about a child", "people": ["families"]},
  {"key": "LB-02", "activity": "Assessments and child in need plans", "article6": ["e"], "conditions": ["9(2)(h), Schedule 1 paragraph 2", "9(2)(g), Schedule 1 paragraph 6", "9(2)(g), Schedule 1 paragraph 18"], "statutes": ["Children Act 1989, section 17 and Schedule 2"], "plain": "to find out what a child and family need, and to help", "people": ["families"]},
  {"key": "LB-03", "activity": "Enquiries, conferences and plans that protect a child", "article6": ["e", "c"], "conditions": ["9(2)(g), Schedule 1 paragraph 18"], "statutes": ["Children Act 1989, section 47"], "plain": "to find out whether a child is being harmed, and to keep the child safe", "people": ["families"]},
  {"key": "LB-04", "activity": "Looking after a child", "article6": ["c", "e"], "conditions": ["9(2)(b), Schedule 1 paragraph 1", "9(2)(h), Schedule 1 paragraph 2", "9(2)(g), Schedule 1 paragraph 18"], "statutes": ["Children Act 1989, sections 20 to 26 and 31", "Care Planning, Placement and Case Review (England) Regulations 2010"], "plain": "to care well for a child who lives with us or with foster carers", "people": ["families"]},
  {"key": "LB-05", "activity": "Adoption", "article6": ["c"], "conditions": ["9(2)(g), Schedule 1 paragraph 6", "9(2)(f)"], "statutes": ["Adoption and Children Act 2002", "Adoption Agencies Regulations 2005"], "plain": "to arrange an adoption and to keep its record safe", "people": ["families"]},
  {"key": "LB-06", "activity": "The fostering service", "article6": ["c", "e"], "conditions": ["9(2)(g), Schedule 1 paragraph 6", "9(2)(g), Schedule 1 paragraph 18", "10, Schedule 1 paragraphs 6, 18 and 36"], "statutes": ["Fostering Services (England) Regulations 2011"], "plain": "to find, check and support foster carers", "people": ["carers"]},
  {"key": "LB-07", "activity": "Support for care leavers", "article6": ["c"], "conditions": ["9(2)(b), Schedule 1 paragraph 1", "9(2)(h), Schedule 1 paragraph 2"], "statutes": ["Children Act 1989, sections 23A to 24D", "Children (Leaving Care) Act 2000", "Children and Social Work Act 2017"], "plain": "to support young people who leave care", "people": ["families"]},
  {"key": "LB-08", "activity": "Court proceedings", "article6": ["c", "e"], "conditions": ["9(2)(f)", "10, Schedule 1 paragraph 33"], "statutes": ["Children Act 1989, Parts IV and V", "Family Procedure Rules 2010"], "plain": "to bring a case to court and to do what a court orders", "people": ["families"]},
  {"key": "LB-09", "activity": "Statutory returns to the Department for Education", "article6": ["c"], "conditions": ["9(2)(g), Schedule 1 paragraph 6"], "statutes": ["Children Act 1989, section 83"], "plain": "to send the figures the law asks of us", "people": ["families"]},
  {"key": "LB-10", "activity": "The alert to the NHS (CP-IS)", "article6": ["e", "c"], "conditions": ["9(2)(g), Schedule 1 paragraph 18", "9(2)(h), Schedule 1 paragraph 2"], "statutes": ["Children Act 2004, sections 10 and 11"], "plain": "so that a hospital knows a child is protected or looked after", "people": ["families"]},
  {"key": "LB-11", "activity": "Quality assurance and inspection", "article6": ["e", "c"], "conditions": ["9(2)(h), Schedule 1 paragraph 2", "9(2)(g), Schedule 1 paragraphs 6 and 12"], "statutes": ["Children Act 1989", "Education and Inspections Act 2006"], "plain": "to check that our work is good", "people": ["families"]},
  {"key": "LB-12", "activity": "Research and statistics", "article6": ["e"], "conditions": ["9(2)(j), Schedule 1 paragraph 4"], "statutes": ["Children Act 1989, section 83(2)"], "plain": "to learn what helps, from figures that name nobody", "people": ["families"]},
  {"key": "LB-13", "activity": "Complaints about our service", "article6": ["c"], "conditions": ["9(2)(g), Schedule 1 paragraph 6", "9(2)(f)"], "statutes": ["Children Act 1989, section 26", "Children Act 1989 Representations Procedure (England) Regulations 2006"], "plain": "to answer a complaint", "people": ["families"]},
  {"key": "LB-14", "activity": "Your rights over your record, the trail of who read it, and security", "article6": ["c"], "conditions": ["9(2)(g), Schedule 1 paragraph 6"], "statutes": ["UK GDPR", "Data Protection Act 2018"], "plain": "to answer you, and to prove who looked", "people": ["families"]},
  {"key": "LB-15", "activity": "Early help that families agree to", "article6": ["e", "a"], "conditions": ["9(2)(h), Schedule 1 paragraph 2"], "statutes": ["Children Act 2004, section 10", "Children Act 1989, section 17 and Schedule 2"], "plain": "to help early, when you want it", "people": ["families"]},
  {"key": "LB-16", "activity": "Publicity and taking part: photographs, surveys, events", "article6": ["a"], "conditions": ["9(2)(a)"], "statutes": [], "plain": "only if you say yes, and you can say no later", "people": ["families"]},
  {"key": "LB-17", "activity": "An emergency to save a life", "article6": ["d"], "conditions": ["9(2)(c)"], "statutes": ["looked at again on the next working day"], "plain": "when a life is in danger and nothing else allows it", "people": ["families"]}
]$$);

select governance.ship('recipients', $$[
  {"key": "REC-TRUST", "name": "Other departments of the Trust", "kind": "Our own teams", "plain": "so that the team which helps you next, finds a home or checks our work knows what it needs and no more", "rules": ["D-TRU-01", "D-TRU-02", "D-TRU-03", "D-TRU-04", "D-TRU-05", "D-TRU-06", "D-TRU-07", "D-TRU-08"], "agreement": null},
  {"key": "REC-COUNCIL", "name": "The Council: education, housing, adult social care, early years, public health, benefits and legal services", "kind": "The Council", "plain": "for school and special needs, a home, support as an adult, or legal advice", "rules": ["D-COU-ASC", "D-COU-EDU", "D-COU-HOU", "D-COU-LEG", "D-COU-PH", "D-COU-EY", "D-COU-REV", "D-COU-FRAUD", "D-COU-CLLR", "D-COU-DCS"], "agreement": null},
  {"key": "REC-HEALTH", "name": "The NHS: doctors, hospitals, health visitors, school nurses, mental health services", "kind": "Health", "plain": "to keep a child safe and well, and for health assessments", "rules": ["D-HEA-S47", "D-HEA-IHA", "D-HEA-HV", "D-HEA-MH", "D-HEA-ADU", "D-HEA-CDOP", "D-HEA-RES"], "agreement": null},
  {"key": "REC-CPIS", "name": "The NHS Child Protection Information Sharing service (CP-IS)", "kind": "Health", "plain": "so that hospital staff know that a child has a child protection plan or is looked after", "rules": ["D-HEA-CPIS"], "agreement": null},
  {"key": "REC-POLICE", "name": "The police", "kind": "Police", "plain": "to protect a child, to find a missing child, or for one question about a crime", "rules": ["D-POL-STRAT", "D-POL-MISS", "D-POL-PP", "D-POL-MARAC", "D-POL-MAPPA", "D-POL-CDA", "D-POL-INV", "D-POL-INT", "D-POL-NO"], "agreement": null},
  {"key": "REC-DFE", "name": "The Department for Education", "kind": "Government", "plain": "because the law says we must send figures about each child, without names", "rules": ["D-DFE-CIN", "D-DFE-903", "D-DFE-API", "D-DFE-SI"], "agreement": null},
  {"key": "REC-OFSTED", "name": "Ofsted", "kind": "Regulators", "plain": "when it inspects us", "rules": ["D-OFS-01"], "agreement": null},
  {"key": "REC-OMBUDSMAN", "name": "The Local Government and Social Care Ombudsman", "kind": "Regulators", "plain": "when you complain to it about us", "rules": ["D-LGO-01"], "agreement": null},
  {"key": "REC-REGULATOR", "name": "The data protection regulator", "kind": "Regulators", "plain": "when it asks, or when something went wrong", "rules": ["D-ICO-01"], "agreement": null},
  {"key": "REC-INQUIRY", "name": "Public inquiries", "kind": "Regulators", "plain": "when the law orders us to", "rules": ["D-INQ-01"], "agreement": null},
  {"key": "REC-HOMEOFFICE", "name": "The Home Office", "kind": "Government", "plain": "about a child who seeks asylum alone or may have been trafficked", "rules": ["D-HO-01"], "agreement": null},
  {"key": "REC-SCHOOL", "name": "Schools and nurseries", "kind": "Education", "plain": "so that the school can keep a child safe and help the child learn", "rules": ["D-SCH-01"], "agreement": null},
  {"key": "REC-PROVIDER", "name": "Foster carers, children’s homes and family support services", "kind": "Providers", "plain": "so that those who look after or help a child know what the child needs", "rules": ["D-PRV-01", "D-PRV-02"], "agreement": null},
  {"key": "REC-COUNCILS", "name": "Other councils", "kind": "Councils", "plain": "when a child moves or lives there", "rules": ["D-OLA-01"], "agreement": null},
  {"key": "REC-COURT", "name": "Courts, Cafcass and those who take part in a case", "kind": "Courts", "plain": "when a case is in court or a court orders it", "rules": ["D-CRT-01", "D-CRT-02", "D-CRT-03"], "agreement": null},
  {"key": "REC-ABROAD", "name": "Authorities, providers and courts in other countries", "kind": "Abroad", "plain": "only for one child and one question, when the child has family or lives there", "rules": ["D-ABR-01", "D-ABR-02", "D-ABR-03", "D-ABR-04"], "agreement": null},
  {"key": "REC-MEETING", "name": "People invited to a meeting about the child", "kind": "Meetings", "plain": "so that they can take part; each gets only their own papers", "rules": ["D-DS-06"], "agreement": null},
  {"key": "REC-RESEARCH", "name": "Researchers", "kind": "Research", "plain": "only under names that tell nobody who it is, and only after approval", "rules": ["D-RES-01"], "agreement": null},
  {"key": "REC-PUBLIC", "name": "The public", "kind": "Public", "plain": "only figures in which nobody can be recognised", "rules": ["D-MED-01"], "agreement": null},
  {"key": "REC-PROCESSORS", "name": "Companies that work for us, such as those who host or translate", "kind": "Suppliers", "plain": "they may do only what our contract says", "rules": ["D-SUP-01"], "agreement": null}
]$$);

select governance.ship('retention', $$[
  {"key": "R-LAC-01", "about": "The record of a child who was ever looked after", "trigger": "birth", "years": 75, "keeps": "until the 75th birthday", "authority": "statute", "source": "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 50", "onExpiry": "review", "published": true},
  {"key": "R-LAC-02", "about": "The record of a looked-after child who died before 18", "trigger": "death", "years": 15, "keeps": "15 years after the death", "authority": "statute", "source": "the same regulation", "onExpiry": "review", "published": true},
  {"key": "R-LAC-03", "about": "The case record of a children’s home", "trigger": "birth", "years": 75, "keeps": "until the 75th birthday; 15 years after a death before 18", "authority": "statute", "source": "Children's Homes (England) Regulations 2015, regulation 36", "onExpiry": "review", "published": true},
  {"key": "R-CL-01", "about": "The record of a care leaver", "trigger": "birth", "years": 75, "keeps": "until the 75th birthday", "authority": "statute", "source": "Care Leavers (England) Regulations 2010, regulation 10 (the period is the Trust’s)", "onExpiry": "review", "published": true},
  {"key": "R-ADO-01", "about": "The record of an adoption, once the order is made", "trigger": "adoption order", "years": 100, "keeps": "100 years after the order", "authority": "statute", "source": "Disclosure of Adoption Information (Post-Commencement Adoptions) Regulations 2005, regulation 6", "onExpiry": "review", "published": true},
  {"key": "R-ADO-03", "about": "Adoption that was considered and not made, of a child never looked after", "trigger": "decision", "years": 6, "keeps": "6 years after the decision", "authority": "local", "source": "Adoption Agencies Regulations 2005, regulation 40, leaves the period to the agency", "onExpiry": "review", "published": true},
  {"key": "R-ADO-04", "about": "People who wanted to adopt and were not approved, or withdrew", "trigger": "decision", "years": 10, "keeps": "10 years after the decision", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-SGO-01", "about": "Special guardianship: assessment and support", "trigger": "birth", "years": 75, "keeps": "until the child’s 75th birthday", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-FC-01", "about": "An approved foster carer", "trigger": "approval ended", "years": 10, "keeps": "at least 10 years after approval ends", "authority": "statute", "source": "Fostering Services (England) Regulations 2011, regulation 32(1)", "onExpiry": "review", "published": true},
  {"key": "R-FC-03", "about": "Somebody who asked to foster and was refused or withdrew", "trigger": "refusal or withdrawal", "years": 3, "keeps": "at least 3 years", "authority": "statute", "source": "the same regulations, 32(3)", "onExpiry": "review", "published": true},
  {"key": "R-CP-01", "about": "A child protection enquiry, conference or plan, of a child never looked after or adopted", "trigger": "case closed", "years": 35, "keeps": "35 years after we close the case", "authority": "local", "source": "the Trust’s policy; a period of 35 years was held lawful in R (C) v Northumberland County Council [2015] EWHC 2134 (Admin)", "onExpiry": "review", "published": true},
  {"key": "R-CP-02", "about": "Child protection with sexual abuse, exploitation or serious harm", "trigger": "birth", "years": 75, "keeps": "until the 75th birthday, looked at every 25 years", "authority": "local", "source": "the Trust’s policy, as survivors may ask decades later", "onExpiry": "review", "published": true},
  {"key": "R-CIN-01", "about": "A child in need, or early help with a plan", "trigger": "birth", "years": 30, "keeps": "until the 30th birthday; 6 years after a death before 18", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-CIN-02", "about": "A disabled child who had help for a long time", "trigger": "birth", "years": 30, "keeps": "until the 30th birthday, and at least 8 years after we close the case", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-REF-01", "about": "A contact or referral that led to nothing else", "trigger": "case closed", "years": 6, "keeps": "6 years after it was closed; until the 21st birthday where somebody in the home was a risk", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-REF-02", "about": "A contact about the wrong person, or a hoax", "trigger": "decision", "years": 1, "keeps": "1 year, then only that it happened", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-EH-01", "about": "Early help without a plan", "trigger": "case closed", "years": 6, "keeps": "6 years after it ended", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-PF-01", "about": "Private fostering", "trigger": "birth", "years": 25, "keeps": "until the 25th birthday; the 30th if we gave services", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-COURT-01", "about": "A report for a private family case, with no other involvement", "trigger": "birth", "years": 30, "keeps": "until the 30th birthday", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-UASC-01", "about": "A child seeking asylum alone", "trigger": "birth", "years": 75, "keeps": "until the 75th birthday", "authority": "statute", "source": "as a looked-after child", "onExpiry": "review", "published": true},
  {"key": "R-LADO-01", "about": "A proven or unproven allegation against somebody who works with children", "trigger": "birth of that person", "years": 100, "keeps": "until their 100th birthday", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-LADO-02", "about": "An unfounded or malicious allegation", "trigger": "case closed", "years": 10, "keeps": "10 years", "authority": "local", "source": "the Trust’s policy", "onExpiry": "review", "published": true},
  {"key": "R-CPL-01", "about": "A complaint about our service", "trigger": "case closed", "years": 6, "keeps": "6 years after it was answered", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-RTS-01", "about": "What you asked about your record, and what we decided", "trigger": "case closed", "years": 6, "keeps": "6 years", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-RTS-02", "about": "The copy of your record that we gave you", "trigger": "release", "years": 1, "keeps": "1 year, then only a list of what was in it", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-RTS-03", "about": "Papers that show who you are", "trigger": "check", "years": null, "keeps": "10 working days; after that only that we saw them", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy", "published": true},
  {"key": "R-BR-01", "about": "Something that went wrong with personal information", "trigger": "case closed", "years": 6, "keeps": "6 years", "authority": "local", "source": "UK GDPR, Article 33(5), asks that it is written down", "onExpiry": "review", "published": true},
  {"key": "R-DISC-01", "about": "Whom we gave information to, and when we decided not to", "trigger": "with the record", "years": null, "keeps": "as long as the child’s record", "authority": "local", "source": "the Trust’s policy", "onExpiry": "with record", "published": true},
  {"key": "R-AUD-01", "about": "Who opened the record", "trigger": "with the record", "years": 10, "keeps": "as long as the record, and at least 10 years", "authority": "local", "source": "the Trust’s policy: people ask who saw their file", "onExpiry": "review", "published": true},
  {"key": "R-CNS-01", "about": "What you agreed to, and when you took it back", "trigger": "end of consent", "years": 6, "keeps": "6 years after it ended", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-DFE-01", "about": "A return as we sent it to the Department for Education", "trigger": "submission", "years": 10, "keeps": "10 years", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-CPIS-01", "about": "Alerts to the NHS and its answers", "trigger": "sent", "years": 6, "keeps": "6 years, or as long as the child’s record", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-SUP-01", "about": "Supervision of staff", "trigger": "end of employment", "years": 6, "keeps": "6 years after they leave", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy", "published": false},
  {"key": "R-REC-01", "about": "Sound or video recordings of meetings", "trigger": "transcript agreed", "years": null, "keeps": "6 months, unless they are evidence", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy-after-review", "published": true},
  {"key": "R-FIN-01", "about": "Payments", "trigger": "end of the financial year", "years": 6, "keeps": "6 years", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy", "published": true},
  {"key": "R-AUD-02", "about": "Records of signing in and of security", "trigger": "event", "years": 6, "keeps": "6 years", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy", "published": false},
  {"key": "R-POL-01", "about": "Earlier versions of this notice and of our policies", "trigger": "replaced", "years": 6, "keeps": "6 years after they were replaced", "authority": "local", "source": "UK GDPR, Article 5(2)", "onExpiry": "review", "published": true},
  {"key": "R-BAK-01", "about": "Backups", "trigger": "taken", "years": null, "keeps": "13 months at most; what was destroyed is destroyed again when one is used", "authority": "local", "source": "the Trust’s policy", "onExpiry": "destroy", "published": true}
]$$);

select governance.ship('automated', $$[
  {"key": "AUT-CPIS", "name": "Alert to the NHS (CP-IS)", "state": "live", "decides": false, "plain": "Tells the NHS that a child has a child protection plan or is looked after, or that this has ended. It passes on a fact and decides nothing.", "where": "src/sharing/cp-is"},
  {"key": "AUT-CLOCKS", "name": "Reminders of what is due", "state": "live", "decides": false, "plain": "Counts the days the law gives for visits, reviews and meetings, and reminds the worker.", "where": "src/clocks"},
  {"key": "AUT-CHECKS", "name": "Checks for mistakes", "state": "live", "decides": false, "plain": "Looks whether dates and codes fit each other by the rules of the Department for Education, and asks the worker to look.", "where": "src/returns/rules"},
  {"key": "AUT-LIKELY", "name": "Finding people who may be the same", "state": "live", "decides": false, "plain": "Shows a worker people with a like name or birth date, so that nobody has two records. A person decides.", "where": "src/people/matching.ts"},
  {"key": "AUT-RISK-LINK", "name": "Telling a worker of a person who may be a risk", "state": "live", "decides": false, "plain": "When somebody who may be a risk to children is linked to a child, that child’s worker is told. A person decides what it means.", "where": "src/people/warnings.ts"},
  {"key": "AUT-DIGEST", "name": "Notes to staff about what happened", "state": "live", "decides": false, "plain": "Tells a worker once a day that something happened on a child’s record.", "where": "src/casework"}
]$$);

select governance.ship('transfers', $$[
  {"key": "TRF-HAGUE", "name": "Through the Central Authorities under the 1996 Hague Convention", "plain": "to ask an authority abroad about a child or a family there, or to answer it", "safeguards": "the Convention itself and UK GDPR Article 49 (important public interest, legal claims); head of service and data protection officer decide each time"},
  {"key": "TRF-PLACED", "name": "When a child is placed abroad", "plain": "what the carers and the authority there need to look after the child", "safeguards": "approval by a court or by everybody with parental responsibility (Children Act 1989, Schedule 2 paragraph 19), and an agreement under UK GDPR Article 46 or, without one, Article 49"},
  {"key": "TRF-COURT", "name": "For a court abroad, or a case here with a party abroad", "plain": "what the case needs", "safeguards": "UK GDPR Article 49 (legal claims)"},
  {"key": "TRF-KIN", "name": "When a relative abroad is assessed as a carer", "plain": "the question and what the assessment needs", "safeguards": "UK GDPR Article 49; the relative’s own agreement for what is about them"}
]$$);

select governance.ship('sources', $$[
  {"key": "SRC-FAMILY", "name": "you, your family and friends"},
  {"key": "SRC-SCHOOL", "name": "schools, nurseries and colleges"},
  {"key": "SRC-HEALTH", "name": "health visitors, doctors, hospitals and other health services"},
  {"key": "SRC-POLICE", "name": "the police and probation"},
  {"key": "SRC-COUNCIL", "name": "departments of the Council and other councils"},
  {"key": "SRC-COURT", "name": "courts and Cafcass"},
  {"key": "SRC-PUBLIC", "name": "members of the public who are worried about a child"},
  {"key": "SRC-CARERS", "name": "foster carers and children’s homes"}
]$$);

select governance.ship('contacts', $$[
  {"key": "CON-CONTROLLER", "name": "Who is responsible for your information (the controller)", "value": null, "required": true},
  {"key": "CON-IG-EMAIL", "name": "E-mail of the information governance team", "value": null, "required": true},
  {"key": "CON-IG-PHONE", "name": "Telephone of the information governance team", "value": null, "required": false},
  {"key": "CON-DPO-EMAIL", "name": "E-mail of the data protection officer", "value": null, "required": true},
  {"key": "CON-DPO-POST", "name": "Address of the data protection officer", "value": null, "required": true},
  {"key": "CON-DPO-WHOSE", "name": "Whose officer the data protection officer is", "value": null, "required": true},
  {"key": "CON-COMPLAINTS", "name": "Where to complain to us about your information", "value": null, "required": true},
  {"key": "CON-REGULATOR", "name": "Name of the regulator", "value": "Information Commissioner’s Office", "required": true},
  {"key": "CON-REGULATOR-PHONE", "name": "Telephone of the regulator", "value": "0303 123 1113", "required": true},
  {"key": "CON-REGULATOR-WEB", "name": "Website of the regulator", "value": "ico.org.uk", "required": true}
]$$);

select governance.ship('processors', $$[
  {"key": "PRO-HOSTING", "name": "Hosting of this system", "does": "keeps the computers and backups on which the record lies", "terms": [], "expires": null}
]$$);
