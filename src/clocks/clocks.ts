import type { Clock, Condition, Count, Match, Role, Span, Trigger, Unit, Verified } from './clock.ts'

/**
 * The one list of statutory clocks (practice specification, 18.3): when each starts, how it is counted, what completes
 * it, whose it is, and where that stands. It is the dated seed; an authority may tighten a row in data (clocks.tightening),
 * and loosen none that is statutory. A row of the specification with more than one time is here once for each, with a
 * letter after its number.
 *
 * Kinds of event that nothing tells yet are named as they will be called; a clock without a told event to start it and
 * without the first of those that complete it does not run (`toldClocks`).
 */

// ---------------------------------------------------------------------------------------------------------------------
// Words of the list

const on = (kind: string, where?: Match, link?: string): Trigger => ({
  kind,
  ...(where && { where }),
  ...(link && { link }),
})
const all = (...kinds: readonly string[]): readonly Trigger[] => kinds.map((kind) => on(kind))
const count =
  (unit: Unit) =>
  (n: number, more: Partial<Count> = {}): Count => ({ unit, n, ...more })
const WD = count('WD')
const CD = count('CD')
const CDI = count('CDI')
const WK = count('WK')
const MO = count('MO')
const HR = count('HR')
/** On the date in a column of the starting fact, or so many months before it. */
const DATE = (column: string, n = 0): Count => ({ unit: 'DATE', n, column })
const before = (...kinds: readonly string[]): Count => ({ unit: 'EVT', n: 0, event: all(...kinds) })
const withClock = (...ids: readonly string[]): Count => ({ unit: 'EVT', n: 0, with: ids })

interface Rest {
  within?: Span
  when?: readonly Condition[]
  ends?: readonly Trigger[]
  endsAge?: number
  extended?: Clock['extended']
  flag?: true
  inForce?: Clock['inForce']
  notes?: string
}

/** Rows of one part of a child's life; `group` opens them unless a row says another. */
const part = (area: Clock['area'], group: string, common: Rest = {}) => ({
  row(
    id: string,
    name: string,
    starts: Clock['starts'],
    counts: Count | readonly Count[],
    stops: readonly Trigger[],
    [source, verified]: readonly [string, Verified],
    whose: readonly [Role, ...Role[]],
    { statutory = verified !== 'local', ...rest }: Rest & { statutory?: boolean; group?: string } = {},
  ): Clock {
    return {
      id,
      name,
      area,
      group,
      starts,
      counts: [counts].flat(),
      stops,
      statutory,
      source,
      verified,
      whose,
      ...common,
      ...rest,
    }
  },
})

// What is law, what is guidance, what is neither.
const workingTogether = ['Working Together to Safeguard Children 2023', 'guidance'] as const
const local = ['local', 'local'] as const
const carePlanning = (regulation: string, verified: Verified = 'law') =>
  [
    `Care Planning, Placement and Case Review (England) Regulations 2010, reg ${regulation}`,
    verified,
  ] as const
const act = (section: string, verified: Verified = 'guidance') =>
  [`Children Act 1989, ${section}`, verified] as const
const handbook = ['IRO Handbook 2010', 'unverified'] as const
const adoptionGuidance = ['Adoption statutory guidance 2013', 'unverified'] as const
const adoptionReviews = (paragraph: string) =>
  [`Adoption Agencies Regulations 2005, reg 36(${paragraph})`, 'law'] as const
const leavingCare = (regulation: string, verified: Verified = 'law') =>
  [`Care Leavers (England) Regulations 2010, reg ${regulation}`, verified] as const
const health = ['Promoting the health and wellbeing of looked-after children 2015', 'guidance'] as const
const education = ['Promoting the education of looked-after children 2018', 'guidance'] as const
const complaints = (regulation: string, verified: Verified) =>
  [
    `Children Act 1989 Representations Procedure (England) Regulations 2006${regulation && `, reg ${regulation}`}`,
    verified,
  ] as const

// ---------------------------------------------------------------------------------------------------------------------
// Stretches of a child's life

const tookUp: Match = { short_breaks: { not: [true] } }
const need: Span = {
  from: [on('referral-received', { referral_nfa: { not: [true] } })],
  to: all('case-closed'),
}
const plan: Span = {
  from: all('child-protection-plan-started'),
  to: all('child-protection-plan-ended'),
  toAge: 18,
}
const care: Span = { from: [on('care-began', tookUp)], to: all('care-ended'), toAge: 18 }
const childInNeedPlan: Span = {
  from: all('child-in-need-plan-started'),
  to: [
    ...all('child-in-need-plan-ended', 'child-protection-plan-started', 'case-closed'),
    on('care-began', tookUp),
  ],
}
const forAdoption: Match = { place: ['A3', 'A4', 'A5', 'A6'] }
const placement: Span = {
  from: [on('placement-began', { place: { not: ['A3', 'A4', 'A5', 'A6'] } })],
  to: all('placement-ended'),
  toAge: 18,
}
const adoptivePlacement: Span = {
  from: [on('placement-began', forAdoption)],
  to: all('placement-ended'),
  toAge: 18,
}
const status = (...codes: string[]): Span => ({
  from: [on('legal-status-began', { legal_status: codes })],
  to: all('legal-status-ended'),
})
const withParents: Span = { from: [on('placement-began', { place: ['P1'] })], to: all('placement-ended') }
const connectedPerson: Span = {
  from: [on('placement-began', { arrangement: ['reg-24'] })],
  to: all('placement-ended', 'connected-person-approved-as-foster-carer'),
}
const beforeAssessment: Span = {
  from: [on('placement-began', { arrangement: ['reg-19'] })],
  to: all('placement-ended'),
}
const madeByOthers: Span = {
  from: [on('placement-began', { arrangement: ['others'] })],
  to: all('placement-ended'),
}
const youthDetention: Span = {
  from: [on('placement-began', { arrangement: ['remand'] })],
  to: all('placement-ended'),
}
const shortBreak: Span = { from: [on('care-began', { short_breaks: [true] })], to: all('care-ended') }
const eligible: Span = { from: all('became-eligible'), to: [] }

const someone = (role: string): Span => ({
  from: [on('worker-began', { kind: [role] })],
  to: all('worker-ended'),
})

/** The child was seen on a visit made under this: an attempt is no visit. */
const seenAs = (kind: string, more: Match = {}) => [on('child-seen', { kind: [kind], ...more })]
const seen = seenAs('looked-after')
const review = all('looked-after-review-held')

/** Rules of their own (VIS-04 to VIS-07, VIS-09) stand in place of the ordinary ones. */
const ordinaryPlacement: readonly Condition[] = [
  { during: care },
  { notDuring: beforeAssessment },
  { notDuring: connectedPerson },
  { notDuring: withParents },
  { notDuring: madeByOthers },
  { notDuring: youthDetention },
]

