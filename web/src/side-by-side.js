// Two articles beside each other: what they share stands in one row, with its changes marked.
import * as data from './data.js'
import { called, form, mark } from './decisions.js'
import { el, replace } from './dom.js'
import { count, counted, lag, percent, time } from './format.js'
import { certainty, className, classLabels, flags, relation, relationLabels, titleOf } from './labels.js'
import { side } from './marked.js'
import { address, name, passage } from './outside.js'
import { facts } from './table.js'

const choice = { show: 'all', loose: false }

export async function view ({ model }, [a, b]) {
  const [first, second] = [model.articles[a], model.articles[b]]
  if (!first || !second) return el('p', {}, 'There is no such article.')
  const [one, other] = await Promise.all([data.details('articles', a), data.details('articles', b)])
  const pair = model.pair(a, b)
  const rows = aligned(one ?? [], other ?? [], a)
  const matched = rows.filter(row => row.left >= 0 && row.right >= 0)
  const body = el('div', { class: 'beside', role: 'table', 'aria-label': 'Both texts, sentence by sentence' })
  const ids = await wordings(matched.map(row => [one[row.left], other[row.right]]))
  const draw = () => replace(body, head(model, a, b), rows.filter(wanted).map(row => line(row, one, other, ids)))
  const wanted = row => {
    const isMatch = row.left >= 0 && row.right >= 0
    if (choice.show === 'shared') return isMatch || row.moved
    if (choice.show === 'differences') return !isMatch || one[row.left].text !== other[row.right].text
    return true
  }
  const shows = [['all', 'everything'], ['shared', 'what is shared'], ['differences', 'what differs']]
  draw()
  return el('div', {},
    el('h2', {}, 'Side by side'),
    pair ? measures(pair) : el('p', { class: 'muted' }, `${counted(matched.length, 'sentence')} of the same stories; no measures are stored for this pair.`),
    pair && form({ id: pair.id, kind: 'article_pair', a: model.articles[pair.a].id, b: model.articles[pair.b].id }, classLabels, 'Does the later article carry the earlier one?'),
    el('div', { class: 'fields no-print' },
      el('fieldset', { class: 'boxes' }, el('legend', {}, 'Show'), shows.map(([value, label]) => el('label', { class: 'box' },
        el('input', { type: 'radio', name: 'show', value, checked: choice.show === value, onchange: () => { choice.show = value; draw() } }), ' ', label))),
      el('fieldset', { class: 'boxes' }, el('legend', {}, 'Compare'), [[false, 'as written'], [true, 'letters and digits only']].map(([value, label]) => el('label', { class: 'box' },
        el('input', { type: 'radio', name: 'loose', checked: choice.loose === value, onchange: () => { choice.loose = value; draw() } }), ' ', label)))),
    body)
}

const measures = pair => facts([
  ['Shared', `${count(pair.words_shared)} words: ${percent(pair.share_of_a)} of the first, ${percent(pair.share_of_b)} of the second`],
  ['Verbatim', `${count(pair.verbatim_words)} words`],
  ['Class', called(pair.id, className(pair.class)), ' ', mark(pair.id)],
  ['Lag', lag(pair.lag_seconds), ' ', certainty(pair.certainty)],
  ['Credited', pair.credited],
  ['Order kept', pair.order_kept === null || pair.order_kept === undefined ? '–' : pair.order_kept.toFixed(2)],
  pair.flags?.length > 0 && ['Flags', flags(pair.flags)],
  pair.is_update && ['Update', 'the second is an update of the first']
], 'facts wide')

function head (model, a, b) {
  const cell = index => {
    const article = model.articles[index]
    return el('div', { role: 'columnheader' },
      el('strong', {}, el('a', { href: `#article/${index}` }, titleOf(article))), el('br'),
      name(model.sources[article.source]?.name), ' · ', time(article.published), el('br'), address(article.url))
  }
  return el('div', { role: 'row', class: 'pair head' }, cell(a), cell(b))
}

