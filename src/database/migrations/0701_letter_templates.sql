-- The letters this version brings, each as version 1 of its template. An authority makes versions of its own (0700).

create procedure letters.ship(in_template text, in_name text, in_paper text, in_addressed_to text, in_title text, in_body text,
    in_child_body text default null, in_easy_body text default null)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into letters.template values (in_template, in_name, in_paper, in_addressed_to);
  insert into letters.template_version (template, version, title, body, child_body, easy_body, published_at)
  values (in_template, 1, in_title, in_body, in_child_body, in_easy_body, now());
end $$;
comment on procedure letters.ship is 'A template as a version of this program brings it. Called by migrations alone.';

call letters.ship('appointment', 'An appointment', 'letter', 'anybody', 'An appointment with {worker}', $t$
Dear {dear},

I would like to see you about {child}. I suggest we meet on {meeting-day} at {meeting-time}, at {meeting-place}.

If that does not suit you, please tell me and we will find another time. You may bring somebody with you whom you trust.

{if interpreter} There will be an interpreter for {language}.

You can reach me on {worker-telephone}.

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

I would like to come and see you on {meeting-day} at {meeting-time}, at {meeting-place}. I want to hear how things are for you.

If you would rather meet somewhere else, or have somebody with you, tell me or any grown-up you trust.

{worker}
$t$, $t$
Dear {dear},

I want to meet you. We will talk about {child-first-name}.

- When: {meeting-day}, {meeting-time}
- Where: {meeting-place}

You can bring somebody with you.

If you cannot come, ring me: {worker-telephone}.

{worker}
$t$);

call letters.ship('visit-not-answered', 'Nobody came to the door', 'letter', 'family', 'I came to see you', $t$
Dear {dear},

I came to see you and {child} on {visit-day} at {visit-time}, and nobody came to the door.

{if on-protection-plan} Seeing {child-first-name} is part of the child protection plan, so it matters that we meet soon.

Please ring me on {worker-telephone} by {reply-by} to say when I can come. If something keeps you from seeing me, please tell me about that too.

Yours sincerely,
{worker}
{worker-title}
$t$, null, $t$
Dear {dear},

I came to your home on {visit-day}. Nobody was there.

I need to see {child-first-name}. Please ring me by {reply-by}: {worker-telephone}.

{worker}
$t$);

call letters.ship('assessment-starting', 'An assessment begins', 'letter', 'family', 'Our assessment of what {child-first-name} needs', $t$
Dear {dear},

Since {referral-day} we have been asked to look at what {child} may need. This is called a child and family assessment. I am the social worker who does it.

## What happens now
- I will talk with {child-first-name}, with you, and with others who know {child-first-name} well, such as school or the health visitor. I ask you before I do, unless asking would put a child at risk.
- We have 45 working days at most. I will tell you if it takes less or more.
- At the end you read what I have written, and may say where you see it differently. What you say stays with it.

What we know about you and why is in our privacy notice; ask me for a copy. You may ask to see what we hold, and you may complain; both cost nothing.

{if interpreter} We will have an interpreter for {language} whenever we meet.

Yours sincerely,
{worker}
{worker-title}, {team}
$t$, $t$
Hello {dear},

My name is {worker}. My job is to find out how things are for you at home, at school and everywhere else, and whether you or your family could do with some help.

I would like to hear it from you. We can talk, draw, play or walk. You can tell me if there is something you do not want to talk about.

I write down what you say. When you are older you can read it.

{worker}
$t$, null);

call letters.ship('child-in-need-plan', 'Sharing a child in need plan', 'letter', 'anybody', 'The plan for {child-first-name}', $t$
Dear {dear},

With this letter you have the child in need plan for {child} that we made together{child-in-need-plan-since}. It says who does what, and by when.

Please read it and tell me if something is wrong or missing. We look at it together again on {meeting-day} at {meeting-time}, at {meeting-place}.

The plan is for {child-first-name}’s family and those named in it. Please do not pass it on.

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

We made a plan so that things get better for you. A copy is with this letter. It says what the grown-ups have promised to do.

If you think it should say something else, tell me. We look at it again on {meeting-day}, and you can come or send what you want to say.

{worker}
$t$, null);

call letters.ship('conference-parent', 'Child protection conference: a parent or carer', 'invitation', 'family', 'A child protection conference about {child-first-name}', $t$
Dear {dear},

There will be a child protection conference about {child}. The people who know {child-first-name} meet to decide whether {child-first-name} needs a plan to be safe.

- Day: {meeting-day}
- Time: {meeting-time}
- Place: {meeting-place}
- Who leads it: {chair}

We want you to be there: nobody knows your family as you do. You may bring a friend, somebody of the family, or a solicitor, who is there to support you.

You will be given the reports at least two working days before. I will go through mine with you.

{if interpreter} There will be an interpreter for {language}.

If you cannot come, or there is somebody you cannot be in one room with, please tell me or {chair} beforehand. There are other ways to have your say.

Yours sincerely,
{worker}
{worker-title}
$t$, null, $t$
Dear {dear},

There is a big meeting about {child-first-name}. It is called a child protection conference.

- When: {meeting-day}, {meeting-time}
- Where: {meeting-place}

Please come. You can bring somebody to help you.

I will read my report with you before.

Any question? Ring me: {worker-telephone}.

{worker}
$t$);