const referral = part('need', 'F11')
const help = part('need', 'F12')
const assessment = part('need', 'F12', { ends: all('case-closed'), endsAge: 18 })
const enquiry = part('protection', 'F13', { ends: all('case-closed'), endsAge: 18 })
const protection = part('protection', 'F09', { within: plan })
const conference = part('protection', 'F09')
const inNeed = part('need', 'F12', { within: childInNeedPlan, endsAge: 18 })
const court = part('court', 'F08')
const lookedAfter = part('care', 'F15', { within: care })
const reviewing = part('care', 'F15', { within: care })
const visiting = part('care', 'F15', { within: placement })
const healthCare = part('health', 'F16', { within: care })
const schooling = part('care', 'F20', { within: care })
const away = part('care', 'F15', { endsAge: 18 })
const kept = part('care', 'F15')
const breaks = part('care', 'F15', { endsAge: 18 })
const adopting = part('adoption', 'F21', { endsAge: 18 })
const leaving = part('care', 'F22')
const privately = part('need', 'F12', { ends: all('private-fostering-ended'), endsAge: 18 })
const around = part('people', 'F25')
const complaining = part('people', 'F32')

/** Every row of the list, in its order. */
export const clocks: readonly Clock[] = [
  referral.row(
    'REF-01',
    'Decision on referral',
    all('contact-received'),
    WD(1),
    [on('contact-decided'), on('referral-received', undefined, 'contact_id')],
    workingTogether,
    ['FD', 'FDM'],
  ),
  referral.row(
    'REF-02',
    'Re-referral',
    [on('referral-received')],
    count('YR')(1),
    all('referral-received'),
    ['CIN census: a referral within 12 months of an earlier one', 'guidance'],
    ['FDM'],
    { flag: true },
  ),

  help.row(
    'EH-01',
    'Early help assessment',
    all('early-help-accepted'),
    WD(30),
    all('early-help-assessed'),
    local,
    ['FHLP', 'TM'],
    { ends: all('early-help-ended') },
  ),
  help.row(
    'EH-02',
    'First team around the family',
    all('early-help-assessed'),
    WK(4),
    all('team-around-family-met'),
    local,
    ['FHLP'],
    { ends: all('early-help-ended') },
  ),
  help.row(
    'EH-03',
    'Early help review',
    all('team-around-family-met', 'early-help-reviewed'),
    MO(3),
    all('early-help-reviewed'),
    local,
    ['FHLP'],
    { ends: all('early-help-ended') },
  ),

  assessment.row(
    'ASM-01',
    'Child and family assessment',
    all('assessment-started'),
    WD(45),
    all('assessment-authorised'),
    workingTogether,
    ['SW', 'TM'],
    { notes: 'From the referral to the authorisation. The reason for going over is recorded.' },
  ),
  assessment.row(
    'ASM-02',
    'Assessment review point',
    all('assessment-started'),
    WD(10),
    all('assessment-overseen', 'assessment-authorised'),
    local,
    ['SW', 'TM'],
    { notes: 'Then on the dates that were agreed.' },
  ),

  enquiry.row(
    'STR-01',
    'Strategy discussion',
    all('strategy-discussion-asked'),
    [CD(0, { only: { fact: { urgent: [true] } } }), WD(1, { most: 3 })],
    all('strategy-discussion-held'),
    local,
    ['SW', 'TM', 'BS'],
  ),
  enquiry.row(
    'S47-01',
    'Outcome of the section 47 enquiry',
    all('section-47-started'),
    WD(10),
    [on('section-47-ended'), on('initial-conference-held', undefined, 'section_47_id')],
    local,
    ['SW', 'TM'],
    {
      when: [{ fact: { icpc_not_required: [true], s47_end_date: [null] }, not: true }],
      notes: 'Before the conference.',
    },
  ),
  enquiry.row(
    'ICPC-01',
    'Initial child protection conference',
    all('section-47-started'),
    WD(15),
    [
      on('initial-conference-held', undefined, 'section_47_id'),
      on('section-47-ended', { icpc_not_required: [true] }),
    ],
    workingTogether,
    ['TM', 'CPC', 'BS'],
    {
      when: [{ fact: { icpc_not_required: [true], s47_end_date: [null] }, not: true }],
      notes: 'From the strategy discussion at which the enquiry began; later ones change nothing.',
    },
  ),
  conference.row(
    'ICPC-02',
    'Transfer-in conference',
    all('child-protection-transfer-notified'),
    WD(15),
    [on('initial-conference-held', { icpc_transfer_in: [true] })],
    ['Regional procedures', 'guidance'],
    ['CPC', 'BS'],
    { ends: all('case-closed'), endsAge: 18, statutory: false },
  ),
  conference.row(
    'CPD-01a',
    'Report to parents before the initial conference',
    [on('conference-planned', { conference: ['initial'] })],
    WD(2, { before: true }),
    all('conference-report-shared'),
    local,
    ['SW'],
    { ends: all('conference-cancelled') },
  ),
  conference.row(
    'CPD-01b',
    'Report to parents before the review conference',
    [on('conference-planned', { conference: ['review'] })],
    WD(3, { before: true }),
    all('conference-report-shared'),
    local,
    ['SW'],
    { ends: all('conference-cancelled') },
  ),
  conference.row(
    'CPD-02a',
    'Outline plan sent',
    [on('initial-conference-held', { icpc_outcome_cp: [true] })],
    WD(1),
    all('outline-plan-sent'),
    local,
    ['BS', 'CPC'],
  ),
  conference.row(
    'CPD-02b',
    'Conference minutes sent',
    all('initial-conference-held', 'child-protection-review-held'),
    WD(20),
    all('conference-minutes-sent'),
    local,
    ['BS', 'CPC'],
  ),
  protection.row(
    'CG-01',
    'First core group',
    all('child-protection-plan-started'),
    WD(10),
    all('core-group-held'),
    workingTogether,
    ['SW', 'LCPP'],
  ),
  protection.row('CG-02', 'Next core group', all('core-group-held'), WK(6), all('core-group-held'), local, [
    'SW',
    'TM',
  ]),
  protection.row(
    'CPR-01',
    'First review conference',
    all('child-protection-plan-started'),
    MO(3),
    all('child-protection-review-held'),
    workingTogether,
    ['CPC', 'BS'],
    { notes: 'From the initial conference, which is the day the plan begins.' },
  ),
  protection.row(
    'CPR-02',
    'Review conference',
    all('child-protection-review-held'),
    MO(6),
    all('child-protection-review-held'),
    workingTogether,
    ['CPC', 'BS'],
    { notes: 'From the last one held, not from when it was due.' },
  ),
  protection.row(
    'CPV-01',
    'Child protection visit',
    [...all('child-protection-plan-started'), ...seenAs('child-protection')],
    WD(10),
    seenAs('child-protection'),
    local,
    ['SW', 'TM'],
    { notes: 'As often as the conference says; the child must be seen.' },
  ),
  protection.row(
    'CPL-01a',
    'Long plan: 15 months',
    all('child-protection-plan-started'),
    MO(15),
    all('long-plan-overseen'),
    local,
    ['TM', 'CPC', 'SM'],
  ),
  protection.row(
    'CPL-01b',
    'Long plan: 18 months',
    all('child-protection-plan-started'),
    MO(18),
    all('long-plan-overseen'),
    local,
    ['TM', 'CPC', 'SM'],
  ),
  protection.row(
    'CPL-01c',
    'Long plan: 2 years',
    all('child-protection-plan-started'),
    MO(24),
    all('long-plan-overseen'),
    local,
    ['TM', 'CPC', 'SM'],
  ),

  help.row(
    'CINP-01',
    'Child in need plan in place',
    [on('assessment-authorised', { assessment_outcome_nfa: [false] })],
    WD(10),
    all('child-in-need-plan-started'),
    local,
    ['SW', 'TM'],
    {
      within: need,
      when: [{ notDuring: plan }, { notDuring: care }, { notDuring: childInNeedPlan }],
      ends: [...all('child-protection-plan-started'), on('care-began', tookUp)],
      endsAge: 18,
    },
  ),
  inNeed.row(
    'CINR-01',
    'First child in need review',
    all('child-in-need-plan-started'),
    WK(6, { most: 12 }),
    all('child-in-need-review-held'),
    local,
    ['FHLP', 'SW'],
    { notes: 'Three months at most.' },
  ),
  inNeed.row(
    'CINR-02',
    'Child in need review',
    all('child-in-need-review-held'),
    WK(12, { most: 25 }),
    all('child-in-need-review-held'),
    local,
    ['FHLP', 'SW'],
    { notes: 'Six months at most.' },
  ),
  inNeed.row(
    'CINV-01',
    'Child in need visit',
    [...all('child-in-need-plan-started'), ...seenAs('child-in-need')],
    WK(4),
    seenAs('child-in-need'),
    local,
    ['SW'],
  ),

  court.row(
    'LEG-01',
    'End of police protection',
    [on('legal-status-began', { legal_status: ['L1'] })],
    HR(72),
    all('legal-status-ended'),
    act('s.46'),
    ['SW', 'TM', 'LEG', 'EDT'],
    { notes: 'From the time the constable acted.' },
  ),
  court.row(
    'LEG-02',
    'End of the emergency protection order',
    [on('legal-status-began', { legal_status: ['L2'] })],
    CDI(8),
    all('legal-status-ended'),
    act('ss.44 and 45'),
    ['SW', 'LEG'],
    {
      extended: { by: all('emergency-protection-order-extended'), counts: CDI(15) },
      notes: 'The date and time on the order prevail. It can be extended once, by up to 7 days.',
    },
  ),
  court.row(
    'LEG-03',
    'End of the child assessment order',
    [on('legal-status-began', { legal_status: ['L3'] })],
    CDI(7),
    all('legal-status-ended'),
    act('s.43(5)', 'law'),
    ['SW', 'LEG'],
  ),
  court.row(
    'LEG-04',
    'Order expires',
    all('order-made'),
    DATE('expires_on'),
    all('order-renewed', 'order-replaced', 'order-ended'),
    act('s.38'),
    ['SW', 'LEG'],
  ),
  court.row(
    'LEG-05',
    'Care proceedings',
    all('court-application-made'),
    WK(26),
    [on('legal-status-began', { legal_status: ['C2', 'E1'] }), ...all('final-order-made')],
    act('s.32', 'unverified'),
    ['LEG', 'TM', 'SM'],
    { ends: all('case-closed'), endsAge: 18 },
  ),
  court.row(
    'LEG-06',
    'Direction of the court',
    all('court-direction-given'),
    DATE('due_on'),
    all('court-direction-met'),
    ['the order', 'guidance'],
    ['SW', 'LEG'],
  ),
  court.row(
    'LEG-07a',
    'Pre-proceedings',
    all('letter-before-proceedings-sent'),
    WK(16),
    all('pre-proceedings-decided', 'court-application-made'),
    ['best practice', 'unverified'],
    ['SW', 'LEG', 'SM'],
    { ends: all('case-closed'), endsAge: 18, statutory: false },
  ),
  court.row(
    'LEG-07b',
    'Review of pre-proceedings',
    all('letter-before-proceedings-sent'),
    WK(6),
    all('pre-proceedings-reviewed', 'pre-proceedings-decided', 'court-application-made'),
    ['best practice', 'unverified'],
    ['SW', 'LEG', 'SM'],
    { ends: all('case-closed'), endsAge: 18, statutory: false },
  ),
  court.row(
    'LEG-08',
    'Family group decision-making offered',
    all('pre-proceedings-started'),
    before('court-application-made'),
    [
      on('letter-before-proceedings-sent', { fgdm_meeting_offer: [true] }),
      ...all('family-meeting-offered', 'family-meeting-not-in-interest'),
    ],
    ['Children Act 1989, s.31ZA (Children’s Wellbeing and Schools Act 2026, s.1)', 'law'],
    ['SW', 'TM', 'LEG'],
    { inForce: 'not commenced' },
  ),

  lookedAfter.row(
    'CLA-01',
    'Care plan',
    [on('placement-began')],
    WD(10),
    all('care-plan-agreed'),
    carePlanning('4(2)'),
    ['SW', 'TM'],
    { when: [{ nth: 1 }], notes: 'Before the first placement where that can be.' },
  ),
  kept.row(
    'CLA-02',
    'Placement plan',
    all('placement-began'),
    WD(5),
    all('placement-plan-signed'),
    carePlanning('9'),
    ['SW', 'FOS', 'PLC'],
    { within: placement, when: [{ during: care }], notes: 'Before the placement where that can be.' },
  ),
  kept.row(
    'CLA-03',
    'Placement notices',
    all('placement-began'),
    [WD(5, { only: { fact: { emergency: [true] } } }), CD(0)],
    all('placement-notices-sent'),
    carePlanning('13'),
    ['SW', 'BS'],
    {
      within: placement,
      when: [{ during: care }],
      notes: 'Before the placement; 5 working days in an emergency.',
    },
  ),
  reviewing.row('CLA-04', 'First looked-after review', care.from, WD(20), review, carePlanning('33(1)'), [
    'IRO',
    'SW',
    'BS',
  ]),
  reviewing.row(
    'CLA-05',
    'Second looked-after review',
    review,
    MO(3),
    review,
    carePlanning('33(2)'),
    ['IRO', 'SW'],
    { when: [{ nth: 1 }, { notDuring: adoptivePlacement }], ends: adoptivePlacement.from },
  ),
  reviewing.row(
    'CLA-06',
    'Looked-after review',
    review,
    MO(6),
    review,
    carePlanning('33(2)'),
    ['IRO', 'SW'],
    {
      when: [{ nth: 2, orLater: true }, { notDuring: adoptivePlacement }],
      ends: adoptivePlacement.from,
      notes: 'From the last one completed, not from when it was due.',
    },
  ),
  lookedAfter.row(
    'CLA-07',
    'Reviewing officer named',
    care.from,
    WD(5),
    [on('worker-began', { kind: ['reviewing-officer'] })],
    ['IRO Handbook 2010', 'guidance'],
    ['IRO'],
    { when: [{ notDuring: someone('reviewing-officer') }] },
  ),
  lookedAfter.row(
    'CLA-08',
    'Early review',
    all('early-review-asked'),
    before(),
    review,
    carePlanning('33(3)'),
    ['IRO'],
    { notes: 'As soon as it can be.' },
  ),
  lookedAfter.row(
    'CLA-09',
    'Decision to end care approved',
    all('end-of-care-decided'),
    before('care-ended'),
    all('end-of-care-approved'),
    carePlanning('39'),
    ['SW', 'NO'],
    { notes: 'For a child looked after for 20 working days or more.' },
  ),
  kept.row(
    'CLA-10',
    'Notice that a placement ended',
    [on('placement-ended')],
    WD(10),
    all('placement-end-notices-sent'),
    carePlanning('14'),
    ['SW', 'BS'],
    { when: [{ during: care }], notes: 'Before it ends where that can be.' },
  ),
  lookedAfter.row(
    'PER-01',
    'Plan for permanence',
    care.from,
    withClock('CLA-05'),
    all('permanence-plan-recorded'),
    ['Children Act 1989 guidance, volume 2', 'guidance'],
    ['SW', 'IRO'],
    { notes: 'By the second review.' },
  ),
  reviewing.row(
    'IRO-01',
    'Review decisions issued',
    review,
    WD(5),
    all('review-decisions-issued'),
    handbook,
    ['IRO', 'TM'],
  ),
  reviewing.row('IRO-02', 'Review record done', review, WD(15), all('review-record-done'), handbook, ['IRO']),
  reviewing.row('IRO-03', 'Review record sent', review, WD(20), all('review-record-sent'), handbook, ['BS']),
  reviewing.row(
    'IRO-04',
    'Dispute resolved',
    all('dispute-raised'),
    WD(20),
    all('dispute-resolved'),
    handbook,
    ['IRO', 'SM'],
  ),

  visiting.row(
    'VIS-01',
    'First visit in a placement',
    placement.from,
    WK(1),
    seen,
    carePlanning('28(2)(a)'),
    ['SW', 'TM'],
    { when: ordinaryPlacement },
  ),
  visiting.row(
    'VIS-02',
    'Visit in the first year of a placement',
    seen,
    WK(6),
    seen,
    carePlanning('28(2)(b)'),
    ['SW', 'TM'],
    { when: [...ordinaryPlacement, { firstYear: true }] },
  ),
  visiting.row(
    'VIS-02b',
    'Visit after the first year',
    seen,
    WK(6),
    seen,
    carePlanning('28(2)(c)(ii)'),
    ['SW'],
    {
      when: [
        ...ordinaryPlacement,
        { firstYear: false },
        { notDuring: { from: [on('placement-began', { to_eighteen: [true] })], to: all('placement-ended') } },
      ],
    },
  ),
  visiting.row(
    'VIS-03',
    'Visit after the first year, placement to 18',
    seen,
    MO(3),
    seen,
    carePlanning('28(2)(c)(i)'),
    ['SW'],
    {
      when: [
        ...ordinaryPlacement,
        { firstYear: false },
        { during: { from: [on('placement-began', { to_eighteen: [true] })], to: all('placement-ended') } },
        { notDuring: { from: all('fewer-visits-agreed'), to: all('fewer-visits-ended', 'placement-ended') } },
      ],
    },
  ),
  visiting.row(
    'VIS-04',
    'Visit with parents before the assessment',
    [...beforeAssessment.from, ...seen],
    [WK(1, { only: { until: review } }), WK(6)],
    seen,
    carePlanning('28(3)'),
    ['SW', 'TM'],
    { within: beforeAssessment },
  ),
  visiting.row(
    'VIS-05a',
    'Visit with a connected person',
    [...connectedPerson.from, ...seen],
    [WK(1, { only: { until: review } }), WK(4)],
    seen,
    carePlanning('28(4)'),
    ['SW', 'TM'],
    { within: connectedPerson },
  ),
  visiting.row(
    'VIS-05b',
    'Visit at home under an interim order',
    [...withParents.from, ...seen],
    [WK(1, { only: { until: review } }), WK(4)],
    seen,
    carePlanning('28(4)'),
    ['SW', 'TM'],
    { within: withParents, when: [{ during: status('C1') }] },
  ),
  visiting.row(
    'VIS-06',
    'Visit at home under a care order',
    [on('legal-status-began', { legal_status: ['C2'] }), ...withParents.from, ...seen],
    [WK(1, { only: { nth: 1 } }), WK(6)],
    seen,
    carePlanning('28(5)'),
    ['SW'],
    { within: withParents, when: [{ during: status('C2') }] },
  ),
  visiting.row(
    'VIS-07',
    'Visit where others arranged the living',
    [...madeByOthers.from, ...seen],
    [WK(1, { only: { nth: 1 } }), WK(6)],
    seen,
    carePlanning('28(6)'),
    ['SW'],
    { within: madeByOthers, notes: 'Three months after the first year of a placement to 18.' },
  ),
  visiting.row(
    'VIS-08',
    'Visit in a long-term foster placement, fewer agreed',
    seen,
    MO(6),
    seen,
    carePlanning('28 as amended 2015', 'unverified'),
    ['SW'],
    {
      when: [
        ...ordinaryPlacement,
        { firstYear: false },
        { during: { from: all('fewer-visits-agreed'), to: all('fewer-visits-ended', 'placement-ended') } },
      ],
    },
  ),
  visiting.row(
    'VIS-09',
    'Visit in youth detention',
    [...youthDetention.from, ...seen],
    [WK(1, { only: { nth: 1 } }), WK(6)],
    seen,
    carePlanning('part 8A', 'unverified'),
    ['SW'],
    { within: youthDetention },
  ),
  visiting.row(
    'VIS-10',
    'Visit that was asked for',
    all('visit-asked'),
    WK(1),
    seen,
    carePlanning('28', 'unverified'),
    ['SW'],
    { within: care, statutory: false },
  ),

  healthCare.row(
    'HLT-01',
    'Initial health assessment',
    care.from,
    WD(20),
    [on('health-assessment-done')],
    carePlanning('7', 'unverified'),
    ['SW', 'HLT'],
    { notes: 'Done, and its report received, before the first review.' },
  ),
  healthCare.row(
    'HLT-02',
    'Health assessment, under 5',
    all('health-assessment-done'),
    MO(6),
    all('health-assessment-done'),
    carePlanning('7', 'guidance'),
    ['SW', 'HLT'],
    { when: [{ under: 5, inMonths: 6 }], notes: 'Stops at the fifth birthday: then a year from the last.' },
  ),
  healthCare.row(
    'HLT-03',
    'Health assessment, 5 and over',
    all('health-assessment-done'),
    MO(12),
    all('health-assessment-done'),
    carePlanning('7', 'guidance'),
    ['SW', 'HLT'],
    { when: [{ from: 5, inMonths: 6 }] },
  ),
  healthCare.row(
    'HLT-04',
    'Health plan reviewed',
    all('health-plan-made', 'health-plan-reviewed'),
    withClock('CLA-04', 'CLA-05', 'CLA-06'),
    all('health-plan-reviewed'),
    carePlanning('5 and 7'),
    ['IRO'],
    { notes: 'With each review.' },
  ),
  healthCare.row(
    'HLT-05',
    'Dental check',
    all('dental-check-done'),
    MO(12),
    all('dental-check-done'),
    health,
    ['SW'],
    { notes: 'The dentist may set another time.' },
  ),
  healthCare.row(
    'HLT-06',
    'Immunisation',
    all('immunisation-planned'),
    DATE('due_on'),
    all('immunisation-given'),
    health,
    ['HLT'],
  ),
  {
    ...healthCare.row(
      'HLT-07',
      'Strengths and difficulties questionnaire',
      all('sdq-completed'),
      MO(12),
      all('sdq-completed', 'sdq-not-possible'),
      health,
      ['SW'],
      { when: [{ from: 4, under: 17 }], endsAge: 17 },
    ),
    group: 'F17',
  },
  healthCare.row(
    'HLT-08',
    'Initial health assessment asked for, with consent',
    care.from,
    WD(2, { most: 5 }),
    all('health-assessment-asked', 'health-assessment-done'),
    local,
    ['SW', 'HLT'],
  ),
  schooling.row(
    'PEP-01',
    'First personal education plan',
    care.from,
    WD(10),
    all('education-plan-met'),
    education,
    ['SW', 'DT', 'VSH'],
    { when: [{ from: 3 }], notes: 'And before the first review.' },
  ),
  schooling.row(
    'PEP-02',
    'Personal education plan, each term',
    all('education-plan-met'),
    { unit: 'TERM', n: 1 },
    all('education-plan-met'),
    education,
    ['DT', 'VSH'],
    { when: [{ from: 3 }] },
  ),

  away.row(
    'MIS-01',
    'Return interview',
    all('found'),
    HR(72),
    all('return-interview-held'),
    ['Statutory guidance on children who run away or go missing 2014', 'guidance'],
    ['RHI', 'SW'],
    { ends: all('return-interview-refused'), notes: 'A refusal ends it, and is counted apart.' },
  ),
  away.row(
    'MIS-02a',
    'Strategy meeting while missing',
    all('went-missing'),
    [HR(24, { only: { fact: { risk: ['high'] } } }), HR(72)],
    all('missing-meeting-held'),
    local,
    ['TM'],
    { ends: all('found') },
  ),
  away.row(
    'MIS-02b',
    'Strategy meeting: missing three times in 90 days',
    all('went-missing'),
    HR(72),
    all('missing-meeting-held'),
    local,
    ['TM'],
    { when: [{ times: 3, of: all('went-missing'), inDays: 90 }] },
  ),
  {
    ...around.row(
      'LADO-01',
      'Told to the designated officer',
      all('allegation-known'),
      WD(1),
      all('allegation-referred'),
      workingTogether,
      ['LADO'],
    ),
    group: 'F19',
  },
  around.row(
    'SIN-01',
    'Serious incident notified',
    all('serious-incident-known'),
    WD(5),
    all('serious-incident-notified'),
    workingTogether,
    ['AD', 'DCS'],
  ),
  around.row(
    'SIN-02',
    'Rapid review',
    all('serious-incident-notified'),
    WD(15),
    all('rapid-review-sent'),
    workingTogether,
    ['AD'],
  ),
  court.row(
    'SEC-01',
    'Secure accommodation without a court',
    all('secure-placement-began'),
    HR(72),
    all('secure-order-made', 'secure-placement-ended'),
    act('s.25'),
    ['SW', 'DCS', 'LEG'],
    { endsAge: 18, notes: 'In any 28 days.' },
  ),
  court.row(
    'SEC-02',
    'Secure order expires',
    all('secure-order-made'),
    [MO(3, { only: { nth: 1 } }), MO(6)],
    all('secure-order-made', 'secure-order-ended'),
    act('s.25', 'unverified'),
    ['LEG'],
    { endsAge: 18 },
  ),
  kept.row(
    'SEC-03',
    'Secure panel review',
    all('secure-placement-began', 'secure-review-held'),
    [MO(1, { only: { nth: 1 } }), MO(3)],
    all('secure-review-held'),
    act('s.25', 'unverified'),
    ['IRO'],
    { ends: all('secure-placement-ended'), endsAge: 18 },
  ),
  court.row(
    'DOL-01',
    'Deprivation of liberty order expires',
    all('deprivation-of-liberty-began'),
    DATE('expires_on'),
    all('deprivation-of-liberty-ended'),
    ['the order', 'guidance'],
    ['SW', 'LEG'],
  ),
  kept.row(
    'CON-01',
    'Approval of a connected person',
    all('connected-person-approved'),
    WK(16),
    all('connected-person-approved-as-foster-carer', 'placement-ended'),
    carePlanning('24 and 25'),
    ['FOS', 'SW', 'NO'],
    {
      extended: { by: all('connected-person-approval-extended'), counts: WK(24) },
      endsAge: 18,
      notes: 'Can be extended once, by up to 8 weeks.',
    },
  ),
  kept.row(
    'CON-02',
    'Emergency foster placement',
    [on('placement-began', { arrangement: ['reg-23'] })],
    WD(6),
    all('placement-ended', 'emergency-placement-approved'),
    carePlanning('23', 'unverified'),
    ['FOS'],
    { endsAge: 18 },
  ),
  kept.row(
    'CON-03a',
    'Placement with parents assessed',
    beforeAssessment.from,
    WD(10),
    all('placement-with-parents-assessed'),
    carePlanning('19', 'unverified'),
    ['SW', 'NO'],
    { within: beforeAssessment },
  ),
  kept.row(
    'CON-03b',
    'Placement with parents decided',
    all('placement-with-parents-assessed'),
    WD(10),
    all('placement-with-parents-approved'),
    carePlanning('19', 'unverified'),
    ['SW', 'NO'],
    { within: beforeAssessment },
  ),
  breaks.row(
    'SHB-01',
    'Short breaks: first review',
    shortBreak.from,
    MO(3),
    all('short-break-review-held'),
    carePlanning('48', 'unverified'),
    ['IRO'],
    { when: [{ nth: 1 }], ends: [...all('short-breaks-ended'), ...care.from] },
  ),
  breaks.row(
    'SHB-02',
    'Short breaks: review',
    all('short-break-review-held'),
    MO(6),
    all('short-break-review-held'),
    carePlanning('48', 'unverified'),
    ['IRO'],
    { ends: [...all('short-breaks-ended'), ...care.from] },
  ),
  breaks.row(
    'SHB-03',
    'Short breaks: visit',
    [...shortBreak.from, ...all('short-break-visit-made')],
    [MO(3, { only: { until: all('short-break-visit-made') } }), MO(6)],
    [on('short-break-visit-made', { child_seen: [true] })],
    carePlanning('48', 'unverified'),
    ['SW'],
    { ends: [...all('short-breaks-ended'), ...care.from] },
  ),
  breaks.row(
    'SHB-04a',
    'Short break: 17 days',
    shortBreak.from,
    { unit: 'NIGHTS', n: 17 },
    all('care-ended'),
    carePlanning('48'),
    ['SW', 'PLC'],
    { within: shortBreak },
  ),
  breaks.row(
    'SHB-04b',
    'Short breaks: 75 days in a year',
    shortBreak.from,
    { unit: 'NIGHTS', n: 75, inMonths: 12 },
    all('care-ended'),
    carePlanning('48'),
    ['SW', 'PLC'],
    { within: shortBreak, notes: 'Told at 60 and 70.' },
  ),

  adopting.row(
    'ADO-01',
    'Decision after the plan for adoption',
    all('adoption-plan-set'),
    MO(2),
    all('placing-for-adoption-decided', 'adoption-not-decided'),
    adoptionGuidance,
    ['ADO'],
  ),
  adopting.row(
    'ADO-02',
    'Decision after the panel',
    all('adoption-panel-recommended'),
    WD(7),
    all('placing-for-adoption-decided', 'adoption-not-decided'),
    adoptionGuidance,
    ['ADM', 'PAN'],
  ),
  adopting.row(
    'ADO-03a',
    'Parents told',
    all('placing-for-adoption-decided'),
    WD(2),
    all('parents-told-of-adoption'),
    adoptionGuidance,
    ['SW'],
  ),
  adopting.row(
    'ADO-03b',
    'Parents told in writing',
    all('placing-for-adoption-decided'),
    WD(5),
    all('parents-written-to-of-adoption'),
    adoptionGuidance,
    ['SW'],
  ),
  adopting.row(
    'ADO-04',
    'Match with adopters',
    all('placing-for-adoption-decided'),
    MO(6),
    [...all('adopters-matched'), ...adoptivePlacement.from],
    adoptionGuidance,
    ['ADO'],
    { ends: all('placing-for-adoption-reversed', 'care-ended') },
  ),
  adopting.row(
    'ADO-05',
    'Review of a child to be placed',
    [on('legal-status-began', { legal_status: ['E1'] }), ...all('consent-to-place-witnessed'), ...review],
    [MO(3, { only: { nth: 1 } }), MO(6)],
    review,
    adoptionReviews('1'),
    ['IRO'],
    {
      within: {
        from: [on('legal-status-began', { legal_status: ['E1'] }), ...all('consent-to-place-witnessed')],
        to: all('legal-status-ended', 'care-ended'),
        toAge: 18,
      },
      when: [{ notDuring: adoptivePlacement }],
      ends: adoptivePlacement.from,
    },
  ),
  adopting.row(
    'ADO-06',
    'Review of a child placed for adoption',
    [...adoptivePlacement.from, ...review],
    [WK(4, { only: { nth: 1 } }), MO(3, { only: { nth: 2 } }), MO(6)],
    review,
    adoptionReviews('3'),
    ['IRO'],
    { within: adoptivePlacement },
  ),
  adopting.row(
    'ADO-07',
    'Visit to a child placed for adoption',
    [...adoptivePlacement.from, ...seen],
    WK(1, { only: { until: review } }),
    seen,
    adoptionReviews('4'),
    ['SW', 'ADO'],
    { within: adoptivePlacement, notes: 'After the first review as it decides.' },
  ),
  {
    ...adopting.row(
      'ADO-08a',
      'Adopters: stage 1',
      all('adopter-registered'),
      MO(2),
      all('adopter-stage-1-ended'),
      adoptionGuidance,
      ['ADO'],
    ),
    group: 'F35',
  },
  {
    ...adopting.row(
      'ADO-08b',
      'Adopters: stage 2',
      all('adopter-stage-2-began'),
      MO(4),
      all('adopter-stage-2-ended'),
      adoptionGuidance,
      ['ADO'],
    ),
    group: 'F35',
  },
  adopting.row(
    'ADO-09',
    'Disruption meeting',
    [on('placement-ended', forAdoption)],
    WK(6),
    all('disruption-meeting-held'),
    local,
    ['ADO'],
    { when: [{ during: care }] },
  ),
  court.row(
    'SGO-01',
    'Special guardianship report',
    all('special-guardianship-report-asked'),
    DATE('due_on'),
    all('special-guardianship-report-filed'),
    act('s.14A'),
    ['SW', 'LEG'],
    { notes: 'Three months’ notice.' },
  ),

  leaving.row(
    'PTH-01',
    'Needs assessment before leaving care',
    all('became-eligible'),
    MO(3),
    all('needs-assessment-done'),
    carePlanning('42'),
    ['SW', 'PA'],
    { endsAge: 21, notes: 'From the 16th birthday, or the day 13 weeks in care since 14 are reached.' },
  ),
  leaving.row(
    'PTH-02',
    'Pathway plan',
    all('needs-assessment-done'),
    WD(10),
    all('pathway-plan-agreed'),
    carePlanning('43'),
    ['SW', 'PA'],
    { statutory: false, notes: 'As soon as can be after the assessment; the same day is the aim.' },
  ),
  leaving.row(
    'PTH-03',
    'Assessment of a care leaver or returner',
    all('became-relevant', 'care-leaver-returned'),
    MO(3),
    all('needs-assessment-done', 'pathway-plan-agreed'),
    leavingCare('5'),
    ['PA'],
    { endsAge: 25 },
  ),
  leaving.row(
    'PTH-04a',
    'Pathway plan review',
    all('pathway-plan-agreed', 'pathway-plan-reviewed'),
    MO(6),
    all('pathway-plan-reviewed'),
    leavingCare('7', 'guidance'),
    ['PA', 'TM'],
    { endsAge: 25 },
  ),
  leaving.row(
    'PTH-04b',
    'Pathway plan review after moving into an own home',
    all('moved-into-own-home'),
    CD(28),
    all('pathway-plan-reviewed'),
    leavingCare('7', 'unverified'),
    ['PA', 'TM'],
    { endsAge: 25 },
  ),
  leaving.row(
    'PTH-05',
    'Adviser’s visit in accommodation we provide',
    [...all('accommodation-provided'), ...seenAs('leaving-care')],
    [CD(7, { only: { nth: 1 } }), MO(2)],
    seenAs('leaving-care'),
    leavingCare('8'),
    ['PA'],
    { within: { from: all('accommodation-provided'), to: all('accommodation-ended'), toAge: 25 } },
  ),
  leaving.row(
    'PTH-06',
    'Keep in touch',
    [on('in-touch', { two_way: [true] })],
    WK(8),
    [on('in-touch', { two_way: [true] })],
    local,
    ['PA'],
    { endsAge: 21 },
  ),
  leaving.row(
    'PTH-07a',
    'Personal adviser appointed',
    all('became-eligible'),
    CD(0),
    [on('worker-began', { kind: ['personal-adviser'] })],
    act('sch 2'),
    ['PA'],
    { when: [{ notDuring: someone('personal-adviser') }], endsAge: 18 },
  ),
  leaving.row(
    'PTH-07b',
    'Personal adviser named',
    { ages: [18] },
    CD(0),
    [on('worker-began', { kind: ['personal-adviser'] })],
    act('sch 2'),
    ['PA'],
    { when: [{ notDuring: someone('personal-adviser') }, { during: eligible }], endsAge: 25 },
  ),
  leaving.row(
    'PTH-08',
    'Reminded of the offer, 21 to 25',
    [on('in-touch'), on('offer-reminded')],
    count('YR')(1),
    all('in-touch', 'offer-reminded'),
    ['Children Act 1989 guidance, volume 3', 'guidance'],
    ['PA'],
    { when: [{ from: 21, under: 25 }], endsAge: 25 },
  ),
  leaving.row(
    'PTH-09',
    'Activity, accommodation and contact at a birthday',
    { ages: [17, 18, 19, 20, 21, 22, 23, 24, 25], months: -3 },
    MO(4),
    all('care-leaver-captured'),
    ['SSDA903, OC3', 'unverified'],
    ['PA', 'PERF'],
    { when: [{ during: eligible }], notes: 'From 3 months before the birthday to 1 month after.' },
  ),
  leaving.row(
    'PTH-10a',
    'National Insurance number, at 15 years 9 months',
    { ages: [15], months: 9 },
    CD(0),
    all('national-insurance-checked'),
    local,
    ['SW', 'PA'],
    { when: [{ during: care }], endsAge: 18 },
  ),
  leaving.row(
    'PTH-10b',
    'Benefits, housing and adult services, at 17 years 6 months',
    { ages: [17], months: 6 },
    CD(0),
    all('adult-life-planned'),
    local,
    ['SW', 'PA'],
    { when: [{ during: eligible }], endsAge: 18 },
  ),
  leaving.row(
    'PTH-10c',
    'Staying put or close, at 17 years 9 months',
    { ages: [17], months: 9 },
    CD(0),
    all('staying-put-decided'),
    local,
    ['SW', 'PA'],
    { when: [{ during: eligible }], endsAge: 18 },
  ),

  privately.row(
    'PF-01',
    'Visit after notice of private fostering',
    all('private-fostering-notified'),
    WD(7),
    seenAs('private-fostering'),
    ['Children (Private Arrangements for Fostering) Regulations 2005, regs 4 and 7', 'law'],
    ['SW', 'TM'],
    { notes: 'Visited, and reported in writing.' },
  ),
  privately.row(
    'PF-02',
    'Private fostering visit',
    [...all('private-fostering-known'), ...seenAs('private-fostering', { seen_alone: [true] })],
    [WK(6, { only: { firstYear: true } }), WK(12)],
    [...seenAs('private-fostering', { seen_alone: [true] })],
    ['Children (Private Arrangements for Fostering) Regulations 2005, reg 8', 'law'],
    ['SW'],
    {
      within: { from: all('private-fostering-known'), to: all('private-fostering-ended'), toAge: 18 },
      notes: 'The first year runs from when the authority became aware. The child is spoken to alone.',
    },
  ),
  privately.row(
    'PF-03',
    'Suitability of private fostering decided',
    all('private-fostering-notified'),
    WD(42),
    all('private-fostering-decided'),
    local,
    ['SW', 'SM'],
  ),
  {
    ...away.row(
      'UAS-01',
      'National Transfer Scheme',
      all('transfer-referred'),
      [WD(5, { only: { fact: { home_office_accommodation: [true] } } }), WD(10)],
      all('transfer-made', 'transfer-declined'),
      ['National Transfer Scheme protocol', 'guidance'],
      ['TM'],
    ),
    group: 'F29',
  },
  {
    ...kept.row(
      'UAS-02a',
      'Immigration leave ends in 6 months',
      all('leave-granted'),
      DATE('leave_ends_on', 6),
      all('leave-renewal-applied'),
      local,
      ['SW', 'PA'],
    ),
    group: 'F29',
  },
  {
    ...kept.row(
      'UAS-02b',
      'Immigration leave ends in 3 months',
      all('leave-granted'),
      DATE('leave_ends_on', 3),
      all('leave-renewal-applied'),
      local,
      ['SW', 'PA'],
    ),
    group: 'F29',
  },

  around.row(
    'NOTE-01',
    'Note finished',
    all('note-begun'),
    [HR(24, { only: { fact: { safeguarding: [true] } } }), WD(3)],
    all('note-final'),
    local,
    ['SW'],
    { notes: 'Whoever began it.' },
  ),
  around.row(
    'SUP-01a',
    'Supervision of a worker',
    all('supervision-planned', 'worker-supervised'),
    WK(4),
    all('worker-supervised'),
    local,
    ['TM'],
    { notes: 'About the worker, on no child’s record.' },
  ),
  around.row(
    'SUP-01b',
    'Child spoken of in supervision',
    [on('worker-began', { kind: ['allocated'] }), on('oversight-recorded')],
    WK(8),
    all('oversight-recorded'),
    local,
    ['TM'],
    { within: need },
  ),
  {
    ...around.row(
      'WRN-01',
      'Warning reviewed',
      all('hazard-noted', 'hazard-reviewed'),
      [DATE('review_on'), MO(12)],
      all('hazard-reviewed'),
      local,
      ['SW', 'TM'],
      { ends: all('hazard-ended') },
    ),
    group: 'F24',
  },
  conference.row(
    'CPIS-01',
    'Told to CP-IS',
    [...all('child-protection-plan-started', 'child-protection-plan-ended', 'care-ended'), ...care.from],
    CD(1),
    all('cp-is-accepted'),
    ['NHS Child Protection Information Sharing', 'unverified'],
    ['BS', 'PERF'],
    { statutory: false },
  ),

  complaining.row(
    'CMP-00',
    'Complaint acknowledged',
    all('complaint-received'),
    WD(3),
    all('complaint-acknowledged'),
    local,
    ['CMP'],
  ),
  complaining.row(
    'CMP-01',
    'Complaint, stage 1',
    all('complaint-accepted'),
    WD(10),
    all('complaint-answered'),
    complaints('14', 'unverified'),
    ['CMP', 'TM'],
    { extended: { by: all('complaint-stage-1-extended'), counts: WD(20) }, ends: all('complaint-withdrawn') },
  ),
  complaining.row(
    'CMP-02',
    'Complaint, stage 2',
    all('complaint-statement-agreed'),
    WD(25),
    all('complaint-adjudicated'),
    complaints('17', 'unverified'),
    ['CMP'],
    { extended: { by: all('complaint-stage-2-extended'), counts: WD(65) }, ends: all('complaint-withdrawn') },
  ),
  complaining.row(
    'CMP-03',
    'Complaint, panel',
    all('complaint-panel-asked'),
    WD(30),
    all('complaint-panel-met'),
    complaints('19', 'law'),
    ['CMP'],
    { ends: all('complaint-withdrawn') },
  ),
  complaining.row(
    'CMP-04',
    'Complaint, the panel’s report',
    all('complaint-panel-met'),
    WD(5),
    all('complaint-panel-reported'),
    complaints('20', 'guidance'),
    ['CMP'],
    { ends: all('complaint-withdrawn') },
  ),
  complaining.row(
    'CMP-05',
    'Complaint, the authority’s answer',
    all('complaint-panel-reported'),
    WD(15),
    all('complaint-panel-answered'),
    complaints('', 'guidance'),
    ['CMP', 'DCS'],
    { ends: all('complaint-withdrawn') },
  ),
  {
    ...complaining.row(
      'SAR-01',
      'Answer to a request for one’s record',
      all('record-requested'),
      MO(1),
      all('record-released', 'record-refused'),
      ['UK GDPR, art 12(3)', 'unverified'],
      ['IG'],
      {
        extended: { by: all('record-request-extended'), counts: MO(3) },
        notes: 'From the day the request and proof of identity are complete.',
      },
    ),
    group: 'F33',
  },
]

