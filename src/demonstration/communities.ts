import type { Day } from '../web/words.ts'
import type { Chance } from './chance.ts'

/** A name in its parts; whoever has one name only has no surname. */
export interface PersonName {
  readonly forename: string
  readonly middle?: string | undefined
  readonly surname?: string | undefined
}

type Sex = 'F' | 'M'

/** What a child is called, and what the custom goes by. */
interface Naming {
  readonly sex: Sex
  readonly born: Day
  readonly mother: PersonName
  readonly father: PersonName | undefined
  /** Of twins, the first or second born. */
  readonly twin: 1 | 2 | undefined
  /** The forename, already chosen so that no two of a family share it. */
  readonly forename: string
}

/** How people of a community are named, what they speak and how the census counts them. */
export interface Community {
  readonly key: string
  /** How many of a hundred families. */
  readonly share: number
  readonly ethnicity: string
  readonly origin: 'white' | 'asian' | 'african' | 'caribbean' | 'other'
  readonly language?: string
  readonly religion?: string
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly women: readonly string[]
  readonly men: readonly string[]
  adult(chance: Chance, sex: Sex): PersonName
  child(chance: Chance, naming: Naming): PersonName
}

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

interface Lists {
  readonly girls: string
  readonly boys: string
  readonly women?: string
  readonly men?: string
}

const lists = ({ girls, boys, women = girls, men = boys }: Lists) => ({
  girls: list(girls),
  boys: list(boys),
  women: list(women),
  men: list(men),
})

const forenameOf = (
  chance: Chance,
  { women, men }: { women: readonly string[]; men: readonly string[] },
  sex: Sex,
) => chance.one(sex === 'F' ? women : men)

// ---------------------------------------------------------------------------------------------------------
// Customs.

/** One surname for a family; children mostly bear their father's, some both. */
function english(about: Omit<Community, 'adult' | 'child'>, surnames: readonly string[]): Community {
  return {
    ...about,
    adult: (chance, sex) => ({ forename: forenameOf(chance, about, sex), surname: chance.one(surnames) }),
    child(chance, { forename, mother, father, sex }) {
      const middle = chance.happens(0.5) ? chance.one(sex === 'F' ? about.girls : about.boys) : undefined
      const hers = mother.surname ?? mother.forename
      const his = father?.surname ?? father?.forename
      const surname = his
        ? chance.weighted([
            [his, 55],
            [hers, 30],
            [hers === his || `${hers}${his}`.includes('-') ? hers : `${hers}-${his}`, 15],
          ])
        : hers
      return { forename, middle: middle === forename ? undefined : middle, surname }
    },
  }
}

const muhammad = ['Mohammed', 'Muhammad', 'Mohammad', 'Mohamed']

/**
 * No family name in the English sense: a man may be Mohammed and a personal name, a woman bears a second name that is
 * hers alone, and a child their father's last or a title.
 */
function southAsianMuslim(
  about: Omit<Community, 'adult' | 'child' | 'religion'>,
  { his, hers }: { his: readonly string[]; hers: readonly string[] },
): Community {
  return {
    ...about,
    religion: 'Muslim',
    adult(chance, sex) {
      if (sex === 'F') return { forename: chance.one(about.women), surname: chance.one(hers) }
      return chance.happens(0.4)
        ? { forename: chance.one(muhammad), surname: chance.one(about.men) }
        : { forename: chance.one(about.men), surname: chance.one(his) }
    },
    child(chance, { forename, sex, father }) {
      const last = father?.surname ?? chance.one(his)
      if (sex === 'F') return { forename, surname: chance.happens(0.3) ? chance.one(hers) : last }
      return chance.happens(0.4)
        ? { forename: chance.one(muhammad), middle: forename, surname: last }
        : { forename, surname: last }
    },
  }
}

/** Singh for men and Kaur for women, before the family's name or in place of it. */
function sikh(about: Omit<Community, 'adult' | 'child'>, surnames: readonly string[]): Community {
  const called = (forename: string, sex: Sex, surname: string | undefined): PersonName => {
    const title = sex === 'F' ? 'Kaur' : 'Singh'
    return surname === undefined || surname === 'Singh' || surname === 'Kaur'
      ? { forename, surname: title }
      : { forename, middle: title, surname }
  }
  return {
    ...about,
    adult: (chance, sex) =>
      called(forenameOf(chance, about, sex), sex, chance.happens(0.3) ? undefined : chance.one(surnames)),
    child: (_, { forename, sex, father, mother }) => called(forename, sex, (father ?? mother).surname),
  }
}

