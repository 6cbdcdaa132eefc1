// Text that came from outside: isolated in its direction, what would act or hide made visible, long texts cut with a button.
import { el } from './dom.js'

// Controls, embeddings and overrides of direction, invisible separators, tags. Joiners stay: scripts and emoji need them.
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

const LONGEST = 4000

const code = text => 'U+' + text.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')

// The parts of a text: strings, and marks for what would act.
export function parts (text) {
  const found = []
  let at = 0
  for (const match of text.matchAll(ACTING)) {
    if (match.index > at) found.push(text.slice(at, match.index))
    found.push(el('span', { class: 'acting', title: 'a character that cannot be seen' }, code(match[0])))
    at = match.index + match[0].length
  }
  if (at < text.length) found.push(text.slice(at))
  return found
}

// A name or a title, on one line.
export function name (text, fallback = 'unknown') {
  if (text === null || text === undefined || text === '') return el('span', { class: 'muted' }, fallback)
  return el('bdi', { dir: 'auto' }, parts(cut(String(text), 300)))
}

export const plain = (text, longest = 300) => cut(String(text ?? ''), longest).replace(ACTING, it => `⟨${code(it)}⟩`)

function cut (text, longest) {
  if (text.length <= longest) return text
  const end = /[\ud800-\udbff]/.test(text[longest - 1]) ? longest - 1 : longest
  return text.slice(0, end) + '…'
}

// A text of any length. `render(part)` makes its nodes, by default as they are.
export function passage (text, tag = 'p', render = parts, longest = LONGEST) {
  const node = el(tag, { dir: 'auto', class: 'outside' })
  if (text.length <= longest) {
    node.append(...render(text))
    return node
  }
  node.append(...render(cut(text, longest)))
  node.append(more(text.length - longest, () => node.replaceChildren(...render(text))))
  return node
}

export const longest = LONGEST

export function more (rest, onclick) {
  return el('button', { type: 'button', class: 'link', onclick }, ` Show ${rest.toLocaleString('en')} more characters`)
}

// An address as a link if it is one of the web, else as text. Nothing is fetched unless a person follows it.
export function address (url) {
  if (!url) return null
  let parsed = null
  try { parsed = new URL(url) } catch {}
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return name(url)
  return el('a', { href: parsed.href, rel: 'noreferrer noopener nofollow', target: '_blank', class: 'url' }, plain(url, 90))
}