// Rows of both texts in order. A sentence of the second stands beside the one that it comes from, or that is in its cluster;
// what stands in another order has a row of its own on either side.
function aligned (one, other, a) {
  const byCluster = new Map()
  one.forEach((sentence, index) => { if (sentence.cluster !== null && !byCluster.has(sentence.cluster)) byCluster.set(sentence.cluster, index) })
  const partner = other.map(sentence => {
    if (sentence.origin?.[0] === a && one[sentence.origin[1]]) return sentence.origin[1]
    return sentence.cluster !== null ? byCluster.get(sentence.cluster) ?? -1 : -1
  })
  const kept = inOrder(partner)
  const taken = new Set(partner.filter((left, right) => left >= 0 && kept.has(right)))
  const moved = new Map()
  partner.forEach((left, right) => { if (left >= 0 && !kept.has(right)) moved.set(left, right) })
  const rows = []
  let left = 0
  const upTo = end => {
    for (; left < end; left++) {
      if (!taken.has(left)) rows.push({ left, right: -1, moved: moved.has(left) && `second text, sentence ${moved.get(left) + 1}` })
    }
  }
  other.forEach((_, right) => {
    if (kept.has(right)) {
      upTo(partner[right])
      rows.push({ left: partner[right], right })
      left = partner[right] + 1
    } else {
      rows.push({ left: -1, right, from: partner[right], moved: partner[right] >= 0 && `first text, sentence ${partner[right] + 1}` })
    }
  })
  upTo(one.length)
  return rows
}

// The longest list of positions whose partners rise.
function inOrder (partner) {
  const ends = []
  const before = new Array(partner.length).fill(-1)
  partner.forEach((left, right) => {
    if (left < 0) return
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (partner[ends[middle]] < left) low = middle + 1
      else high = middle
    }
    before[right] = low > 0 ? ends[low - 1] : -1
    ends[low] = right
  })
  const kept = new Set()
  for (let at = ends.length > 0 ? ends[ends.length - 1] : -1; at >= 0; at = before[at]) kept.add(at)
  return kept
}

function line (row, one, other, ids) {
  const [left, right] = [one[row.left], other[row.right]]
  if (left && right) {
    const isEqual = left.text === right.text
    return el('div', { role: 'row', class: isEqual ? 'pair match equal' : 'pair match changed' },
      el('div', { role: 'cell' }, isEqual ? passage(left.text) : side(left.text, right.text, 'removed', { loose: choice.loose })),
      el('div', { role: 'cell' }, isEqual ? passage(right.text) : side(left.text, right.text, 'added', { loose: choice.loose }),
        el('p', { class: 'tags' }, ids.has(right) ? relation(called(ids.get(right).id, right.relation)) : relation(right.relation), flags(right.flags)),
        !isEqual && decide(ids.get(right))))
  }
  const cell = sentence => el('div', { role: 'cell' }, sentence && [passage(sentence.text), row.moved && el('p', { class: 'tags muted' }, `⇄ stands elsewhere: ${row.moved}`),
    sentence.kind !== 'body' && el('p', { class: 'tags' }, el('span', { class: 'badge' }, sentence.kind))])
  return el('div', { role: 'row', class: row.moved ? 'pair moved' : 'pair alone' }, cell(left), cell(right))
}

// For each sentence of the second text the ids of its wording and of the one beside it, where these differ.
async function wordings (pairs) {
  const found = new Map()
  for (const [left, right] of pairs) {
    if (left.cluster === null || left.cluster !== right.cluster || left.variant === right.variant) continue
    const { variants = [] } = await data.details('clusters', right.cluster) ?? {}
    const [a, b] = [variants[left.variant]?.id, variants[right.variant]?.id].sort()
    if (a && b) found.set(right, { id: `${a}:${b}`, kind: 'pair', a, b })
  }
  return found
}

const decide = pair => pair && [mark(pair.id),
  el('details', { class: 'decide' }, el('summary', {}, 'Decide this pair'), form(pair, relationLabels, 'Do both say the same?'))]
