// Words for what the data name, and small marks.
import { el } from './dom.js'
import { words } from './format.js'
import { name } from './outside.js'

const RELATIONS = {
  exact: 'identical', verbatim: 'identical', near: 'nearly identical', edited: 'edited', contained: 'contained', reworded: 'reworded', unknown: 'unknown'
}

const CLASSES = {
  wholly: 'wholly derived', partially: 'partially derived', non_derived: 'not derived', common_source: 'common source', incidental: 'incidental', undecided: 'undecided'
}

export const relationName = relation => RELATIONS[relation] ?? words(relation)
export const className = name => CLASSES[name] ?? words(name)
export const relationLabels = ['exact', 'near', 'edited', 'contained', 'reworded', 'quotation', 'boilerplate']
export const classLabels = Object.keys(CLASSES)

// What an article is called.
export const titleOf = article => name(article?.title || article?.name, 'untitled')

const ALARMING = new Set(['numbers_differ', 'negation_differs', 'names_differ', 'quote_altered', 'words_differ'])

export const flags = list => (list ?? []).map(flag =>
  el('span', { class: ALARMING.has(flag) ? 'badge alarm' : 'badge' }, ALARMING.has(flag) ? '⚠ ' : '', words(flag)))

// The same in one short mark, for lists.
export function flagsShort (list) {
  const alarming = (list ?? []).filter(flag => ALARMING.has(flag)).map(flag => flag.replace(/_(differs?|altered)$/, ''))
  if (alarming.length === 0) return null
  return el('span', { class: 'badge alarm' }, `⚠ ${alarming.join(', ')}`)
}

export const relation = name => name && el('span', { class: `badge relation ${String(name).replace(/[^a-z]/g, '')}` }, relationName(name))

const CERTAINTY = {
  certain: ['first', 'by times that are exact to the minute'],
  tie: ['tie', 'times are too near to each other, or known to the day only'],
  unknown: ['order unknown', 'a time is not known']
}

export function certainty (name) {
  const [label, title] = CERTAINTY[name] ?? [words(name), '']
  return el('span', { class: `badge certainty ${name === 'certain' ? 'first' : ''}`, title }, name === 'certain' ? '★ ' : '', label)
}
