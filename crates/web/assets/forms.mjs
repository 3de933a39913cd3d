// What forms do before they are sent: ask the server about a field, keep a draft, say how many results there are.
// Every answer comes from the address that takes the form itself, by the same rule (web/src/shell/early.rs).

import { wordsOf } from './words.mjs'

const words = wordsOf('form')

/** A pause in typing after which something is asked or saved, and the least time between two drafts, in ms. */
const PAUSE = 700
const DRAFT_PAUSE = 2000
const DRAFT_GAP = 8000

export function enhanceForms (root) {
  root.querySelectorAll('[data-total]').forEach(addUp)
  root.querySelectorAll('form[data-check]').forEach(checkFields)
  root.querySelectorAll('form[data-draft]').forEach(keepDraft)
  root.querySelectorAll('form[action$="/sign-out"]').forEach((form) => form.addEventListener('submit', forgetDrafts))
  tellResults()
}

/** Sends the form as its button `pairs` would (a=b&c=d), files apart, with one more header. */
function send (form, header, pairs, key) {
  const fields = new FormData(form)
  form.querySelectorAll('input[type=file]').forEach((input) => fields.delete(input.name))
  new URLSearchParams(pairs).forEach((value, name) => fields.set(name, value))
  if (key) fields.set('request_key', key)
  const body = form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields)
  // A button of the form may be called `action`, so the property is not asked.
  return fetch(form.getAttribute('action'), { method: 'POST', body, headers: { accept: 'application/json', ...header }, redirect: 'manual' })
}

/** A place whose changes are read out. */
function status (className) {
  const place = document.createElement('p')
  place.className = className
  place.setAttribute('role', 'status')
  return place
}

/** Asks about each field once it was changed, and about the faulty ones again while they are being mended. */
function checkFields (form) {
  const asked = new Set([...form.querySelectorAll('.govuk-error-message[id$="-error"]')].map((one) => one.id.slice(0, -6)))
  const region = status('govuk-visually-hidden')
  form.append(region)
  let round = 0
  let waiting
  const ask = async (changed) => {
    clearTimeout(waiting)
    asked.add(changed)
    const mine = ++round
    try {
      const answer = await send(form, { 'x-check-fields': [...asked].join(',') }, form.dataset.check)
      if (mine !== round || answer.status !== 200) return
      const { faults } = await answer.json()
      for (const field of asked) {
        const sentence = sentencesOf(faults, field)
        const before = say(form, field, sentence)
        if (field === changed && before !== sentence) region.textContent = labelOf(form, field) + words.colon + (sentence || words.mended)
      }
    } catch { /* The form itself is checked when it is sent. */ }
  }
  form.addEventListener('change', ({ target }) => { if (fieldOf(target)) ask(fieldOf(target)) })
  form.addEventListener('input', ({ target }) => {
    const field = fieldOf(target)
    if (!field || !document.getElementById(`${field}-error`)) return
    clearTimeout(waiting)
    waiting = setTimeout(() => ask(field), PAUSE)
  })
}

/** All that is wrong with a field, a line each. */
function sentencesOf (faults, field) {
  return faults.filter((fault) => fault.field === field).map((fault) => fault.text).join('\n')
}

/** The field's id as faults name it; nothing for what is not typed or chosen. */
function fieldOf (input) {
  if (!input.name || ['password', 'file', 'hidden', 'submit', 'button'].includes(input.type)) return ''
  return input.closest('[data-field]')?.dataset.field ?? input.name
}

function labelOf (form, field) {
  const input = document.getElementById(field)
  const group = input?.closest('fieldset')?.querySelector('legend')
  const label = ['radio', 'checkbox'].includes(input?.type) && group ? group : input?.labels?.[0]
  return (label?.textContent ?? input?.getAttribute('aria-label') ?? '').trim()
}