/** One row by its number. @throws when the list has none */
export function clockById(id: string): Clock {
  const found = byId.get(id)
  if (!found) throw new Error(`There is no clock ${id}`)
  return found
}
const byId = new Map(clocks.map((one) => [one.id, one]))

/** Events that the engine works out from the others (src/clocks/derived.ts) and no table tells. */
export const derivedKinds = ['became-eligible', 'became-relevant'] as const

/** Tables that the census and the looked-after return fill: what is missing of them after an import is missing. */
export const tablesOfReturns: ReadonlySet<string> = new Set([
  'referral',
  'assessment',
  'cin_plan',
  'section_47',
  'initial_conference',
  'child_protection_plan',
  'child_protection_review',
  'pre_proceedings',
  'period_of_care',
  'placement',
  'legal_status',
  'looked_after_review',
  'missing_episode',
  'deprivation_of_liberty',
  'adoption',
  'placed_for_adoption',
])

/** Whether its answer hangs on an age. */
export function hangsOnAge({ starts, within, when = [], counts }: Clock): boolean {
  const follows = (triggers: readonly Trigger[]) =>
    triggers.some(({ kind }) => (derivedKinds as readonly string[]).includes(kind))
  return (
    'ages' in starts ||
    follows(starts) ||
    (within !== undefined && follows(within.from)) ||
    [...when, ...counts.flatMap(({ only }) => only ?? [])].some((one) => 'from' in one || 'under' in one)
  )
}

