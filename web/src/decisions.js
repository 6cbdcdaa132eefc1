// What a person decided in the page: accept, reject or relabel, with a note; saved as a file, opened from one.
//
// The file has a JSON object a line: {"id", "kind", "decision", "label", "note"}, and "a", "b" (the ids of two sentences) where a
// pair of sentences is decided. Ids are the same in every run, so decisions survive one.
import { el, unique } from './dom.js'
import { plain } from './outside.js'

const made = new Map()
// What is called when a decision changes, and the node without which it need not be.
const listeners = new Map()
let unsaved = false

export const CHOICES = ['accept', 'reject', 'relabel']

// How many characters of a file of decisions are read.
const LARGEST = 64 * 1024 * 1024

export const of = id => made.get(id)
export const number = () => made.size
export const all = () => [...made.values()].sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
export const isRejected = id => made.get(id)?.decision === 'reject'

// What a person called it, or what it is called else.
export function called (id, name) {
  const found = made.get(id)
  return found?.decision === 'relabel' && found.label ? plain(found.label, 100) : name
}
export const listen = (listener, node = document) => listeners.set(listener, node)

function changed () {
  for (const [listener, node] of listeners) {
    if (node.isConnected) listener()
    else listeners.delete(listener)
  }
}

export function decide (entry) {
  if (entry.decision) made.set(entry.id, entry)
  else made.delete(entry.id)
  unsaved = true
  changed()
}

export function asText () {
  // Half a character at a cut would be no text for others.
  const whole = (_, value) => typeof value === 'string' && value.toWellFormed ? value.toWellFormed() : value
  return all().map(({ id, kind, decision, label, note, ...rest }) =>
    JSON.stringify({ id, kind, decision, label: label || null, note: note || '', ...rest }, whole) + '\n').join('')
}

// Takes lines over; broken ones are counted.
export function take (text) {
  let broken = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    try {
      takeOne(JSON.parse(line))
    } catch {
      broken++
    }
  }
  changed()
  return broken
}

// Takes over what the page was made with.
export function takeAll (entries) {
  for (const entry of entries) {
    try { takeOne(entry) } catch {}
  }
  changed()
}

function takeOne (entry) {
  if (typeof entry?.id !== 'string' || !CHOICES.includes(entry.decision)) throw new Error('no decision')
  const string = value => typeof value === 'string' ? value : ''
  const { id, decision } = entry
  const kept = { id, kind: string(entry.kind) || 'pair', decision, label: string(entry.label) || null, note: string(entry.note) }
  for (const name of ['a', 'b', 'text']) if (typeof entry[name] === 'string') kept[name] = entry[name]
  made.set(id, kept)
}

export function save () {
  const href = URL.createObjectURL(new Blob([asText()], { type: 'application/x-ndjson' }))
  const link = el('a', { href, download: 'decisions.jsonl', hidden: true })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
  unsaved = false
  changed()
}

addEventListener('beforeunload', event => { if (unsaved && made.size > 0) event.preventDefault() })

// The buttons to save and open, for the head of the page.
export function bar () {
  const told = el('span', { class: 'muted', role: 'status' })
  const input = el('input', { type: 'file', accept: '.jsonl,.json,.txt', class: 'visually-hidden', tabindex: -1, 'aria-label': 'File of decisions' })
  const saving = el('button', { type: 'button', class: 'quiet', id: 'save-decisions', onclick: save })
  const opening = el('button', { type: 'button', class: 'quiet', onclick: () => input.click() }, 'Open decisions')
  input.addEventListener('change', async () => {
    const [file] = input.files
    if (!file) return
    if (file.size > LARGEST) {
      told.textContent = 'This file is too large.'
      return
    }
    const broken = take(await file.text())
    told.textContent = broken > 0 ? `${broken} lines are no decisions.` : ''
    input.value = ''
  })
  const show = () => {
    saving.textContent = made.size === 0 ? 'Save decisions' : `Save ${made.size} decision${made.size === 1 ? '' : 's'}${unsaved ? ' *' : ''}`
    saving.disabled = made.size === 0
  }
  listen(show)
  show()
  return el('div', { class: 'decisions-bar' }, told, saving, opening, input)
}

// The form for one thing. `subject` holds id, kind and what else shall stand in the file; `labels` are offered for relabelling.
export function form (subject, labels, question = 'Is this a match?', style = 'decision') {
  const now = of(subject.id) ?? {}
  const group = unique('decision')
  const list = unique('labels')
  const label = el('input', { type: 'text', value: now.label ?? '', list, 'aria-label': 'New label', maxlength: 100, placeholder: 'label' })
  const note = el('input', { type: 'text', value: now.note ?? '', 'aria-label': 'Note', maxlength: 1000, placeholder: 'note' })
  const options = [['', 'undecided'], ['accept', 'accept'], ['reject', 'reject'], ['relabel', 'relabel']]
  const inputs = options.map(([value]) => el('input', { type: 'radio', name: group, value, checked: (now.decision ?? '') === value }))
  const store = () => {
    const decision = inputs.find(input => input.checked)?.value ?? ''
    label.hidden = decision !== 'relabel'
    note.hidden = decision === ''
    decide({ ...subject, decision, label: decision === 'relabel' ? label.value : null, note: note.value })
  }
  for (const input of [...inputs, label, note]) input.addEventListener('change', store)
  label.hidden = now.decision !== 'relabel'
  note.hidden = !now.decision
  return el('fieldset', { class: style },
    el('legend', {}, question),
    inputs.map((input, i) => el('label', {}, input, ' ', options[i][1])),
    label,
    el('datalist', { id: list }, labels.map(value => el('option', { value: plain(value) }))),
    note)
}

// A mark for lists.
export function mark (id) {
  const found = of(id)
  if (!found) return null
  const signs = { accept: '✓ accepted', reject: '✗ rejected', relabel: '↻ ' + plain(found.label ?? 'relabelled', 30) }
  return el('span', { class: `badge decided ${found.decision}` }, signs[found.decision])
}
