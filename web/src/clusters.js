// The page of `detect`: a summary, and clusters with their members, places and changes.
import { bars, shares } from './charts.js'
import * as data from './data.js'
import { form, listen, mark } from './decisions.js'
import { el, replace } from './dom.js'
import { count, counted, decimal, time } from './format.js'
import { flags, flagsShort, relation, relationLabels, relationName } from './labels.js'
import { merged } from './marked.js'
import { address, name, parts, passage, plain } from './outside.js'
import { facts, figures, table } from './table.js'
import { virtualList } from './virtual-list.js'

export function headline ({ input, clusters, pairs, warnings, recall }) {
  const list = [...warnings]
  if (input.skipped_total > 0) list.push(`${counted(input.skipped_total, 'record was', 'records were')} skipped.`)
  return [
    figures([
      [count(clusters), clusters === 1 ? 'cluster' : 'clusters', `${counted(pairs, 'link')} shown`],
      [count(input.sentences), 'sentences', `${count(input.distinct)} distinct`],
      [count(input.documents), 'documents', input.reference_documents > 0 ? `${count(input.reference_documents)} of them reference` : null],
      [recall.engine.replace('_', ' '), 'engine', recall.bands > 0 ? `${recall.bands} bands of ${recall.rows} rows` : 'exact: nothing is missed']
    ]),
    list.length > 0 && el('section', { class: 'warnings' }, el('h2', {}, 'Mind'), el('ul', {}, list.map(text => el('li', { dir: 'auto' }, parts(text)))))
  ]
}

export async function summary ({ head, main }) {
  const [clusters, documents] = await Promise.all([data.rows('clusters'), data.rows('documents')])
  const relations = tally(clusters, cluster => [relationName(cluster.relation)])
  const flagged = tally(clusters, cluster => cluster.flags.map(flag => flag.replaceAll('_', ' ')))
  const within = { clientWidth: main.clientWidth > 900 ? main.clientWidth / 2 - 16 : main.clientWidth - 8 }
  return el('div', {},
    headline(head),
    clusters.length > 0 && el('div', { class: 'columns' },
      bars(relations, { caption: 'Clusters by the relation of their weakest link.', label: 'clusters', within }),
      flagged.length > 0 && bars(flagged, { caption: 'Clusters by flag.', label: 'clusters', within }),
      documents.length > 1 && shares(documents.map(document => document.repeated), within, 'documents')),
    el('section', {}, el('h2', {}, 'Strongest'), clusters.length === 0
      ? el('p', { class: 'muted' }, 'Nothing is said twice.')
      : el('ol', { class: 'carried' }, clusters.slice(0, 10).map((cluster, index) => el('li', {},
        el('a', { href: `#clusters/${index}` }, el('bdi', { dir: 'auto' }, parts(plain(cluster.text, 200)))),
        el('span', { class: 'muted' }, ` ${counted(cluster.places, 'place')}`), ' ', relation(cluster.relation), flags(cluster.flags))))))
}

function tally (rows, names) {
  const found = new Map()
  for (const row of rows) for (const it of names(row)) found.set(it, (found.get(it) ?? 0) + 1)
  return [...found].map(([name, value]) => ({ name, value })).sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1))
}

const state = { order: 'strength', relation: '', flag: '', kind: '', places: 2, search: '' }

const ORDERS = {
  strength: ['strongest', (a, b) => a.index - b.index],
  places: ['most places', (a, b) => b.cluster.places - a.cluster.places || a.index - b.index],
  similarity: ['changed most', (a, b) => a.cluster.min_similarity - b.cluster.min_similarity || a.index - b.index]
}