/** Every kind of event that starts, completes, lengthens or ends a clock, or says when it runs. */
export function kindsHeard(one: Clock): { starts: string[]; stops: string[]; others: string[] } {
  const kinds = (triggers: readonly Trigger[] = []) => triggers.map(({ kind }) => kind)
  const ofSpan = (span?: Span) => (span ? [...kinds(span.from), ...kinds(span.to)] : [])
  return {
    starts: 'ages' in one.starts ? ['born'] : kinds(one.starts),
    stops: kinds(one.stops),
    others: [
      ...ofSpan(one.within),
      ...kinds(one.ends),
      ...kinds(one.extended?.by),
      ...(one.when ?? []).concat(one.counts.flatMap(({ only }) => only ?? [])).flatMap(ofCondition),
      ...one.counts.flatMap(({ event }) => kinds(event)),
    ],
  }
  function ofCondition(condition: Condition): string[] {
    if ('until' in condition) return kinds(condition.until)
    if ('during' in condition) return ofSpan(condition.during)
    if ('notDuring' in condition) return ofSpan(condition.notDuring)
    return 'of' in condition ? kinds(condition.of) : []
  }
}

/** The clocks that can run: something tells what starts them, and what completes them first of all. */
export function toldClocks(told: ReadonlySet<string>): readonly Clock[] {
  const known = (kind: string) => told.has(kind) || (derivedKinds as readonly string[]).includes(kind)
  return clocks.filter((one) => {
    const { starts, stops } = kindsHeard(one)
    return one.inForce !== 'not commenced' && starts.some(known) && known(stops[0]!)
  })
}

