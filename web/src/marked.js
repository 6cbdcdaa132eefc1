// A text with its changes against another one, marked by line and by element, not by colour alone.
import { el } from './dom.js'
import { longest, more, parts } from './outside.js'
import { wordDiff } from './word-diff.js'

// The later text with what was taken out struck through and what was put in underlined.
export function merged (first, second, { tag = 'p', loose = false } = {}) {
  return shown(tag, first, second, (a, b) => wordDiff(a, b, loose).map(part => node(part)))
}

// One side of two texts beside each other: 'removed' for the earlier one, 'added' for the later.
export function side (first, second, kind, { tag = 'p', loose = false } = {}) {
  return shown(tag, first, second, (a, b) => {
    const isFirst = kind === 'removed'
    return wordDiff(a, b, loose).filter(part => part.kind === 'same' || part.kind === kind)
      .map(part => node(isFirst && part.kind === 'same' ? { kind: 'same', text: part.before } : part))
  })
}

// Only the beginnings of long texts are compared until somebody asks for all.
function shown (tag, first, second, render) {
  const node = el(tag, { dir: 'auto', class: 'outside' })
  const over = Math.max(first.length, second.length) - longest
  node.append(...render(first.slice(0, longest), second.slice(0, longest)).flat())
  if (over > 0) node.append(more(over, () => node.replaceChildren(...render(first, second).flat())))
  return node
}

function node ({ kind, text }) {
  if (kind === 'same') return parts(text)
  const tag = kind === 'removed' ? 'del' : 'ins'
  return [el(tag, {}, parts(text))]
}
