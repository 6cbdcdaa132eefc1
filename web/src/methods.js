// How the figures came about: what a reader needs to defend them, or to doubt them.
import { all } from './decisions.js'
import { el } from './dom.js'
import { count, counted, percent, words } from './format.js'
import { parts, plain } from './outside.js'
import { facts, table } from './table.js'

const MEASURES = [
  ['Unit', 'Words of body sentences. Boilerplate, credits, bylines, datelines, tables and captions are counted apart and are in no rate.'],
  ['Reused', 'Words of the sentences that an earlier article of another source has, of all body words of the article. Whole sentences count, whether identical, edited or reworded.'],
  ['Original', 'All body words less the reused ones.'],
  ['Origin', 'The earliest article outside the article’s own source that carries the sentence.'],
  ['Wholly, partially, not derived', 'By the share of reused words, at the bounds below.'],
  ['Common source', 'What is shared are quotations and hardly any of what the article tells itself, or both articles credit the same third.'],
  ['Incidental', 'Nothing but stock phrases is shared.'],
  ['First', 'Certain only if every other source is later by more than the tolerance, or, where a time is not known to the minute, on a later day; otherwise a tie, or unknown.'],
  ['Undecided', 'Others carry the words too, at times that do not tell who was before. They count as nobody’s reuse.'],
  ['Own updates', 'Later versions of one article by its own source; they are no reuse.'],
  ['Similar is not the same', 'A match says that sentences share their words. Why they do, and whether that was agreed, it does not say.']
]

const MEASURES_FOUND = [
  ['Cluster', 'Sentences that say the same, each linked to a representative.'],
  ['Similarity', 'Weighted Jaccard over words (rare words weigh more) or character 4-grams, as the profile says; 1 is the same.'],
  ['Relation', 'Identical, nearly identical, edited, contained or reworded: that of the weakest link.'],
  ['Flags', 'Facts that differ although the words are near: figures, negations, names.'],
  ['Similar is not the same', 'A match says that sentences share their words. Why they do, it does not say.']
]

export function view ({ head, kind }) {
  const run = head.run ?? { settings: head.settings, files: head.input.files, skipped: head.input.skipped, skipped_total: head.input.skipped_total, recall: head.recall, warnings: head.warnings }
  const settings = flat(run.settings ?? {})
  return el('div', { class: 'methods' },
    el('section', {}, el('h2', {}, 'What is counted'), facts(kind === 'audit' ? MEASURES : MEASURES_FOUND)),
    recall(run.recall),
    kind === 'audit' && el('section', {}, el('h2', {}, 'Bounds'), facts([
      ['Wholly derived from', percent(run.wholly_from)],
      ['Partially derived from', percent(run.partially_from)],
      ['Clock tolerance', `${count(run.clock_tolerance_seconds)} s`],
      ['Sentences that count only beside another', `those of less than ${counted(run.minimum_words, 'word')}`],
      ['Window', run.window ? `${run.window.from ?? '…'} to ${run.window.to ?? '…'}` : 'none']
    ])),
    el('section', {}, el('h2', {}, 'Limits'), el('ul', {},
      el('li', {}, 'Translations, and text that was rewritten without a shared run of words, are not found.'),
      el('li', {}, 'The first article here is the first of this collection, not of the world.'),
      el('li', {}, 'Times are those that the articles carry; a wrong one makes a wrong order.'))),
    el('section', {}, el('h2', {}, 'Settings'), table([
      { head: 'Setting', cell: row => words(row[0]) }, { head: 'Value', cell: row => el('code', {}, plain(row[1], 400)) }
    ], settings, { caption: 'Every setting that can change the result', most: 200 })),
    el('section', {}, el('h2', {}, 'Input'), table([
      { head: 'File', cell: row => el('bdi', {}, parts(plain(row.path, 300))), sort: row => row.path },
      { head: 'Format', cell: row => row.format },
      { head: 'Documents', number: true, cell: row => count(row.documents), sort: row => row.documents },
      { head: 'Bytes', number: true, cell: row => count(row.bytes), sort: row => row.bytes },
      { head: 'XXH3', cell: row => el('code', {}, plain(row.xxh3, 40)) }
    ], run.files ?? [], { caption: 'Files, with the digests of their bytes', most: 50 })),
    decided(run.decisions),
    run.skipped_total > 0 && el('section', {}, el('h2', {}, 'Skipped'), table([
      { head: 'Place', cell: row => plain(row.path, 300) + (row.line ? `:${row.line}` : '') }, { head: 'Reason', cell: row => plain(row.reason, 300) }
    ], run.skipped ?? [], { caption: `Records that were not read, ${count(run.skipped_total)} in all`, most: 50 })),
    el('p', { class: 'muted' }, `twicetold ${plain(head.version, 40)}, ${plain(head.schema, 60)}. This page holds all of its data and asks nothing of a network.`))
}

function recall (it) {
  if (!it) return null
  const { contract = {} } = it
  return el('section', {}, el('h2', {}, 'What may have been missed'), facts([
    ['Engine', `${words(it.engine)}${it.bands > 0 ? `, ${it.bands} bands of ${it.rows} rows` : ''}`],
    ['Least similarity', it.threshold],
    ['Chance to find a pair at it', percent(it.at_threshold)],
    contract.recall !== undefined && ['Promised', `${percent(contract.recall)} of pairs at similarity ${contract.at}`],
    ['Expected', percent(it.expected)],
    ['Measured', it.checked ? it.checked.kept === false ? 'the promise is not kept' : 'checked, and kept' : 'not asked for'],
    ['Comparisons left to representatives', count(it.capped)],
    it.reason && ['Why this engine', plain(it.reason, 400)]
  ]))
}

function flat (settings, before = '') {
  return Object.entries(settings).flatMap(([key, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value) ? flat(value, `${before}${key} `) : [[before + key, typeof value === 'string' ? value : JSON.stringify(value)]])
}

// What persons decided: in files that the run was given, and here since.
function decided (files) {
  const rows = all()
  if (rows.length === 0) return null
  const read = (files ?? []).map(file => `${plain(file.path, 200)} (${counted(file.decisions, 'decision')}, XXH3 ${plain(file.xxh3, 40)})`)
  return el('section', {}, el('h2', {}, 'Decisions'),
    el('p', {}, read.length > 0 ? `The run followed ${read.join(', ')}. ` : '', 'What was decided here since counts in the next run that is given the file: save it, then twicetold audit … --decisions decisions.jsonl.'),
    table([
      { head: 'Of', cell: row => words(row.kind), sort: row => row.kind },
      { head: 'Id', cell: row => el('code', {}, plain(row.id, 60)), sort: row => row.id },
      { head: 'Decision', cell: row => row.decision, sort: row => row.decision },
      { head: 'Label', cell: row => plain(row.label ?? '', 100), sort: row => row.label },
      { head: 'Note', cell: row => el('bdi', { dir: 'auto' }, parts(plain(row.note ?? '', 400))) }
    ], rows, { caption: 'Every decision', most: 50 }))
}
