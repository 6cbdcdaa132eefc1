// Charts: their drawing is Plot's, their colours the theme's. Each has a sentence that says what it shows.
import * as Plot from '@observablehq/plot'
import { el } from './dom.js'
import { instant } from './format.js'

function figure (caption, chart) {
  // It is one image, whose parts say nothing by themselves.
  for (const part of chart.querySelectorAll('[aria-label], [aria-description], [aria-hidden]')) {
    for (const name of ['aria-label', 'aria-description', 'aria-hidden']) part.removeAttribute(name)
  }
  chart.setAttribute('role', 'img')
  chart.setAttribute('aria-label', caption)
  return el('figure', {}, chart, el('figcaption', {}, caption))
}

const wide = node => Math.max(280, Math.min(760, node?.clientWidth || 640))
const base = { style: { background: 'transparent', color: 'inherit', fontSize: '12px' } }
// Only whole numbers of things are counted.
const whole = value => Number.isInteger(value) ? value.toLocaleString('en') : ''

const clock = at => {
  const iso = at.toISOString()
  return iso.slice(11, 16) === '00:00' ? iso.slice(5, 10) : iso.slice(11, 16)
}

const ACCENT = 'var(--accent)'

// How many articles have which share of reused words.
export function shares (values, within, what = 'articles') {
  return figure(`${what[0].toUpperCase()}${what.slice(1)} by the share of their words that ${what === 'articles' ? 'is reused' : 'repeats'}.`, Plot.plot({
    ...base,
    width: wide(within),
    height: 196,
    marginBottom: 36,
    marginLeft: 48,
    x: { domain: [0, 100], label: '%' },
    y: { grid: true, label: what, ticks: 4, tickFormat: whole },
    marks: [
      Plot.rectY(values, Plot.binX({ y: 'count' }, { x: value => Math.min(99.999, value * 100), thresholds: 20, domain: [0, 100], fill: ACCENT, inset: 1 })),
      Plot.ruleY([0])
    ]
  }))
}

// How late copies come, in hours.
export function lags (seconds, within) {
  const hours = seconds.filter(it => it >= 0).map(it => Math.min(48, it / 3600))
  if (hours.length === 0) return null
  return figure('Pairs of articles by the hours between them (48 and more are one).', Plot.plot({
    ...base,
    width: wide(within),
    height: 196,
    marginBottom: 36,
    marginLeft: 48,
    x: { domain: [0, 48], label: 'hours' },
    y: { grid: true, label: 'pairs', ticks: 4, tickFormat: whole },
    marks: [
      Plot.rectY(hours, Plot.binX({ y: 'count' }, { x: it => Math.min(47.999, it), thresholds: 24, domain: [0, 48], fill: ACCENT, inset: 1 })),
      Plot.ruleY([0])
    ]
  }))
}

// Who carried a story when: [{ time, source, variant, isFirst }], each source a line; sources in the order of their first.
export function timeline (points, within) {
  const dated = points.filter(point => instant(point.time) !== null).map(point => ({ ...point, at: new Date(point.time) }))
  if (dated.length === 0) return null
  const sources = [...new Set(dated.map(point => point.source))].slice(0, 30)
  const shown = dated.filter(point => sources.includes(point.source))
  const caption = 'When each source carried it; the first carrier is a diamond, later variants are hollow.'
  return figure(caption, Plot.plot({
    ...base,
    width: wide(within),
    height: 56 + sources.length * 20,
    marginLeft: left(sources),
    x: { type: 'utc', grid: true, label: null, nice: true, ticks: Math.floor(wide(within) / 110), tickFormat: clock },
    y: { type: 'point', domain: sources, label: null },
    marks: [
      Plot.dot(shown, { x: 'at', y: 'source', r: it => it.isFirst ? 7 : 4, symbol: it => it.isFirst ? 'diamond' : 'circle', fill: it => it.variant === 0 ? ACCENT : 'var(--surface)', stroke: ACCENT, strokeWidth: 1.5 })
    ],
    r: { type: 'identity' },
    symbol: { type: 'identity' },
    color: { type: 'identity' }
  }))
}

// Room for the names of sources; both charts of a story have the same.
const left = sources => Math.min(170, 30 + 6.5 * Math.max(...sources.map(source => source.length)))

// How many sources carry it by when.
export function adoption (points, within) {
  const dated = points.filter(point => instant(point.time) !== null).map(point => ({ at: new Date(point.time), source: point.source }))
  dated.sort((a, b) => a.at - b.at)
  const seen = new Set()
  const steps = []
  for (const { at, source } of dated) {
    if (seen.has(source)) continue
    seen.add(source)
    steps.push({ at, sources: seen.size })
  }
  if (steps.length < 3) return null
  // The line goes on to the last carrier, as the time line above it does.
  steps.push({ at: dated.at(-1).at, sources: seen.size })
  return figure('How many sources had carried it by when.', Plot.plot({
    ...base,
    width: wide(within),
    height: 150,
    marginLeft: left(points.map(point => point.source)),
    x: { type: 'utc', label: null, nice: true, ticks: Math.floor(wide(within) / 110), tickFormat: clock },
    y: { grid: true, label: 'sources', domain: [0, seen.size], ticks: 4, tickFormat: whole },
    marks: [Plot.lineY(steps, { x: 'at', y: 'sources', curve: 'step-after', stroke: ACCENT, strokeWidth: 2 }), Plot.ruleY([0])]
  }))
}

// The most frequent of something: [{ name, value }].
export function bars (rows, { caption, label, within }) {
  return figure(caption, Plot.plot({
    ...base,
    width: wide(within),
    height: 64 + rows.length * 24,
    marginBottom: 36,
    marginLeft: Math.min(190, 24 + 6.5 * Math.max(...rows.map(row => row.name.length), 4)),
    x: { grid: true, label, ticks: 5, tickFormat: whole },
    y: { domain: rows.map(row => row.name), label: null },
    marks: [Plot.barX(rows, { x: 'value', y: 'name', fill: ACCENT, insetTop: 2, insetBottom: 2 }), Plot.ruleX([0])]
  }))
}
