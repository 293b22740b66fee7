import { definePaths } from '../web/paths.ts'

/** Addresses of what workers do with a record whatever the kind of help. My work itself is in web/house-paths.ts. */
export const paths = definePaths({
  allocate: '/allocate',
  due: '/due',
  dueOfChild: '/children/:person/due',
  decideDue: '/children/:person/due/:due/decide',
  takeBackDue: '/children/:person/due/:due/take-back',
  clocks: '/administration/clocks',
  clock: '/administration/clocks/:clock',
  endTime: '/administration/clocks/:clock/times/:time/end',
  bankHolidays: '/administration/bank-holidays',
  takeBackHoliday: '/administration/bank-holidays/:day/take-back',
  chronology: '/children/:person/chronology',
  notes: '/children/:person/notes',
  noteNew: '/children/:person/notes/new',
  note: '/children/:person/notes/:note',
  noteAdd: '/children/:person/notes/:note/add',
  noteMark: '/children/:person/notes/:note/significant',
  noteMove: '/children/:person/notes/:note/wrong-person',
  documents: '/children/:person/documents',
  documentNew: '/children/:person/documents/new',
  document: '/children/:person/documents/:document',
  documentLook: '/children/:person/documents/:document/look',
  documentDownload: '/children/:person/documents/:document/download',
  documentMove: '/children/:person/documents/:document/wrong-record',
})
