import { listed } from '../web/words.ts'
import type { Chance } from './chance.ts'

/*
 * What workers write after a visit, in voices as different as workers are: brisk, warm, formal, tired, new to it. The
 * marks in brackets are those of a note (casework/paragraphs.ts). {child} is the children's names, {first} the eldest's,
 * {mother} who is at home.
 */

export type Situation = 'child-protection' | 'child-in-need' | 'looked-after' | 'leaving-care' | 'assessment'

export interface Text {
  /** For an eldest child of at least so many years; from birth when absent. */
  readonly from?: number
  /** And of fewer than so many. */
  readonly to?: number
  readonly what: string
  readonly meaning?: string
}

const texts: Readonly<Record<Situation, readonly Text[]>> = {
  'child-protection': [
    {
      from: 2,
      what: `Unannounced. {mother} let me in at once. Kitchen clean, food in the fridge and cupboards, beds made, washing drying over the doors. It was cold in the back bedroom and we agreed she rings the landlord about the radiator before Friday.

[mum] She has been to two of the three sessions and missed one because of the bus. She is worried the conference will only see the one she missed.

Saw {child} in {rooms} and then downstairs with {mother}. {first} went to her for a cuddle without looking at me first.`,
      meaning: `The home is what the plan asks for, third time running. What has not moved is the drinking: nobody has seen the fridge on a Saturday night.`,
    },
    {
      from: 6,
      what: `Visit as agreed in the core group. {mother} was up and dressed, the curtains open. I asked to see each bedroom and was shown them.

{child} seen. {first} was off school with a cold, on the settee under a blanket, and told me the whole plot of a film.

[school] Attendance is 91 % this half term, up from 78 %. Lunches are there every day now.

We went through the safety plan line by line. She could say who to ring and in which order without looking at the fridge door.`,
      meaning: `Better than in spring and not yet safe without us. I want two more months of this before the review.`,
    },
    {
      from: 1,
      what: `Announced. Nobody answered at first; {mother} came to the door after some minutes and had been asleep. The living room smelled of cannabis. There were two adults I did not know, who left when I said who I was and did not give their names.

{child} {were} in the kitchen and had eaten toast. {first} kept watching the door.

I said plainly to {mother} what I saw and that I would write it down as I saw it.

[mum] She says they are friends from before and had only come to bring a cot.`,
      meaning: `This is what the plan was made for. I have asked my manager whether we need to meet before the next core group.`,
    },
    {
      to: 4,
      what: `Today I visited the family at home, accompanied by the health visitor, in order to review progress against the plan. The property was in good order. {child} presented as clean, appropriately dressed and curious about my bag.

[health] Weight is following the line again. The next weighing is in a fortnight.

{mother} engaged well and asked when the visits will become fewer. I explained who decides this and how she can say her view beforehand.`,
    },
    {
      from: 6,
      what: `Short one. {child} seen, fine today. Sports kit on the radiator, tea on the go. {mother} tired but talking: her mum has them on Thursdays now so that she can go to her group.

Things to do: chase the nursery place, drop the form off, tell the chair about Thursdays.`,
    },
  ],
  'child-in-need': [
    {
      from: 6,
      what: `Called as arranged. {mother} had made a list, which helped: the housing letter, the school transport, and how to tell {first} about the appointment. We did all three.

{child} came in from school halfway through and showed me a certificate for reading. Not a child who looks sad, but I notice that {first} asks before taking a biscuit in their own house.`,
      meaning: `We are near the end of what we can add. I would like one more visit after the housing is sorted and then to talk about closing.`,
    },
    {
      what: `Home visit. House a bit of a tip and {mother} said so herself before I could; she has had three night shifts in a row. Enough food, everybody's bed has a sheet. {child} seen in the front room.

[dad] Rang while I was there. He can do Saturdays, not Sundays. {mother} is all right with that.

Agreed: she tries the morning routine we wrote on the wall for a fortnight and tells me honestly what is rubbish about it.`,
    },
    {
      from: 2,
      what: `Met {mother} and {child} at the children's centre because the flat has the decorators in. {first} is using four new signs since I last saw them and used all of them on me.

[professional] The portage worker says the chair is ordered and will be six weeks.`,
    },
    {
      what: `Visit with the interpreter, who was half an hour late; {mother} and I managed with a telephone and patience until then. She is clear that what frightens her is the letters. We opened nine of them. Two matter and I have taken copies.

{child} seen, well, and laughing at my pronunciation.`,
      meaning: `Debt and fear of the post are most of it. Advice centre booked for Tuesday, same interpreter.`,
    },
    {
      from: 4,
      what: `This was my first visit to the family since taking over. {mother} said she has told her story four times now and would I please read it; I said I had, and told her two things back to check. She corrected one of them.

{child} {were} shy for ten minutes and then not at all.`,
    },
  ],
  'looked-after': [
    {
      to: 5,
      what: `Saw {child} at the foster home, awake for most of it. Sleeping through, eating what the carers eat, and follows the dog from room to room.

[professional] The carers have the red book up to date and the next injections booked. They ask what to answer when people in the shop ask.`,
      meaning: `Thriving. The question is not today's care but where this child will grow up.`,
    },
    {
      from: 5,
      what: `Saw {child} at the placement after school, half of it alone in the garden. Settled. The room has posters up now, which in September it had not.

[professional] The carer says bedtimes are still hard on the days after family time, and that a phone call to a brother helps more than anything she does.

Checked the bedroom, the medicine book and the pocket money book.`,
      meaning: `The placement meets the needs. I will ask for the calls to be in the plan and not a favour.`,
    },
    {
      from: 9,
      what: `Statutory visit. {child} seen alone for forty minutes over chips. Says the food is fine, the wifi is not, and that nobody has told them the date of the review. I have told them now, and asked who should be in the room.

Bedroom seen with permission.

[school] A better fortnight: two detentions down to none.`,
    },
    {
      from: 4,
      what: `Visited with the supervising social worker. We talked with the carers first about the summer and what respite would look like; they want a plan, not a rescue. Then saw {child}, who did not want to talk much today and showed me a drawing of the dog instead. I stayed for the dog.`,
      meaning: `Not talking is all right. Third visit since the move and each a little longer.`,
    },
    {
      from: 8,
      what: `Seen at the home in the key worker's office and then on a walk. {child} wanted to know again why living with mum is not possible now. I used the same words as last time and did not soften them. We agreed I bring the photographs next visit.`,
    },
    {
      from: 11,
      what: `Quick visit because of the move of school. Uniform bought, bus pass works, lanyard already lost once. {child} introduced me to a friend as 'my social worker, it's fine', which will do me until Christmas.`,
    },
  ],
  'leaving-care': [
    {
      what: `Met {child} in town. Rent is paid until the end of the month, the electric is on emergency again. We rang together and set up the weekly amount.

Has the college interview on the ninth and a shirt to wear for it.`,
    },
    {
      what: `Went to the flat. Clean, warm, a proper shopping list on the fridge. {child} is lonely on Sundays and said so, which I think is the first time. We looked at what there is on Sundays.`,
      meaning: `Practical side is fine. The gap is people.`,
    },
    {
      what: `Telephone was off, so called in on the way home. {child} had a bad week and has not been to work since Tuesday. We wrote the message to the manager together and it was sent while I was there.`,
    },
  ],
  assessment: [
    {
      to: 3,
      what: `First visit. {child} asleep in a cot in the parents' room, clean and warm, on the back as it should be. {mother} showed me where everything is and cried when I asked how she sleeps.

[health] The health visitor has been twice and would like to go together next time.`,
      meaning: `A tired mother and a well baby. I want to know who comes when she rings.`,
    },
    {
      from: 2,
      what: `First visit for the assessment. {mother} was angry about the referral and had every right to say so; she let me in all the same. We went through what was said, who may have seen it, and what happens in the next weeks.

{child} seen in {rooms}, with the door open. Toys, books, a hamster.`,
    },
    {
      from: 5,
      what: `Second visit, with {child} at school for the first part so that {mother} could talk. She did. I have written down the dates as she gave them.

[school] No worries before October. Since then late on nine days of thirty.`,
      meaning: `There is more behind it than one argument. I want to see the father before I decide anything.`,
    },
    {
      from: 5,
      what: `Saw {child} at school with the teaching assistant outside the door. We drew the house and who is in it and where it is safe. Then to {mother}, to tell her that I had been there and what we drew.`,
    },
  ],
}

