/**
 * Names for the bench of the search, and what ears and fingers do to them. Nothing of it comes from the search's own
 * table of names: the one must not know the other.
 */
const list = (text: string) => text.trim().split(/\s+/)

export const forenames = list(`
  Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo William Theodore Archie Joshua Alexander James Isaac Edward
  Lucas Tommy Finley Max Logan Ethan Mohammed Teddy Benjamin Arlo Joseph Sebastian Harrison Elijah Adam Daniel Samuel Louie Mason Reuben Albie Rory Jaxon Hugo
  Luca Zachary Reggie Hunter Louis Dylan Albert David Jude Frankie Roman Ezra Toby Riley Carter Ronnie Frederick Gabriel Stanley Bobby Jesse Michael Elliot Grayson
  Mohammad Liam Jenson Ellis Harley Harvey Jayden Jake Ralph Rowan Elliott Jasper Ollie Charles Finn Felix Caleb Chester Jackson Hudson Leon Ibrahim Ryan Blake Alfred
  Olivia Amelia Isla Ava Mia Ivy Lily Isabella Rosie Sophia Grace Freya Willow Florence Emily Ella Poppy Evie Elsie Charlotte Evelyn Sienna Sofia Daisy Phoebe Sophie
  Alice Harper Matilda Ruby Emilia Maya Millie Isabelle Eva Luna Jessica Ada Aria Arabella Maisie Esme Eliza Penelope Bonnie Chloe Mila Violet Hallie Scarlett Layla
  Imogen Eleanor Molly Harriet Elizabeth Thea Erin Lottie Emma Rose Delilah Bella Aurora Lola Nancy Ellie Mabel Lucy Ayla Maria Orla Zara Robyn Hannah Gracie Iris
  Jasmine Darcie Margot Holly Amelie Amber Georgia Edith Maryam Abigail Myla Anna Clara Lilly Lyra Summer Maeve Heidi Elodie Lyla Eden Aisha Fatima Zainab Khadija
  Ayaan Yusuf Zayn Hamza Bilal Omar Hassan Hussain Tariq Imran Farooq Nadeem Saqib Waseem Shabana Rukhsana Nasreen Samina Tahira Uzma Saba Amina Halima Safa Noor
  Arjun Rohan Vikram Sanjay Anil Sunil Priya Anjali Deepika Kavita Meera Nisha Pooja Simran Harpreet Gurdeep Jaspreet Manjit Balwinder Parminder Kiran Rajinder
  Jakub Kacper Szymon Filip Wojciech Krzysztof Agnieszka Zuzanna Oliwia Magdalena Katarzyna Ewa Dorota Bogdan Florin Ionela Marius Andreea Mihaela Cosmin Vasile
  Lubica Zdenka Jozef Tibor Zoltan Renata Erika Ladislav Oluwaseun Adebayo Chinedu Ngozi Ifeoma Temitope Folasade Emeka Kwabena Abena Kofi Akosua Yaw Ama Tendai
  Tatenda Rudo Farai Abdirahman Faduma Hodan Ayan Liban Warsame Semira Yonas Selam Tesfaye Biniam Dilan Rojin Zerdest Shirin Parwana Najibullah Zabihullah Farzana
  Siobhan Niamh Aoife Cian Padraig Roisin Gethin Cerys Rhiannon Ffion Morag Hamish Catriona Ewan Isobel Wei Xiu Jing Hao Linh Thuy Minh Duc Mercedes Ximena Thiago
  Darren Wayne Sharon Tracey Kelly Lisa Michelle Donna Julie Susan Karen Paul Mark Andrew Stephen Christopher Matthew Richard Robert Peter Philip Gary Kevin Barry
  Craig Lee Dean Shane Carl Nigel Keith Graham Brian Derek Trevor Maureen Doreen Pauline Jean Margaret Patricia Barbara Christine Linda Janet Sandra Carol Gillian`)

const surnames = list(`
  Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James
  Phillips Mitchell Carter Anderson Cook Hill Ward Harris King Moore Martin Morris Cooper Lee Turner Hughes Edwards Scott Baker Allen Watson Parker Bennett Young
  Shaw Collins Bailey Bell Miller Cox Richardson Marshall Simpson Mills Murphy Gray Kelly Hunt Palmer Rogers Stevens Russell Murray Dixon Fisher Barnes Lloyd Butler
  Graham Reynolds Fletcher Ellis Ali Hussain Ahmed Begum Akhtar Malik Mahmood Iqbal Shah Mirza Chaudhry Bibi Aziz Rashid Hassan Mohammed Rahman Islam Miah Uddin
  Singh Kaur Sandhu Gill Dhillon Grewal Sidhu Sharma Gupta Verma Joshi Mehta Desai Naidu Pillai Nair Fernando Perera Okafor Adeyemi Balogun Eze Nwosu Okonkwo Mensah
  Boateng Owusu Asante Moyo Ndlovu Dube Sibanda Abdi Warsame Farah Jama Elmi Tesfaye Haile Bekele Nowak Kowalski Kowalska Wisniewski Wojcik Kaminska Lewandowski
  Zielinska Szymanski Dabrowska Popescu Ionescu Radu Dumitru Horvath Balog Lakatos Cervenak Kovac Gabor Tancos Silva Santos Pereira Ferreira Chen Wang Zhang Wong
  Nguyen Tran Pham Yilmaz Demir Kaya Ozturk OBrien OConnor Gallagher Doherty McCarthy McDonald MacLeod Campbell Stewart Ferguson Sutherland`)

