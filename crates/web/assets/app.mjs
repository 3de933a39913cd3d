// Small enhancements, each optional: drafts, countdown, check of one field, live room, keys, print.

import { wordsOf } from './words.mjs'

const words = wordsOf('page')

/** Switches on everything that the page asks for by its attributes. */
export function enhance (root) {
  root.querySelectorAll('[data-countdown]').forEach(countDown)
  root.querySelectorAll('form[data-draft]').forEach(keepDraft)
  root.querySelectorAll('[data-check]').forEach(checkField)
  root.querySelectorAll('[data-live]').forEach(followRoom)
  root.querySelectorAll('table[data-keys]').forEach(walkRows)
  root.querySelectorAll('[data-print]').forEach((button) => {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  })
  root.querySelectorAll('[data-clock]').forEach(tick)
}

/** The time left until the moment in the attribute; data-now, here or on the page, is the server's clock. */
function countDown (place) {
  const end = Date.parse(place.dataset.countdown)
  const served = place.dataset.now ?? document.documentElement.dataset.now
  const shift = served ? Date.parse(served) - Date.now() : 0
  if (Number.isNaN(end)) return
  const show = () => {
    const left = Math.floor((end - Date.now() - shift) / 1000)
    if (left <= 0) { place.textContent = words.over; return }
    const [d, h, m, s] = [Math.floor(left / 86400), Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60]
    place.textContent = d > 0 ? `${d} ${words.days} ${h} ${words.hours}` : `${h} ${words.hours} ${m} ${words.minutes} ${s} ${words.seconds}`
    setTimeout(show, d > 0 ? 60000 : 1000)
  }
  show()
}

/** A running clock in the room, from the server's time in the attribute. */
function tick (place) {
  const shift = Date.parse(place.dataset.clock) - Date.now()
  if (Number.isNaN(shift)) return
  const form = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const show = () => { place.textContent = form.format(new Date(Date.now() + shift)) }
  show()
  setInterval(show, 1000)
}

/** Keeps what was typed on this device until the form is sent. Never keeps secrets or files. */
function keepDraft (form) {
  const key = `draft:${form.dataset.draft}`
  const fields = () => [...form.elements].filter((one) => one.name && one.name !== 'csrf' && !['password', 'file', 'hidden', 'submit', 'button'].includes(one.type))
  const note = document.createElement('p')
  note.className = 'govuk-hint'
  note.setAttribute('role', 'status')
  form.append(note)
  try {
    const kept = JSON.parse(localStorage.getItem(key) || 'null')
    if (kept && !form.querySelector('[aria-invalid]')) {
      for (const one of fields()) {
        if (!(one.name in kept)) continue
        if (one.type === 'radio' || one.type === 'checkbox') one.checked = kept[one.name].includes(one.value)
        else if (one.value === '') one.value = kept[one.name][0] || ''
      }
      note.textContent = words.restored
    }
  } catch { return }
  let waiting
  form.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      const kept = {}
      for (const one of fields()) {
        kept[one.name] ||= []
        if (!['radio', 'checkbox'].includes(one.type) || one.checked) kept[one.name].push(one.value)
      }
      try { localStorage.setItem(key, JSON.stringify(kept)); note.textContent = words.saved } catch { note.textContent = '' }
    }, 800)
  })
  form.addEventListener('submit', () => { clearTimeout(waiting); localStorage.removeItem(key) })
}

/** Asks the server about one field on leaving it: data-check is the address, the answer a sentence or nothing. */
function checkField (field) {
  field.addEventListener('blur', async () => {
    const group = field.closest('.govuk-form-group')
    if (!group || field.value === '') return
    try {
      const answer = await fetch(`${field.dataset.check}?${new URLSearchParams({ value: field.value })}`, { headers: { accept: 'text/plain' } })
      if (!answer.ok) return
      say(field, group, (await answer.text()).trim())
    } catch { /* The form itself is checked when it is sent. */ }
  })
}

function say (field, group, sentence) {
  const id = `${field.id}-error`
  let place = document.getElementById(id)
  if (sentence === '') {
    if (place) place.remove()
    field.removeAttribute('aria-invalid')
  } else {
    if (!place) {
      place = document.createElement('p')
      place.id = id
      place.className = 'govuk-error-message'
      ;(field.closest('.govuk-input__wrapper') || field).before(place)
    }
    place.textContent = sentence
    field.setAttribute('aria-invalid', 'true')
    field.setAttribute('aria-describedby', id)
  }
  group.classList.toggle('govuk-form-group--error', sentence !== '')
  field.classList.toggle('govuk-input--error', sentence !== '')
}

/** Loads the page again when the server says that the room changed. */
function followRoom (place) {
  const source = new EventSource(place.dataset.live)
  let waiting
  source.addEventListener('changed', () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => location.reload(), 300)
  })
  addEventListener('pagehide', () => source.close())
}

/** J and K walk through the rows, Enter or O opens the row; typing in fields is left alone. */
function walkRows (table) {
  const rows = [...table.querySelectorAll('tbody tr')]
  let at = -1
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,select,textarea,button,summary')) return
    const key = event.key.toLowerCase()
    if (key === 'j' || key === 'k') {
      at = Math.max(0, Math.min(rows.length - 1, at + (key === 'j' ? 1 : -1)))
      rows.forEach((row, index) => row.classList.toggle('app-row-here', index === at))
      rows[at]?.querySelector('a')?.focus()
      rows[at]?.scrollIntoView({ block: 'nearest' })
    } else if (key === 'o' && at >= 0) {
      rows[at].querySelector('a')?.click()
    }
  })
}
