// The filters, which stand above every view, and the totals that follow them.
import { el } from './dom.js'
import { plain } from './outside.js'
import { words } from './format.js'
import { isActive, NONE } from './model.js'

export function filters (model, onchange) {
  const filter = { ...NONE }
  const inputs = []
  let waiting = 0

  function changed () {
    clear.disabled = !isActive(filter)
    state.textContent = isActive(filter) ? 'active' : ''
    clearTimeout(waiting)
    waiting = setTimeout(() => onchange(filter), 60)
  }

  function bind (input, key, read) {
    inputs.push(() => { if (input.type === 'checkbox') input.checked = NONE[key]; else input.value = NONE[key] })
    input.addEventListener('input', () => { filter[key] = read(input); changed() })
    return input
  }

  const field = (label, input) => el('label', { class: 'field' }, el('span', {}, label), input)
  const text = (key, label, type, read, more = {}) =>
    field(label, bind(el('input', { type, value: NONE[key], name: key, ...more }), key, read))
  const choice = (key, label, all, options, read = it => it.value) => field(label, bind(
    el('select', { name: key }, el('option', { value: NONE[key] }, all), options.map(([value, shown]) => el('option', { value }, shown))), key, read))
  const box = (key, label) => el('label', { class: 'box' },
    bind(el('input', { type: 'checkbox', name: key, checked: NONE[key] }), key, it => it.checked), ' ', label)

  const sources = model.sources.map((source, index) => [index, plain(source.name, 60)]).sort((a, b) => a[1] < b[1] ? -1 : 1)
  const named = list => list.filter(name => name !== 'unknown').map(name => [name, words(name)])
  const clear = el('button', { type: 'button', class: 'quiet', disabled: true, onclick: () => {
    Object.assign(filter, NONE)
    for (const reset of inputs) reset()
    changed()
  } }, 'Clear filters')
  const state = el('span', { class: 'badge' })
  const node = el('details', { class: 'filters' },
    el('summary', {}, 'Filters ', state),
    el('div', { class: 'fields' },
      text('from', 'Published from', 'date', it => it.value),
      text('to', 'to', 'date', it => it.value),
      choice('source', 'Source', 'all sources', sources, it => Number(it.value)),
      choice('kind', 'Kind of source', 'all kinds', named(model.kinds)),
      choice('relation', 'Relation', 'all relations', named(model.codes.relations)),
      choice('flag', 'Flag', 'with or without', named(model.codes.flags)),
      text('words', 'Words in a sentence, at least', 'number', it => Math.max(0, Number(it.value) || 0), { min: 0, max: 1000 })),
    el('fieldset', { class: 'boxes' }, el('legend', {}, 'Leave out'),
      box('quotes', 'quotations'), box('boilerplate', 'boilerplate'), box('credited', 'credited copy'), box('family', 'same family')),
    clear)
  if (innerWidth > 1000) node.open = false
  return { node, filter }
}
