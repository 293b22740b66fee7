/** Small returns of invented children with something in every table, for tests. */

/** A census of two children, one of them not yet born. */
export const sampleCensus = `<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>201</LEA><SoftwareCode>Local Authority</SoftwareCode><Release>1.0.0</Release><SerialNo>001</SerialNo><DateTime>2026-05-11T09:30:00</DateTime></Source>
  </Header>
  <Children>
    <Child>
      <ChildIdentifiers><LAchildID>A1</LAchildID><UPN>T201000123456</UPN><FormerUPN>X98765432123B</FormerUPN><PersonBirthDate>2012-05-14</PersonBirthDate><Sex>F</Sex><PersonDeathDate>2026-03-30</PersonDeathDate></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>MWBC</Ethnicity><Disabilities><Disability>HEAR</Disability><Disability>LD</Disability></Disabilities></ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-09-15</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode><CINclosureDate>2026-03-30</CINclosureDate><ReasonForClosure>RC2</ReasonForClosure><DateOfInitialCPC>2025-10-24</DateOfInitialCPC>
        <Assessments><AssessmentActualStartDate>2025-09-16</AssessmentActualStartDate><AssessmentInternalReviewDate>2025-09-30</AssessmentInternalReviewDate><AssessmentAuthorisationDate>2025-10-20</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors><AssessmentFactors>16A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
        <Assessments><AssessmentActualStartDate>2025-10-01</AssessmentActualStartDate></Assessments>
        <CINPlanDates><CINPlanStartDate>2025-10-20</CINPlanStartDate><CINPlanEndDate>2025-10-24</CINPlanEndDate></CINPlanDates>
        <Section47><S47ActualStartDate>2025-10-06</S47ActualStartDate><InitialCPCtarget>2025-10-27</InitialCPCtarget><DateOfInitialCPC>2025-10-24</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans><CPPstartDate>2025-10-24</CPPstartDate><CPPendDate>2026-03-30</CPPendDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2026-01-16</CPPreviewDate></Reviews></ChildProtectionPlans>
        <PreProceedingsandFGDM><PPStartDate>2025-11-03</PPStartDate><LBPSentDate>2025-11-05</LBPSentDate><FGDMMeetingOffer>1</FGDMMeetingOffer><FGDMMeetingFac>0</FGDMMeetingFac><InitialPPMeetingDate>2025-11-20</InitialPPMeetingDate><ReviewMeetingsCount>1</ReviewMeetingsCount><StepDecisionDate>2025-12-15</StepDecisionDate><PPOutcome>A</PPOutcome><CourtAppDate>2025-12-16</CourtAppDate><LetterInitCPDate>2025-12-17</LetterInitCPDate></PreProceedingsandFGDM>
      </CINdetails>
    </Child>
    <Child>
      <ChildIdentifiers><LAchildID>A2</LAchildID><UPNunknown>UN7</UPNunknown><ExpectedPersonBirthDate>2026-05-20</ExpectedPersonBirthDate><Sex>U</Sex></ChildIdentifiers>
      <ChildCharacteristics><Ethnicity>NOBT</Ethnicity></ChildCharacteristics>
      <CINdetails><CINreferralDate>2026-03-02</CINreferralDate><ReferralSource>3A</ReferralSource><ReferralNFA>1</ReferralNFA></CINdetails>
    </Child>
  </Children>
</Message>
`

/** A looked-after return as CSV: the files by name. */
export const sampleSsda903: Record<string, string> = {
  'header.csv': `CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
B1,F,14/05/2012,WBRI,T201000123456,0,
B2,M,29/02/2008,MWBC,UN1,,
B3,F,01/04/2007,OOTH,,1,02/05/2025
`,
  'episodes.csv': `CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
B1,03/06/2024,S,C2,N1,U1,PR1,10/08/2025,X1,CARPL,AB1 2CD,EF3 4GH,SC123456
B1,10/08/2025,P,C2,N1,T1,,20/08/2025,X1,,AB1 2CD,EF3 4GI,
B1,20/08/2025,P,E1,N1,A5,PR1,,,,AB1 2CD,EF3 4GH,SC123456
B2,01/05/2025,S,V3,N4,K2,PR1,10/05/2025,E3,,,,
B3,01/04/2023,S,V2,N1,K2,PR4,01/04/2025,E4A,,AB1 2CD,EF3 4GH,1234567
`,
  'reviews.csv': 'CHILD,DOB,REVIEW,REVIEW_CODE\nB1,14/05/2012,30/08/2025,PN1\nB1,14/05/2012,29/01/2026,PN6\n',
  'uasc.csv': 'CHILD,SEX,DOB,DUC\nB2,M,29/02/2008,28/02/2026\n',
  'oc2.csv': `CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED
B1,14/05/2012,12,,0,,1,1,1,0,,
`,
  'oc3.csv': 'CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nB3,01/04/2007,YES,F1,B1\n',
  'ad1.csv': `CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR
B1,14/05/2012,01/07/2025,02/07/2025,1,2,MF,L11
`,
  'placed_for_adoption.csv':
    'CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\nB1,14/05/2012,01/07/2025,,\n',
  'previous_permanence.csv': 'CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM\nB1,14/05/2012,P1,302,ZZ/06/2015\n',
  'missing.csv':
    'CHILD,DOB,MISSING,MIS_START,MIS_END\nB1,14/05/2012,M,01/09/2025,02/09/2025\nB1,14/05/2012,A,03/09/2025,\n',
  'sw_episodes.csv':
    'CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON\nB1,14/05/2012,SW123456,03/06/2024,,MANAGE\nB1,14/05/2012,XX,01/04/2023,03/06/2024,LEFTRL\n',
  'dolo.csv': 'CHILD,DOB,DOLO_START,DOLO_END\nB1,14/05/2012,01/09/2025,08/09/2025\n',
}

/** The same in its XML form, one child of it. */
export const sampleSsda903Xml = `<?xml version="1.0"?>
<EXPSSDA903>
<CHILD>
<HEADER><CHILDID>B1</CHILDID><UPN>T201000123456</UPN><SEX>F</SEX><DOB>14/05/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC><DUC/>
<IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>B1</ACCOM>
<DATE_INT>01/07/2025</DATE_INT><DATE_MATCH>02/07/2025</DATE_MATCH><FOSTER_CARE>1</FOSTER_CARE><NB_ADOPTR>2</NB_ADOPTR><SEX_ADOPTR>MF</SEX_ADOPTR><LS_ADOPTR>L11</LS_ADOPTR>
<AREVIEW><REVIEW>30/08/2025</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW><MOTHER>0</MOTHER>
<AMISSING><MISSING>M</MISSING><MIS_START>01/09/2025</MIS_START><MIS_END>02/09/2025</MIS_END></AMISSING>
<PERMANENCE><PREV_PERM>P1</PREV_PERM><LA_PERM>302</LA_PERM><DATE_PERM>ZZ/06/2015</DATE_PERM></PERMANENCE>
<OC2><SDQ_SCORE>12</SDQ_SCORE><IMMUNISATIONS>1</IMMUNISATIONS></OC2>
<AD_PLACED><DATE_PLACED>01/07/2025</DATE_PLACED></AD_PLACED></HEADER>
<EPISODE><DECOM>03/06/2024</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U1</PL><PL_POST>EF3 4GH</PL_POST><HOME_POST>AB1 2CD</HOME_POST><URN>SC123456</URN><PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/></EPISODE>
</CHILD>
</EXPSSDA903>
`