/** A family name, and the father's first name between. */
function gujarati(about: Omit<Community, 'adult' | 'child'>, surnames: readonly string[]): Community {
  return {
    ...about,
    adult: (chance, sex) => ({ forename: forenameOf(chance, about, sex), surname: chance.one(surnames) }),
    child: (_, { forename, father, mother }) => ({
      forename,
      middle: father?.forename,
      surname: (father ?? mother).surname,
    }),
  }
}

/** A family name whose ending says whether a man or a woman bears it. */
function gendered(
  about: Omit<Community, 'adult' | 'child'>,
  surnames: readonly string[],
  forms: { feminine(name: string): string; masculine(name: string): string },
): Community {
  const as = (sex: Sex, name: string | undefined) =>
    name === undefined
      ? undefined
      : sex === 'F'
        ? forms.feminine(forms.masculine(name))
        : forms.masculine(name)
  return {
    ...about,
    adult: (chance, sex) => ({
      forename: forenameOf(chance, about, sex),
      surname: as(sex, chance.one(surnames)),
    }),
    child: (_, { forename, sex, father, mother }) => ({
      forename,
      surname: as(sex, (father ?? mother).surname),
    }),
  }
}

const polishForms = {
  feminine: (name: string) => name.replace(/(sk|ck|dzk)i$/, '$1a'),
  masculine: (name: string) => name.replace(/(sk|ck|dzk)a$/, '$1i'),
}
const slovakForms = {
  feminine: (name: string) => (name.endsWith('ová') ? name : `${name.replace(/a$/, '')}ová`),
  masculine: (name: string) => name.replace(/ová$/, ''),
}

/** A name of one's own, the father's, and the family's. */
function arabic(about: Omit<Community, 'adult' | 'child'>, families: readonly string[]): Community {
  return {
    ...about,
    adult: (chance, sex) => ({
      forename: forenameOf(chance, about, sex),
      middle: chance.one(about.men),
      surname: chance.one(families),
    }),
    child: (_, { forename, father, mother }) => ({
      forename,
      middle: father?.forename,
      surname: (father ?? mother).surname,
    }),
  }
}

/** Three names: one's own, the father's, the grandfather's. Nobody of a household need share the last. */
function threeNames(about: Omit<Community, 'adult' | 'child'>): Community {
  return {
    ...about,
    adult: (chance, sex) => ({
      forename: forenameOf(chance, about, sex),
      middle: chance.one(about.men),
      surname: chance.one(about.men),
    }),
    child: (chance, { forename, father }) => ({
      forename,
      middle: father?.forename ?? chance.one(about.men),
      surname: father?.middle ?? chance.one(about.men),
    }),
  }
}

/** One's own name and the father's. */
function twoNames(about: Omit<Community, 'adult' | 'child'>): Community {
  return {
    ...about,
    adult: (chance, sex) => ({ forename: forenameOf(chance, about, sex), surname: chance.one(about.men) }),
    child: (chance, { forename, father }) => ({
      forename,
      surname: father?.forename ?? chance.one(about.men),
    }),
  }
}

/** A Christian and a Yoruba name; twins are Taiwo and Kehinde. */
function yoruba(
  about: Omit<Community, 'adult' | 'child'>,
  names: readonly string[],
  surnames: readonly string[],
): Community {
  return {
    ...about,
    adult: (chance, sex) => ({
      forename: forenameOf(chance, about, sex),
      middle: chance.one(names),
      surname: chance.one(surnames),
    }),
    child: (chance, { forename, twin, father, mother }) => ({
      forename,
      middle: twin === undefined ? chance.one(names) : twin === 1 ? 'Taiwo' : 'Kehinde',
      surname: (father ?? mother).surname,
    }),
  }
}

/** By the day of the week on which an Akan child was born, Sunday first. */
const dayNames = {
  F: ['Akosua', 'Adwoa', 'Abena', 'Akua', 'Yaa', 'Afua', 'Ama'],
  M: ['Kwasi', 'Kwadwo', 'Kwabena', 'Kwaku', 'Yaw', 'Kofi', 'Kwame'],
} as const

/** @returns the name that an Akan child of this day bears */
export const dayName = (sex: Sex, born: Day): string =>
  dayNames[sex][new Date(`${born}T12:00:00Z`).getUTCDay()]!

function akan(about: Omit<Community, 'adult' | 'child'>, surnames: readonly string[]): Community {
  return {
    ...about,
    adult: (chance, sex) => ({
      forename: forenameOf(chance, about, sex),
      middle: chance.one(dayNames[sex]),
      surname: chance.one(surnames),
    }),
    child: (_, { forename, sex, born, father, mother }) => ({
      forename,
      middle: dayName(sex, born),
      surname: (father ?? mother).surname,
    }),
  }
}