/** Columns of facts that clocks look at, besides the days of events: `table.column` is for the database to say. */
export function columnsLookedAt(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const look = (kinds: readonly string[], columns: readonly string[]) => {
    for (const kind of kinds) {
      const set = found.get(kind) ?? new Set<string>()
      for (const column of columns) set.add(column)
      found.set(kind, set)
    }
  }
  const lookAt = (triggers: readonly Trigger[] = []) => {
    for (const { kind, where, link } of triggers)
      look([kind], [...Object.keys(where ?? {}), ...(link ? [link] : [])])
  }
  const lookIn = (span?: Span) => {
    lookAt(span?.from)
    lookAt(span?.to)
  }
  for (const one of clocks) {
    const starts = 'ages' in one.starts ? [] : one.starts
    for (const triggers of [starts, one.stops, one.ends, one.extended?.by]) lookAt(triggers)
    lookIn(one.within)
    for (const condition of (one.when ?? []).concat(one.counts.flatMap(({ only }) => only ?? []))) {
      if ('until' in condition) lookAt(condition.until)
      if ('during' in condition) lookIn(condition.during)
      if ('notDuring' in condition) lookIn(condition.notDuring)
      if ('of' in condition) lookAt(condition.of)
      if ('fact' in condition)
        look(
          starts.map(({ kind }) => kind),
          Object.keys(condition.fact),
        )
    }
    for (const { column } of one.counts)
      if (column)
        look(
          starts.map(({ kind }) => kind),
          [column],
        )
  }
  return found
}
