-- A domain for each national code set, as `npx tsx src/codes/domains.ts` writes them from src/codes/*.json; and what
-- every later table of the record may use. A code that comes in later is a new migration.

create domain codes.accommodation as text check (value in ('B1', 'B2', 'C1', 'C2', 'D1', 'D2', 'E1', 'E2', 'G1', 'G2', 'H1', 'H2', 'K1', 'K2', 'R1', 'R2', 'S2', 'T1', 'T2', 'U1', 'U2', 'V1', 'V2', 'W1', 'W2', 'X2', 'Y1', 'Y2', 'Z1', 'Z2', '0'));
comment on domain codes.accommodation is 'Accommodation of a care leaver';

create domain codes.activity as text check (value in ('F1', 'P1', 'F2', 'P2', 'F4', 'P4', 'F5', 'P5', 'G4', 'G5', 'G6', '0', 'F3', 'P3'));
comment on domain codes.activity is 'Main activity of a care leaver';

create domain codes.assessment_factor as text check (value in ('1A', '1B', '1C', '2A', '2B', '2C', '3A', '3B', '3C', '4A', '4B', '4C', '5A', '5B', '5C', '6A', '6B', '6C', '7A', '8B', '8C', '8D', '8E', '8F', '9A', '10A', '11A', '12A', '13A', '14A', '15A', '16A', '17A', '18A', '18B', '18C', '19A', '19B', '19C', '20', '21', '22A', '23A', '24A'));
comment on domain codes.assessment_factor is 'Factor found at assessment';

create domain codes.category_of_abuse as text check (value in ('NEG', 'PHY', 'SAB', 'EMO', 'MUL'));
comment on domain codes.category_of_abuse is 'Category of abuse';

create domain codes.disability as text check (value in ('NONE', 'MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR', 'VIS', 'BEH', 'CON', 'AUT', 'DDA'));
comment on domain codes.disability is 'Disability';

create domain codes.ethnicity as text check (value in ('WBRI', 'WIRI', 'WIRT', 'WROM', 'WOTH', 'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND', 'APKN', 'ABAN', 'AOTH', 'BCRB', 'BAFR', 'BOTH', 'CHNE', 'OOTH', 'REFU', 'NOBT'));
comment on domain codes.ethnicity is 'Ethnicity';

create domain codes.gender_current as text check (value in ('0', '1', '2', '9'));
comment on domain codes.gender_current is 'Gender, as the census asked until 2023-24';

create domain codes.in_touch as text check (value in ('YES', 'NO', 'DIED', 'REFU', 'NREQ', 'RHOM'));
comment on domain codes.in_touch is 'Whether a care leaver is in touch';

create domain codes.legal_status_of_adopters as text check (value in ('L0', 'L11', 'L12', 'L2', 'L3', 'L4'));
comment on domain codes.legal_status_of_adopters is 'Legal status of adopters';

create domain codes.legal_status as text check (value in ('C1', 'C2', 'D1', 'E1', 'V2', 'V3', 'V4', 'L1', 'L2', 'L3', 'J1', 'J2', 'J3'));
comment on domain codes.legal_status is 'Legal status';

create domain codes.local_authority as text check (value in ('201', '202', '203', '204', '205', '206', '207', '208', '209', '210', '211', '212', '213', '301', '302', '303', '304', '305', '306', '307', '308', '309', '310', '311', '312', '313', '314', '315', '316', '317', '318', '319', '320', '330', '331', '332', '333', '334', '335', '336', '340', '341', '342', '343', '344', '350', '351', '352', '353', '354', '355', '356', '357', '358', '359', '370', '371', '372', '373', '380', '381', '382', '383', '384', '390', '391', '392', '393', '394', '420', '800', '801', '802', '803', '805', '806', '807', '808', '810', '811', '812', '813', '815', '816', '821', '822', '823', '825', '826', '830', '831', '838', '839', '840', '841', '845', '846', '850', '851', '852', '855', '856', '857', '860', '861', '865', '866', '867', '868', '869', '870', '871', '872', '873', '874', '876', '877', '878', '879', '880', '881', '882', '883', '884', '885', '886', '887', '888', '889', '890', '891', '892', '893', '894', '895', '896', '908', '916', '919', '921', '925', '926', '929', '931', '933', '935', '936', '937', '938', '940', '941', '942', '943', '909'));
comment on domain codes.local_authority is 'Local authority';

create domain codes.missing as text check (value in ('M', 'A'));
comment on domain codes.missing is 'Missing or away';

create domain codes.number_of_adopters as text check (value in ('1', '2'));
comment on domain codes.number_of_adopters is 'Number of adopters';

create domain codes.permanence_authority as text check (value in ('201', '202', '203', '204', '205', '206', '207', '208', '209', '210', '211', '212', '213', '301', '302', '303', '304', '305', '306', '307', '308', '309', '310', '311', '312', '313', '314', '315', '316', '317', '318', '319', '320', '330', '331', '332', '333', '334', '335', '336', '340', '341', '342', '343', '344', '350', '351', '352', '353', '354', '355', '356', '357', '358', '359', '370', '371', '372', '373', '380', '381', '382', '383', '384', '390', '391', '392', '393', '394', '420', '800', '801', '802', '803', '805', '806', '807', '808', '810', '811', '812', '813', '815', '816', '821', '822', '823', '825', '826', '830', '831', '835', '836', '837', '838', '839', '840', '841', '845', '846', '850', '851', '852', '855', '856', '857', '860', '861', '865', '866', '867', '868', '869', '870', '871', '872', '873', '874', '876', '877', '878', '879', '880', '881', '882', '883', '884', '885', '886', '887', '888', '889', '890', '891', '892', '893', '894', '895', '896', '908', '909', '916', '919', '921', '925', '926', '928', '929', '931', '933', '935', '936', '937', '938', '940', '941', '942', '943', '999', 'NIR', 'NUK', 'SCO', 'WAL'));
comment on domain codes.permanence_authority is 'Authority that arranged an earlier permanence order';

create domain codes.placement_outside_england as text check (value in ('WAL', 'SCO', 'NIR', 'NUK', 'CON'));
comment on domain codes.placement_outside_england is 'Placement outside England or kept secret';

create domain codes.placement_provider as text check (value in ('PR0', 'PR1', 'PR2', 'PR3', 'PR4', 'PR5'));
comment on domain codes.placement_provider is 'Who provides a placement';

create domain codes.placement_type as text check (value in ('A3', 'A4', 'A5', 'A6', 'H5', 'K1', 'K2', 'K3', 'P1', 'P2', 'P3', 'R1', 'R2', 'R3', 'R5', 'S1', 'T0', 'T1', 'T2', 'T3', 'T4', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6', 'Z1', 'Z11', 'Z12', 'Z13', 'Z14'));
comment on domain codes.placement_type is 'Kind of placement';

create domain codes.pre_proceedings_outcome as text check (value in ('A', 'B', 'C'));
comment on domain codes.pre_proceedings_outcome is 'Outcome of pre-proceedings';

create domain codes.previous_permanence as text check (value in ('P1', 'P2', 'P3', 'P4', 'Z1'));
comment on domain codes.previous_permanence is 'Earlier permanence order';

create domain codes.primary_need as text check (value in ('N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9', 'N0'));
comment on domain codes.primary_need is 'Main need';

create domain codes.reason_episode_ceased as text check (value in ('X1', 'E11', 'E12', 'E2', 'E3', 'E4A', 'E4B', 'E13', 'E41', 'E45', 'E46', 'E47', 'E48', 'E5', 'E6', 'E7', 'E8', 'E9', 'E14', 'E15', 'E16', 'E17', 'E43', 'E44'));
comment on domain codes.reason_episode_ceased is 'Why an episode of care ended';

create domain codes.reason_for_closure as text check (value in ('RC1', 'RC2', 'RC3', 'RC4', 'RC5', 'RC6', 'RC7', 'RC8', 'RC9'));
comment on domain codes.reason_for_closure is 'Why a case closed';

create domain codes.reason_for_new_episode as text check (value in ('S', 'L', 'P', 'T', 'B', 'U'));
comment on domain codes.reason_for_new_episode is 'Why an episode of care began';

create domain codes.reason_place_change as text check (value in ('CARPL', 'CLOSE', 'ALLEG', 'STAND', 'APPRR', 'CREQB', 'CREQO', 'CHILD', 'LAREQ', 'PLACE', 'CUSTOD', 'OTHER'));
comment on domain codes.reason_place_change is 'Why a placement ended';

create domain codes.reason_placed_ceased as text check (value in ('RD1', 'RD2', 'RD3', 'RD4'));
comment on domain codes.reason_placed_ceased is 'Why a decision to place for adoption was reversed';

create domain codes.referral_source as text check (value in ('1A', '1B', '1C', '1D', '2A', '2B', '3A', '3B', '3C', '3D', '3E', '3F', '4', '5A', '5B', '5C', '5D', '6', '7', '8', '9', '10'));
comment on domain codes.referral_source is 'Where a referral came from';

create domain codes.review_code as text check (value in ('PN0', 'PN1', 'PN2', 'PN3', 'PN4', 'PN5', 'PN6', 'PN7'));
comment on domain codes.review_code is 'How a child took part in a review';

create domain codes.sdq_reason as text check (value in ('SDQ1', 'SDQ2', 'SDQ3', 'SDQ4', 'SDQ5'));
comment on domain codes.sdq_reason is 'Why there is no strengths and difficulties score';

create domain codes.sex_of_adopters as text check (value in ('M1', 'F1', 'MM', 'FF', 'MF'));
comment on domain codes.sex_of_adopters is 'Sex of adopters';

create domain codes.sex as text check (value in ('M', 'F', 'U'));
comment on domain codes.sex is 'Sex';

create domain codes.upn_local_authority as text check (value in ('001', '002', '003', '004', '005', '201', '202', '203', '204', '205', '206', '207', '208', '209', '210', '211', '212', '213', '301', '302', '303', '304', '305', '306', '307', '308', '309', '310', '311', '312', '313', '314', '315', '316', '317', '318', '319', '320', '330', '331', '332', '333', '334', '335', '336', '340', '341', '342', '343', '344', '350', '351', '352', '353', '354', '355', '356', '357', '358', '359', '370', '371', '372', '373', '380', '381', '382', '383', '384', '390', '391', '392', '393', '394', '420', '660', '661', '662', '663', '664', '665', '666', '667', '668', '669', '670', '671', '672', '673', '674', '675', '676', '677', '678', '679', '680', '681', '701', '702', '703', '704', '705', '706', '707', '708', '800', '801', '802', '803', '805', '806', '807', '808', '810', '811', '812', '813', '815', '816', '820', '821', '822', '823', '825', '826', '830', '831', '835', '836', '837', '838', '839', '840', '841', '845', '846', '850', '851', '852', '855', '856', '857', '860', '861', '865', '866', '867', '868', '869', '870', '871', '872', '873', '874', '875', '876', '877', '878', '879', '880', '881', '882', '883', '884', '885', '886', '887', '888', '889', '890', '891', '892', '893', '894', '895', '896', '908', '909', '916', '919', '921', '925', '926', '928', '929', '931', '933', '935', '936', '937', '938', '940', '941', '942', '943'));
comment on domain codes.upn_local_authority is 'Authority whose number a unique pupil number may carry';

create domain codes.upn_unknown as text check (value in ('UN1', 'UN2', 'UN3', 'UN4', 'UN5', 'UN6', 'UN7'));
comment on domain codes.upn_unknown is 'Why there is no unique pupil number';

create domain codes.worker_change_reason as text check (value in ('MANAGE', 'FCONTA', 'LEFTRL', 'ORGRST', 'TSPROC', 'ABSENC', 'CHCHAN', 'PCCHAN', 'SWDIED', 'OTHERS'));
comment on domain codes.worker_change_reason is 'Why a worker changed';

create domain codes.collection_year as text check (value ~ '^20\d\d-\d\d$');
comment on domain codes.collection_year is 'The year of a return, from 1 April: 2024-25.';

-- For temporal keys (WITHOUT OVERLAPS) that start with a person.
create extension if not exists btree_gist with schema public;