/** Puts the sentence beside the field, or takes it away; gives what stood there before. */
function say (form, field, sentence) {
  const input = document.getElementById(field)
  if (!input || !form.contains(input)) return sentence
  const id = `${field}-error`
  let place = document.getElementById(id)
  const before = place?.textContent ?? ''
  if (before === sentence) return before
  const list = input.closest('.govuk-radios, .govuk-checkboxes')
  const described = (list && input.closest('fieldset')) || input
  if (sentence && !place) {
    place = document.createElement('p')
    place.id = id
    place.className = 'govuk-error-message'
    ;(list || input.closest('.govuk-input__wrapper') || input).before(place)
  }
  if (sentence) place.textContent = sentence
  else place.remove()
  const ids = (described.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id)
  if (sentence) ids.push(id)
  if (ids.length) described.setAttribute('aria-describedby', ids.join(' '))
  else described.removeAttribute('aria-describedby')
  if (sentence) described.setAttribute('aria-invalid', 'true')
  else described.removeAttribute('aria-invalid')
  input.closest('.govuk-form-group')?.classList.toggle('govuk-form-group--error', sentence !== '')
  for (const kind of ['govuk-input', 'govuk-textarea', 'govuk-select']) {
    if (input.classList.contains(kind)) input.classList.toggle(`${kind}--error`, sentence !== '')
  }
  tidySummary(field, sentence)
  return before
}

/** The summary at the page's head names no fault that is mended, and tells of the others as they are now. */
function tidySummary (field, sentence) {
  const summary = document.querySelector('.govuk-error-summary')
  const links = [...(summary?.querySelectorAll(`a[href="#${CSS.escape(field)}"], a[href="#${field}"]`) ?? [])]
  if (!links.length) return
  const sentences = sentence ? sentence.split('\n') : []
  links.forEach((link, at) => {
    if (at < sentences.length) link.textContent = sentences[at]
    else link.closest('li').remove()
  })
  if (!summary.querySelector('li')) summary.remove()
}

/**
 * Keeps what was typed: on this device at once, on the server when typing pauses if the form says how
 * (`data-autosave`, the pairs of its Save button). Never keeps secrets or files.
 */
function keepDraft (form) {
  const key = `draft:${form.dataset.draft}`
  const versionOf = () => form.elements.namedItem('version')?.value ?? ''
  const fields = () => [...form.elements].filter((one) => one.name && one.name !== 'csrf' && !['password', 'file', 'hidden', 'submit', 'button'].includes(one.type))
  const isRemote = 'autosave' in form.dataset
  const note = form.querySelector('[data-draft-note]') ?? form.appendChild(status('govuk-hint app-saved'))
  note.setAttribute('role', 'status')
  if (isRemote && note.textContent.trim() === '') note.textContent = words.ready
  const keep = () => {
    const typed = {}
    for (const one of fields()) {
      typed[one.name] ||= []
      if (!['radio', 'checkbox'].includes(one.type) || one.checked) typed[one.name].push(one.value)
    }
    try { localStorage.setItem(key, JSON.stringify({ version: versionOf(), typed })); return true } catch { return false }
  }
  const isRestored = restore(key, fields(), versionOf())
  if (isRestored) note.textContent = words.restored
  const saving = isRemote ? saveRemotely(form, note, () => localStorage.removeItem(key)) : undefined
  if (isRestored) saving?.()
  form.addEventListener('input', () => {
    if (keep() && !isRemote) note.textContent = words.onDevice
    saving?.()
  })
  // A grave act may ask for the password first: what was typed waits on this device until it is sent again.
  const isWaiting = 'grave' in form.dataset && !isRestored
  form.addEventListener('submit', (event) => {
    if (!event.defaultPrevented && versionOf() === '' && !isWaiting) localStorage.removeItem(key)
  })
}

/**
 * Puts back what this device kept. When the server has moved on since, only blanks are filled: what was sent
 * has arrived, or someone else has written.
 */