// ---------------------------------------------------------------------------------------------------------
// Who lives here.

export const communities: readonly Community[] = [
  english(
    {
      ...{ key: 'white British', share: 62, ethnicity: 'WBRI', origin: 'white' },
      ...lists({
        girls: `Imogen Ruby Maisie Freya Lacey Poppy Evie Amelia Lily-Mae Scarlett Ellie Gracie Darcey Isla Summer Skye Lexi
          Paige Courtney Chloe Megan Jasmine Amber Libby Tia Bethany Lola Millie Eliza Harper Willow Mabel Edie Robyn Orla`,
        boys: `Jonah Alfie Kai Tobias Reece Archie Jude Riley Tyler Jayden Kian Corey Logan Mason Harley Leo Oscar Finley
          Callum Brandon Declan Zak Ellis Theo Freddie Bobby Tommy Albie Jenson Lewis Connor Rowan Elliot Dexter Ronnie`,
        women: `Kelly Donna Stacey Rachel Leanne Kirsty Gemma Jodie Natasha Claire Samantha Vicky Michelle Toni Hayley Becky
          Danielle Kayleigh Chantelle Lyndsey Joanne Tracey Zoe Abbie Shannon Kerry`,
        men: `Darren Lee Craig Mark Shaun Wayne Gareth Ryan Liam Dean Scott Anthony Stuart Jason Carl Ashley Jamie Kieran Ben
          Adam Nathan Simon Karl Ricky Luke Danny`,
      }),
    },
    list(`Thwaite Brackenbury Holroyd Sutcliffe Ackroyd Fellside Midgley Greaves Hartley Barraclough Illingworth Crabtree
      Greenwood Shackleton Naylor Firth Haigh Dyson Bottomley Clegg Ogden Schofield Entwistle Pickles Ramsden Sugden
      Whiteley Armitage Beaumont Booth Broadbent Earnshaw Feather Gledhill Helliwell Jagger Kaye Lumb Mallinson Noble
      Oldroyd Priestley Rushworth Stansfield Tordoff Uttley Varley Wadsworth Yates Smith Jones Taylor Brown Wilson Walker`),
  ),
  southAsianMuslim(
    {
      ...{ key: 'Pakistani', share: 12, ethnicity: 'APKN', origin: 'asian', language: 'Urdu' },
      ...lists({
        girls:
          'Aisha Ayesha Zara Maryam Hafsa Iqra Zainab Aleena Khadija Sumaira Hiba Laiba Inaya Fatima Noor Sana',
        boys: 'Yusuf Ibrahim Hamza Bilal Hassan Zain Ayaan Umar Haroon Adeel Rayyan Ismail Danyal Sufyan Haris Faizan',
        women: 'Shazia Nasreen Rukhsana Samina Tahira Farzana Saima Kausar Shabana Uzma Nazia Rubina Zahida',
        men: 'Tariq Imran Asif Nadeem Saqib Waseem Khalid Javed Arshad Zahid Shabir Amjad Kashif Rizwan',
      }),
    },
    {
      his: list('Hussain Mahmood Rehman Iqbal Shah Khan Akhtar Malik Mirza Raja Butt Ahmed'),
      hers: list('Begum Bibi Akhtar Kauser Parveen Jan Khatoon'),
    },
  ),
  southAsianMuslim(
    {
      ...{
        key: 'Bangladeshi',
        share: 2.5,
        ethnicity: 'ABAN',
        origin: 'asian',
        language: 'Bengali (Sylheti)',
      },
      ...lists({
        girls: 'Tahmina Nusrat Maliha Sadia Anika Farhana Ruqaiya Tasnim Jannat Sumaiya',
        boys: 'Rafiq Tanvir Shakil Nayeem Mahfuz Sabbir Zubair Tahmid Imtiaz Arman',
        women: 'Shirin Rahima Momtaz Hasina Jahanara Nazma Rokeya Salma',
        men: 'Abdul Faruk Shahin Monir Jamal Kamal Anwar Salim',
      }),
    },
    { his: list('Miah Uddin Ali Rahman Islam Hoque Choudhury'), hers: list('Begum Khatun Khanom Bibi') },
  ),
  sikh(
    {
      ...{
        key: 'Punjabi Sikh',
        share: 1.5,
        ethnicity: 'AIND',
        origin: 'asian',
        language: 'Panjabi',
        religion: 'Sikh',
      },
      ...lists({
        girls: 'Jasleen Simran Harleen Manpreet Gurpreet Amrit Kirandeep Navneet',
        boys: 'Arjan Gurdeep Harjit Jaspal Manraj Tejinder Sukhraj Karan',
        women: 'Parminder Balwinder Rajinder Surinder Jaswinder Harpreet',
        men: 'Harbhajan Jagtar Kulwinder Manjit Sukhdev Balbir',
      }),
    },
    list('Sandhu Gill Dhillon Grewal Sidhu Bains Mann Johal'),
  ),
  gujarati(
    {
      ...{
        key: 'Gujarati Hindu',
        share: 1,
        ethnicity: 'AIND',
        origin: 'asian',
        language: 'Gujarati',
        religion: 'Hindu',
      },
      ...lists({
        girls: 'Anjali Diya Kavya Meera Nisha Riya Isha Krupa',
        boys: 'Arjun Dev Kiran Nikhil Rohan Veer Jay Milan',
        women: 'Hansa Jyoti Bhavna Rekha Nila Sonal',
        men: 'Bharat Dinesh Rajesh Sanjay Nilesh Jayesh',
      }),
    },
    list('Patel Shah Mistry Desai Parmar Solanki Chauhan'),
  ),
  gendered(
    {
      ...{
        key: 'Polish',
        share: 4,
        ethnicity: 'WOTH',
        origin: 'white',
        language: 'Polish',
        religion: 'Roman Catholic',
      },
      ...lists({
        girls: 'Zofia Maja Hanna Oliwia Zuzanna Lena Wiktoria Nadia Alicja Amelia',
        boys: 'Kacper Szymon Filip Antoni Jakub Oskar Igor Mikołaj Wojciech Dawid',
        women: 'Agnieszka Magdalena Katarzyna Małgorzata Joanna Ewelina Dorota Monika',
        men: 'Paweł Tomasz Marcin Krzysztof Grzegorz Łukasz Piotr Rafał',
      }),
    },
    list(
      'Kowalski Nowak Wiśniewski Zieliński Wójcik Lewandowski Dąbrowski Jankowski Mazur Szczepański Sikora Górecki',
    ),
    polishForms,
  ),
  gendered(
    {
      ...{ key: 'Slovak Roma', share: 4, ethnicity: 'WROM', origin: 'white', language: 'Slovak' },
      ...lists({
        girls: 'Vanesa Sabina Nikola Ema Dominika Kristína Vivien Denisa Lívia Rebeka',
        boys: 'Denis Kevin Patrik Erik Rastislav Dominik Marek Sebastián Kristián Roland',
        women: 'Renáta Monika Ľubica Zdenka Eržika Margita Iveta Silvia',
        men: 'Rudolf Jozef Tibor Ladislav Zoltán Koloman Dezider Gejza',
      }),
    },
    list('Horváth Lakatoš Baláž Pokuta Čonka Žiga Tancoš Gábor Mirga Dunka Oláh Kováč'),
    slovakForms,
  ),
  english(
    {
      ...{
        key: 'Irish Traveller',
        share: 1.5,
        ethnicity: 'WIRT',
        origin: 'white',
        religion: 'Roman Catholic',
      },
      ...lists({
        girls: 'Margaret Bridget Kathleen Mary-Kate Theresa Shakira Noreen Philomena',
        boys: 'Patrick Michael John-Paul Martin Bernard Miley Jimmy Francis',
        women: 'Margaret Winifred Bridget Nora Helen Geraldine',
        men: 'Patrick Martin Simon Johnny Thomas Michael',
      }),
    },
    list('Doran Maughan Connors Quilligan Sheridan Mongan Cash Stokes'),
  ),
  arabic(
    {
      ...{
        key: 'Arab',
        share: 3,
        ethnicity: 'OOTH',
        origin: 'other',
        language: 'Arabic',
        religion: 'Muslim',
      },
      ...lists({
        girls: 'Layla Rania Yasmin Salma Dana Rahaf Jana Sidra Lamar Batoul',
        boys: 'Omar Khalid Karim Samir Tarek Anas Yazan Majd Nour Laith',
        women: 'Hanan Samira Amal Rasha Suhad Fadia',
        men: 'Mahmoud Bassam Ghassan Hani Walid Ziad Adnan Faris',
      }),
    },
    list('Al-Hashimi Al-Masri Haddad Khoury Al-Rifai Najjar Al-Jabouri Darwish Sabbagh'),
  ),
  yoruba(
    {
      ...{ key: 'Nigerian', share: 2, ethnicity: 'BAFR', origin: 'african', religion: 'Pentecostal' },
      ...lists({
        girls: 'Esther Grace Deborah Favour Precious Abigail Miracle Dorcas',
        boys: 'Daniel Samuel Emmanuel David Joshua Victor Gideon Joel',
        women: 'Blessing Grace Folake Ronke Comfort Patience',
        men: 'Sunday Femi Gbenga Kunle Festus Godwin',
      }),
    },
    list('Oluwaseun Temitope Ayomide Oluwadamilola Adebayo Omolara Folasade Olamide'),
    list('Adeyemi Balogun Ogunleye Akinwale Fashola Oyelaran Adekunle'),
  ),
  akan(
    {
      ...{
        key: 'Ghanaian',
        share: 1,
        ethnicity: 'BAFR',
        origin: 'african',
        language: 'Twi',
        religion: 'Methodist',
      },
      ...lists({
        girls: 'Gifty Priscilla Vida Naomi Portia Mercy',
        boys: 'Ebenezer Prince Derrick Isaac Michael Felix',
        women: 'Comfort Beatrice Gladys Dorothy',
        men: 'Ernest Francis Stephen Eric',
      }),
    },
    list('Mensah Owusu Boateng Asante Osei Agyeman'),
  ),
  threeNames({
    ...{
      key: 'Somali',
      share: 1.2,
      ethnicity: 'BAFR',
      origin: 'african',
      language: 'Somali',
      religion: 'Muslim',
    },
    ...lists({
      girls: 'Hodan Ayan Sagal Ifrah Hamdi Nasra Ilhan Fadumo',
      boys: 'Liban Abdirahman Guled Mahad Zakariya Ayub Mustafe Bile',
      women: 'Faduma Sahra Khadra Asha Hibo',
      men: 'Abdi Warsame Farah Jama Elmi Hassan Yusuf Nur',
    }),
  }),
  twoNames({
    ...{
      key: 'Eritrean',
      share: 1,
      ethnicity: 'BAFR',
      origin: 'african',
      language: 'Tigrinya',
      religion: 'Eritrean Orthodox',
    },
    ...lists({
      girls: 'Selam Hana Semira Rahwa Winta Luwam',
      boys: 'Yonas Biniam Filmon Natnael Robel Henok',
      women: 'Almaz Tsehay Letebrhan Freweini',
      men: 'Tesfaye Haile Bereket Dawit Kidane Mehari',
    }),
  }),
  english(
    {
      ...{ key: 'Caribbean', share: 2.3, ethnicity: 'BCRB', origin: 'caribbean' },
      ...lists({
        girls: 'Shanice Aaliyah Kiara Renée Tamara Jada Monique Destiny',
        boys: 'Jermaine Malachi Tyrell Andre Isaiah Kymani Darnell Micah',
        women: 'Marcia Beverley Sonia Yvonne Natalie Simone',
        men: 'Winston Delroy Leroy Marlon Errol Clive',
      }),
    },
    list('Campbell Grant Francis Gordon Reid Bailey Palmer Samuels'),
  ),
]