call letters.ship('conference-professional', 'Child protection conference: a professional', 'invitation', 'professional', 'Invitation to a child protection conference', $t$
Dear {dear},

You are asked to come to a child protection conference about {child}, on {meeting-day} at {meeting-time}, at {meeting-place}. {chair} leads it.

Please send your report to {team} by {reply-by}. Share it with the family before, unless that would put a child at risk; say in it what you know yourself and what others have told you.

If you cannot come, send somebody who can decide for your service, and your report all the same.

Yours sincerely,
{worker}
{worker-title}, {team}
$t$);

call letters.ship('core-group', 'Core group', 'invitation', 'anybody', 'Core group for {child-first-name}', $t$
Dear {dear},

The core group for {child} meets on {meeting-day} at {meeting-time}, at {meeting-place}.

We look at how far we have come with the child protection plan, what {child-first-name} says about it, and what has to change. Please bring what you have done since last time.

{if interpreter} There will be an interpreter for {language}.

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

The people who look after your plan meet on {meeting-day}. You can come, or tell me before what you want them to know.

{worker}
$t$, null);

call letters.ship('assessment-outcome', 'What the assessment found', 'letter', 'anybody', 'What our assessment of {child-first-name} found', $t$
Dear {dear},

The assessment of {child} is finished. Thank you for what you told me. A copy comes with this letter.

## What we think
[in two or three sentences: what is going well, what worries us]

## What happens next
[what was decided, and who does what]

If you see it differently, please tell me. What you say stays with the assessment. If you are not content with how we have worked, you may complain; I will tell you how.

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

You helped me to find out how things are for you. Thank you.

[what you understood, in words they would use]

[what happens now]

If I got something wrong, tell me.

{worker}
$t$, null);

call letters.ship('case-closing', 'We are closing', 'letter', 'anybody', 'We are closing our work with {child-first-name}', $t$
Dear {dear},

From {closing-day} I will no longer be {child}’s social worker. We think that things are now well enough without us.

[what has changed, and what you did for it]

If you need help again, you can ring us at any time on {worker-telephone}. You do not have to wait until things are bad.

What we have written stays safe with us. You may ask to read it.

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

From {closing-day} I will not come to see you any more, because things are going better. It was good to get to know you.

[one thing you will remember]

If you are worried about something, talk to a grown-up you trust. You can ring Childline for nothing, at any time of day or night: 0800 1111.

{worker}
$t$, null);

call letters.ship('referral-outcome', 'What became of a referral', 'letter', 'professional', 'What became of what you told us', $t$
Dear {dear},

Thank you for telling us on {referral-day} about your worry for {child}.

[what was decided: an assessment, help from another service, nothing further now]

We tell you no more than you need to know for your own work with the child. If you do not agree, or the worry grows, please ring {team} on {worker-telephone}; there is a way to have our decision looked at again.

Yours sincerely,
{worker}
{worker-title}, {team}
$t$);

call letters.ship('review-young-person', 'Your review: a child or young person', 'invitation', 'child', 'Your review', $t$
Hello {dear},

It is time for your review on {meeting-day} at {meeting-time}, at {meeting-place}. The people who are meant to look after you say what they have done. {chair} makes sure that you are heard.

It is your meeting. You can say who should come and who should not, and where it should be. You can come for all of it, or some, or not at all and have somebody speak for you. An advocate does that; it costs nothing and I can find one for you.

## Things you might want to say
- What is going well?
- What would you change?
- Is there somebody you want to see more, or less?

{worker}
$t$, null, $t$
Hello {dear},

You have a meeting. It is about you.

- When: {meeting-day}, {meeting-time}
- Where: {meeting-place}

You can say what you want. Somebody can help you say it.

{worker}
$t$);

call letters.ship('consent-request', 'Asking for consent', 'letter', 'anybody', 'May we share this about {child-first-name}?', $t$
Dear {dear},

I would like to ask your consent.

- What we want to share: [what]
- With whom: [whom]
- What for: [what good it does {child-first-name}]

You are free to say yes or no, to some of it or all. Saying no does not change how we treat you. If you say yes you can change your mind later by telling me. Where the law tells us to share something to keep a child safe, we do not need consent; then we tell you what we shared, if that is safe.

Please write your answer here and send it back to me by {reply-by}.

I agree / I do not agree:

Name and signature:

Date:

Yours sincerely,
{worker}
{worker-title}
$t$, $t$
Hello {dear},

I would like to tell [whom] about [what], because [why it may help you].

It is up to you. You can say yes, or no, or ask me more first. You can change your mind.

{worker}
$t$, null);