function restore (key, fields, version) {
  let kept
  try { kept = JSON.parse(localStorage.getItem(key) || 'null') } catch { return false }
  if (!kept?.typed) return false
  const isNewer = kept.version === version
  let changed = false
  for (const one of fields) {
    const values = kept.typed[one.name]
    if (!values) continue
    if (one.type === 'radio' || one.type === 'checkbox') {
      if (!isNewer || one.checked === values.includes(one.value)) continue
      one.checked = values.includes(one.value)
    } else {
      const value = values.shift() ?? ''
      if (one.value === value || (!isNewer && one.value !== '')) continue
      one.value = value
    }
    changed = true
  }
  if (!isNewer) localStorage.removeItem(key)
  return changed
}

/** Gives the function to call when something was typed. One save at a time; the button waits for it. */
function saveRemotely (form, note, forget) {
  const base = form.elements.namedItem('request_key')?.value ?? ''
  let [waiting, isDirty, isBusy, isOver, saved, count, last] = [undefined, false, false, false, 0, 0, 0]
  const tell = (text, isBad) => {
    note.textContent = text
    note.classList.toggle('app-saved--bad', isBad)
  }
  const soon = () => {
    clearTimeout(waiting)
    if (!isOver) waiting = setTimeout(save, Math.max(DRAFT_PAUSE, saved + DRAFT_GAP - Date.now()))
  }
  async function save () {
    if (isBusy || isOver || !isDirty) return
    isBusy = true
    isDirty = false
    last = Date.now()
    try {
      await hear(await send(form, { 'x-save-draft': '1' }, form.dataset.autosave, `${base}-${++count}`))
    } catch {
      isDirty = true
      tell(words.unreachable, true)
    }
    isBusy = false
    saved = last
    form.dispatchEvent(new Event('draft:idle'))
    if (isDirty) soon()
  }
  async function hear (answer) {
    if (![200, 409, 422].includes(answer.status)) {
      isOver = answer.type === 'opaqueredirect' || answer.status < 500
      return tell(isOver ? words.signIn : words.unreachable, true)
    }
    const { text, version, faults } = await answer.json()
    tell(text, answer.status !== 200)
    if (answer.status === 409) {
      isOver = true
      const link = document.createElement('a')
      Object.assign(link, { href: location.pathname, target: '_blank', rel: 'noopener', className: 'govuk-link', textContent: words.newest })
      note.append(' ', link)
    }
    if (answer.status === 200 && !isDirty) forget()
    if (version) form.elements.namedItem('version').value = version
    for (const field of new Set(faults.map((fault) => fault.field))) say(form, field, sentencesOf(faults, field))
  }
  form.addEventListener('submit', (event) => {
    clearTimeout(waiting)
    if (!isBusy) { isOver = true; return }
    event.preventDefault()
    isDirty = false
    form.addEventListener('draft:idle', () => form.requestSubmit(event.submitter), { once: true })
  })
  addEventListener('online', () => { if (isDirty) save() })
  return () => { isDirty = true; soon() }
}

/** The sum of the fields whose names begin as the attribute says, in hundredths, as it is typed. */
function addUp (place) {
  const form = place.closest('form')
  const show = () => {
    const typed = [...form.elements].filter((one) => one.tagName === 'INPUT' && one.name.startsWith(place.dataset.total))
    const hundredths = typed.map((one) => Math.round(Number(one.value.trim()) * 100)).filter((one) => Number.isFinite(one))
    place.textContent = (hundredths.reduce((sum, one) => sum + one, 0) / 100).toFixed(2)
  }
  form.addEventListener('input', show)
  show()
}

/** Whoever signs out leaves nothing typed behind on a shared device. */
function forgetDrafts () {
  Object.keys(localStorage).filter((key) => key.startsWith('draft:')).forEach((key) => localStorage.removeItem(key))
}

/** After a filter has refreshed the list in place, its count is read out; blank filters leave the address. */
function tellResults () {
  const region = document.getElementById('results-said')
  if (!region) return
  document.addEventListener('htmx:config:request', ({ detail }) => {
    const asked = detail.ctx.request.body
    for (const [name, value] of [...asked]) if (value === '') asked.delete(name)
  })
  document.addEventListener('htmx:after:swap', () => { region.textContent = document.getElementById('results')?.dataset.said ?? '' })
}