const notSeen: readonly Text[] = [
  {
    what: `Knocked twice, curtains drawn, car gone. Card through the door with two times for tomorrow. Rang from the car: voicemail.`,
  },
  {
    what: `{mother} came to the door and said it was not a good day. I could hear the television and nobody else. I said I need to see {child} this week and she chose Thursday.`,
  },
]

const said: readonly { readonly to: number; readonly words: readonly string[] }[] = [
  {
    to: 4,
    words: [
      'No words yet: reached for the keys, laughed at the cat, slept through the rest.',
      '‘Nana car.’ Then showed me all the bricks, one by one.',
      'Held up three fingers for how old. It is two.',
    ],
  },
  {
    to: 8,
    words: [
      '‘I like it best when it is just us and the telly and nobody is cross.’',
      '‘There was shouting on Sunday but I put my headphones on with no music in.’',
      '‘I would have a bunk bed and I would be on top and nobody would be on the bottom.’',
      '‘My teacher says I am a good helper. You can write that.’',
    ],
  },
  {
    to: 12,
    words: [
      '‘Mum is better. Like, eight out of ten. She was a four.’',
      '‘Can you tell them I do not want to be asked in front of the class.’',
      '‘I know where the numbers are. I do not need them now but I know where they are.’',
      '‘I want to see my brother more than every six weeks. It is not hard.’',
    ],
  },
  {
    to: 18,
    words: [
      '‘Everyone keeps asking if I am safe. I am bored. Nobody writes down bored.’',
      '‘If there is a meeting about me I would like to know before, not after.’',
      '‘It is all right here. Do not move me before my exams.’',
      '‘You lot change every year. I am not telling it again.’',
    ],
  },
  {
    to: 100,
    words: [
      '‘I can do the washing and the bills. It is the quiet I cannot do.’',
      '‘Put down that I turned up.’',
    ],
  },
]

/**
 * A visit in words, for an eldest child of this age; not seen where the worker stood before a door.
 * @param before what was written of this family already: nobody writes the same twice
 */
export function visitText(
  chance: Chance,
  situation: Situation,
  { age, seen, before = [] }: { age: number; seen: boolean; before?: readonly Text[] },
): Text {
  const all = seen ? texts[situation].filter(({ from = 0, to = 100 }) => age >= from && age < to) : notSeen
  const fresh = all.filter((text) => !before.includes(text))
  return chance.one(fresh.length > 0 ? fresh : all)
}

/** What a child of this age said, of those who said something. */
export const childSaid = (chance: Chance, age: number): string =>
  chance.one(said.find(({ to }) => age < to)!.words)

/** With the names of the children, the eldest first, and of who is at home. */
export function filled(text: string, children: readonly string[], mother: string): string {
  const many = children.length > 1
  const words = {
    child: listed(children),
    first: children[0]!,
    mother,
    were: many ? 'were' : 'was',
    rooms: many ? 'their rooms' : 'the bedroom',
  }
  return text.replace(/\{(child|first|mother|were|rooms)\}/g, (_, name: keyof typeof words) => words[name])
}