const starts = list(`
  Ash Black Brad Thorn Hol Whit Stan Wil Hart Brook Cald Dun Elm Fair Gar Hamp Ing Kirk Lang Mar New Oak Pen Rad Sed Tad Under Wal West Yar Al Bar Chad Den East
  Fern Grim Had Hex Kel Lind Mid Nor Ors Pick Rom Shel Tren Up Ven Wex Winter Rushe Hather Cleve Danes Eller Fother Garg Hether Ister Keigh Lyth Maple Nettle Otter`)
const ends = list(`
  ton ley field worth wood ham by thorpe well bridge ford bury don stone croft gate more land wick shaw stead hurst combe dale cott som sby ning ridge holme beck
  brough castle church cliffe den grave house kin man ingham`)

/** Surnames, the most common first, with a tail that is longer than the list. */
export const allSurnames = [
  ...surnames,
  ...['', 'er', 'ing', 'el'].flatMap((middle) =>
    starts.flatMap((start) => ends.map((end) => start + middle + end)),
  ),
]

const keysBeside: Readonly<Record<string, string>> = {
  a: 'qsz',
  b: 'vgn',
  c: 'xvd',
  d: 'sfe',
  e: 'wrd',
  f: 'dgr',
  g: 'fht',
  h: 'gjy',
  i: 'uok',
  j: 'hku',
  k: 'jli',
  l: 'kop',
  m: 'nk',
  n: 'bmh',
  o: 'ipl',
  p: 'ol',
  q: 'wa',
  r: 'etf',
  s: 'adw',
  t: 'ryg',
  u: 'yij',
  v: 'cbf',
  w: 'qes',
  x: 'zcs',
  y: 'tuh',
  z: 'xas',
}
const heardAs: readonly (readonly [RegExp, string])[] = (
  [
    ['ph', 'f'],
    ['f', 'ph'],
    ['ck', 'k'],
    ['c(?=[aou])', 'k'],
    ['k', 'c'],
    ['s', 'z'],
    ['z', 's'],
    ['ie', 'y'],
    ['y', 'ie'],
    ['ee', 'ea'],
    ['ea', 'ee'],
    ['th', 'f'],
    ['th', 't'],
    ['v', 'w'],
    ['w', 'v'],
    ['j', 'g'],
    ['x', 'ks'],
    ['qu', 'kw'],
    ['oo', 'u'],
    ['ou', 'oo'],
    ['b', 'p'],
    ['p', 'b'],
    ['d', 't'],
    ['m', 'n'],
    ['n', 'm'],
    ['sh', 'ch'],
    ['ey$', 'y'],
    ['e$', ''],
    ['gh', ''],
    ['h', ''],
    ['ai', 'ay'],
    ['er', 'a'],
    ['i', 'e'],
    ['a', 'e'],
    ['o', 'a'],
  ] as const
).map(([from, to]) => [new RegExp(from), to] as const)

/** @param chance gives numbers from 0 up to 1 */
export function misheard(name: string, chance: () => number): string {
  const word = name.toLowerCase()
  const place = 1 + Math.floor(chance() * (word.length - 1))
  const letter = word[place]!
  const pick = <T>(from: ArrayLike<T>) => from[Math.floor(chance() * from.length)]!
  const put = (text: string, removed = 1) => word.slice(0, place) + text + word.slice(place + removed)
  const slip = chance()
  let made = word
  if (slip < 0.45) {
    const fitting = heardAs.filter(([from]) => from.test(word))
    if (fitting.length) {
      const [from, to] = pick(fitting)
      made = word.replace(from, to)
    }
  } else if (slip < 0.57) made = put('')
  else if (slip < 0.67) made = put(letter + letter)
  else if (slip < 0.8 && place + 1 < word.length) made = put(word[place + 1]! + letter, 2)
  else if (slip < 0.9) made = put(pick(keysBeside[letter] ?? 'e'))
  else made = word.replace(/[aeiou]/, () => pick('aeiou'))
  return made.length > 1 && made !== word ? made : put(letter === 'e' ? 'a' : 'e')
}

/** The same day with one digit another, and still a day not after `last`. */
export function digitOut(day: string, last: string, chance: () => number): string {
  for (;;) {
    const place = 2 + Math.floor(chance() * 8)
    if (day[place] === '-') continue
    const made = day.slice(0, place) + Math.floor(chance() * 10) + day.slice(place + 1)
    const time = Date.parse(`${made}T00:00:00Z`)
    if (made !== day && made <= last && !Number.isNaN(time) && new Date(time).toISOString().startsWith(made))
      return made
  }
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