const weights = communities.map((community) => [community, community.share] as const)

export const aCommunity = (chance: Chance): Community => chance.weighted(weights)

/** @throws when there is none of that name, so that a slip shows at once */
export function communityOf(key: string): Community {
  const found = communities.find((community) => community.key === key)
  if (!found) throw new Error(`There is no community ${key}`)
  return found
}

/** Young people who came alone: most from where one name is all the name one has. */
export const alone: Community = {
  ...{ key: 'Afghan', share: 0, ethnicity: 'AOTH', origin: 'asian', language: 'Pashto', religion: 'Muslim' },
  ...lists({
    girls: 'Parwana Shabnam Zarghuna',
    boys: 'Najibullah Zabihullah Rahmatullah Asadullah Wali Mirwais Gul',
  }),
  adult: (chance, sex) => ({ forename: chance.one(sex === 'F' ? ['Parwana'] : ['Gul']) }),
  child: (_, { forename }) => ({ forename }),
}

/** How the census counts a child of these parents; where nobody knows the father, as the mother. */
export function ethnicityOf(mother: Community, father: Community | undefined): string {
  if (!father || father.origin === mother.origin) return mother.ethnicity
  const origins = [mother.origin, father.origin]
  if (!origins.includes('white')) return 'MOTH'
  if (origins.includes('caribbean')) return 'MWBC'
  if (origins.includes('african')) return 'MWBA'
  return origins.includes('asian') ? 'MWAS' : 'MOTH'
}

export const fullName = ({ forename, middle, surname }: PersonName): string =>
  [forename, middle, surname].filter(Boolean).join(' ')
