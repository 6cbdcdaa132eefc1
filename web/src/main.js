// The page: its frame, and which view is shown.
import * as article from './article.js'
import * as boilerplate from './boilerplate.js'
import * as clusters from './clusters.js'
import * as data from './data.js'
import * as decisions from './decisions.js'
import { el, replace } from './dom.js'
import { filters } from './filters.js'
import * as matrix from './matrix.js'
import * as methods from './methods.js'
import { load } from './model.js'
import * as quotes from './quotes.js'
import * as beside from './side-by-side.js'
import * as story from './story.js'
import * as summary from './summary.js'
import * as theme from './theme.js'

const AUDIT = {
  summary: ['Summary', summary.view],
  sources: ['Sources', matrix.view],
  stories: ['Stories', story.view],
  quotations: ['Quotations', quotes.view],
  articles: ['Articles', article.listView],
  boilerplate: ['Boilerplate', boilerplate.view],
  methods: ['Methods', methods.view],
  // Reached from others.
  pairs: [null, matrix.pairsView, 'sources'],
  beside: [null, beside.view, 'sources'],
  article: [null, article.view, 'articles']
}

const FOUND = {
  summary: ['Summary', clusters.summary],
  clusters: ['Clusters', clusters.view],
  methods: ['Methods', methods.view]
}

const kind = document.documentElement.dataset.kind
const views = kind === 'audit' ? AUDIT : FOUND
const main = el('main', { id: 'main', tabindex: -1 })
const nav = el('nav', { 'aria-label': 'Views' }, el('ul', {}, Object.entries(views).filter(([, [label]]) => label).map(([key, [label]]) =>
  el('li', {}, el('a', { href: `#${key}`, 'data-view': key }, label)))))
const above = el('div', { class: 'above no-print' })
const context = { kind, main, go: to => { location.hash = to }, again: () => show(false) }
let turn = 0

const HEADS = { audit: 'Who carries whose words', detect: 'What is said twice' }

async function begin () {
  theme.begin()
  data.collect()
  document.title = `${HEADS[kind]} · twicetold`
  replace(document.getElementById('page'),
    el('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus() } }, 'Skip to the content'),
    el('header', { class: 'top' },
      el('div', { class: 'title' }, el('h1', {}, HEADS[kind]), el('span', { class: 'muted' }, 'twicetold')),
      el('div', { class: 'tools no-print' }, decisions.bar(), theme.button()),
      nav),
    above, main)
  ;[context.head] = await data.rows('head')
  if (!['', '#', '#summary'].includes(location.hash)) replace(main, el('p', { class: 'muted', role: 'status' }, 'Reading…'))
  else replace(main, el('h2', { class: 'visually-hidden' }, 'Summary'), (kind === 'audit' ? summary : clusters).headline(context.head), el('p', { class: 'muted', role: 'status' }, 'Reading…'))
  performance.mark('first')
  if (document.readyState === 'loading') await new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
  // Lets the first screen be painted.
  await new Promise(resolve => setTimeout(resolve))
  data.collect()
  decisions.takeAll(await data.rows('decisions'))
  if (kind === 'audit') {
    context.model = await load(context.head)
    const { node, filter } = filters(context.model, changed => {
      context.counted = context.model.count(changed)
      show(false)
    })
    context.counted = context.model.count(filter)
    replace(above, node)
  }
  addEventListener('hashchange', () => show(true))
  await show(false)
  performance.mark('ready')
  document.documentElement.dataset.ready = 'true'
}

// Shows what the address names. Whatever fails is told in the page.
async function show (isMove) {
  const mine = ++turn
  const [key, ...given] = location.hash.slice(1).split('/')
  const [label, view, under] = Object.hasOwn(views, key) ? views[key] : views.summary
  const current = under ?? (Object.hasOwn(views, key) ? key : 'summary')
  for (const link of nav.querySelectorAll('a')) {
    if (link.dataset.view === current) {
      link.setAttribute('aria-current', 'page')
      // On a narrow screen the row of views is wider than it.
      const row = link.closest('ul')
      for (const box of [row, nav]) box.scrollLeft = link.offsetLeft - (box.clientWidth - link.offsetWidth) / 2
    } else link.removeAttribute('aria-current')
  }
  let node
  try {
    node = await view(context, given.map(Number).filter(Number.isInteger))
  } catch (error) {
    console.error(error)
    node = el('p', { role: 'alert' }, `This view could not be shown: ${error.message}`)
  }
  if (mine !== turn) return
  const top = scrollY
  const { name } = document.activeElement ?? {}
  replace(main, label && el('h2', { class: 'visually-hidden' }, label), node)
  if (isMove) {
    const detail = main.querySelector('.has-detail .detail')
    const isNarrow = matchMedia('(max-width: 900px)').matches
    if (detail && isNarrow) detail.scrollIntoView()
    else if (!detail) scrollTo(0, 0)
    if (!main.querySelector('.list[aria-activedescendant]')) main.focus({ preventScroll: true })
    else main.querySelector('.list[aria-activedescendant]').focus({ preventScroll: true })
  } else {
    scrollTo(0, top)
    // Whoever works with a control of the view goes on doing so.
    if (name && document.activeElement === document.body) main.querySelector(`[name="${CSS.escape(name)}"]`)?.focus({ preventScroll: true })
  }
}

begin()