export async function view ({ main, go }, [chosen = -1]) {
  const clusters = await data.rows('clusters')
  const all = clusters.map((cluster, index) => ({ cluster, index }))
  if (all.length === 0) return el('p', { class: 'muted' }, 'Nothing is said twice.')
  const title = el('p', { class: 'muted', role: 'status', id: 'shown' })
  let rows = all
  const list = virtualList({
    label: 'Clusters',
    items: [],
    height: 92,
    render: ({ cluster }) => [
      el('div', { class: 'snippet' }, el('bdi', { dir: 'auto' }, parts(cluster.text))),
      el('div', { class: 'line small' }, el('span', {}, `${counted(cluster.places, 'place')} · ${relationName(cluster.relation)} ${decimal(cluster.min_similarity)}`), el('span', {}, mark(cluster.id), flagsShort(cluster.flags)))
    ],
    open: row => go(`clusters/${row.index}`)
  })
  const sort = () => {
    const search = state.search.toLowerCase()
    rows = all.filter(({ cluster }) => (!state.relation || cluster.relation === state.relation) && (!state.flag || cluster.flags.includes(state.flag)) &&
      (!state.kind || cluster.kind === state.kind) && cluster.places >= state.places && (!search || cluster.text.toLowerCase().includes(search)))
    rows.sort(ORDERS[state.order][1])
    list.update(rows, rows.findIndex(row => row.index === chosen))
    const places = rows.reduce((sum, row) => sum + row.cluster.places, 0)
    title.textContent = `${counted(rows.length, 'cluster')}, ${counted(places, 'place')}`
  }
  const choice = (key, label, options) => el('label', { class: 'field' }, el('span', {}, label), el('select', { name: key, onchange: event => { state[key] = event.target.value; sort() } },
    options.map(([value, shown]) => el('option', { value, selected: state[key] === value }, shown))))
  const distinct = read => [...new Set(all.flatMap(({ cluster }) => read(cluster)))].sort()
  sort()
  listen(list.redraw, list.node)
  const detail = el('div', { class: 'detail', 'aria-live': 'polite' })
  replace(detail, chosen >= 0 && clusters[chosen] ? await one(clusters[chosen], chosen) : el('p', { class: 'muted hint' }, 'Choose a cluster to see its wordings and places.'))
  setTimeout(() => { const at = rows.findIndex(row => row.index === chosen); if (at >= 0) list.reveal(at) })
  return el('div', { class: chosen >= 0 ? 'master has-detail' : 'master' },
    el('div', { class: 'side' },
      el('div', { class: 'fields no-print' },
        choice('order', 'Order', Object.entries(ORDERS).map(([key, [label]]) => [key, label])),
        choice('relation', 'Relation', [['', 'all'], ...distinct(it => [it.relation]).map(it => [it, relationName(it)])]),
        choice('flag', 'Flag', [['', 'with or without'], ...distinct(it => it.flags).map(it => [it, it.replaceAll('_', ' ')])]),
        choice('kind', 'Kind', [['', 'all'], ...distinct(it => [it.kind]).map(it => [it, it])]),
        el('label', { class: 'field grow' }, el('span', {}, 'With the words'), el('input', { type: 'search', name: 'search', value: state.search, oninput: event => { state.search = event.target.value; sort() } }))),
      title, list.node),
    detail)
}

async function one (cluster, index) {
  const [{ members, links, representative }, documents] = await Promise.all([data.details('clusters', index), data.rows('documents')])
  const order = [representative, ...members.keys()].filter((it, at) => at === 0 || it !== representative)
  const link = member => links.find(it => (it.a === member && it.b === representative) || (it.b === member && it.a === representative))
  const base = members[representative]
  const items = order.map(at => {
    const member = members[at]
    const scores = at === representative ? null : link(at)
    const [a, b] = [base.id, member.id].sort()
    return el('li', {},
      at === representative ? passage(member.text) : merged(base.text, member.text),
      el('p', { class: 'tags' }, at === representative && el('span', { class: 'badge first' }, 'representative'),
        scores && [relation(scores.relation), flags(scores.flags), el('span', { class: 'muted' }, ` words ${decimal(scores.jaccard_idf)} · characters ${decimal(scores.jaccard_char4)} · longest run ${scores.longest_run}`)]),
      places(member, documents),
      scores && el('details', { class: 'decide' }, el('summary', {}, 'Decide this pair'), form({ id: `${a}:${b}`, kind: 'pair', a, b }, relationLabels, 'Do both say the same?')))
  })
  const rest = items.slice(40)
  const more = el('li', { class: 'plain' }, el('button', { type: 'button', class: 'quiet', onclick: () => more.replaceWith(...rest) }, `Show ${count(rest.length)} more`))
  return el('article', {},
    el('h2', {}, 'Cluster ', el('code', {}, cluster.id)),
    facts([
      ['Places', `${counted(cluster.places, 'place')} in ${counted(cluster.documents, 'document')}${cluster.sources > 0 ? ` of ${counted(cluster.sources, 'source')}` : ''}`],
      ['Wordings', count(cluster.size)],
      ['Relation', relation(cluster.relation)],
      ['Similarity', `${decimal(cluster.min_similarity)} at least, ${decimal(cluster.mean_similarity)} on average`],
      cluster.flags.length > 0 && ['Flags', flags(cluster.flags)]
    ]),
    form({ id: cluster.id, kind: 'cluster' }, relationLabels, 'Is this one cluster?'),
    el('p', { class: 'key' }, el('del', {}, 'taken out'), ' ', el('ins', {}, 'put in'), el('span', { class: 'muted' }, ' against the representative')),
    el('ol', { class: 'variants' }, items.slice(0, 40), rest.length > 0 && more))
}

function places (member, documents) {
  return table([
    { head: 'Where', cell: ([at, line]) => [name(documents[at]?.title, documents[at]?.path || documents[at]?.id), el('span', { class: 'muted' }, ` ${plain(documents[at]?.path, 120)}:${line}`)] },
    { head: 'Source', cell: ([at]) => documents[at]?.source ? name(documents[at].source) : '–', sort: ([at]) => documents[at]?.source },
    { head: 'Date', cell: ([at]) => documents[at]?.date ? time(plain(documents[at].date, 40)) : '–', sort: ([at]) => documents[at]?.date },
    { head: 'Address', cell: ([at]) => address(documents[at]?.url) ?? '–' }
  ], member.places, { caption: counted(member.places.length, 'place'), most: 5 })
}
