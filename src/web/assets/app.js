// Everything here makes pages better; nothing needs it.

import { startConditions } from './conditions.js'
import { startDrafts } from './drafts.js'
import { startForms } from './forms.js'
import * as govuk from './govuk.js'
import { startKeys } from './keys.js'
import { startLikelyPeople } from './likely-people.js'
import { startLock } from './lock.js'
import { startMeasures } from './measures.js'
import { showOpenPart, startMenus } from './menus.js'
import * as moj from './moj.js'
import { startNotes } from './notes.js'
import { startPeopleTold } from './people-told.js'
import { startProgress } from './progress.js'
import { startSuggestions } from './suggestions.js'
import { startTables } from './tables.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
govuk.initAll()
moj.initAll()
startMenus()
showOpenPart()
startMeasures()
startKeys()
startForms()
startConditions()
startDrafts()
startNotes()
startLock()
startTables()
startProgress()
startSuggestions()
startLikelyPeople()
startPeopleTold()
for (const button of document.querySelectorAll('[data-print]'))
  button.addEventListener('click', () => print())
