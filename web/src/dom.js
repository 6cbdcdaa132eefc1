// Elements by function. Text gets in as text nodes alone, so that nothing from outside is ever read as markup.

const SVG = 'http://www.w3.org/2000/svg'

// el('p', { class: 'note', onclick }, 'text', node, [more]): attributes, listeners and children; null and false are left out.
export function el (tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) set(node, name, value)
  append(node, children)
  return node
}

function set (node, name, value) {
  if (value === null || value === undefined || value === false) return
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
  else if (name === 'style') for (const [key, it] of Object.entries(value)) node.style.setProperty(key, it)
  else if (name in node && ['value', 'checked', 'disabled', 'selected', 'open', 'hidden'].includes(name)) node[name] = value
  else node.setAttribute(name, value === true ? '' : String(value))
}

export function append (node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue
    node.append(child instanceof Node ? child : document.createTextNode(String(child)))
  }
  return node
}

export function replace (node, ...children) {
  node.replaceChildren()
  return append(node, children)
}

// A decorative sign; its meaning must stand beside it as text.
export function icon (path) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('icon')
  const line = document.createElementNS(SVG, 'path')
  line.setAttribute('d', path)
  svg.append(line)
  return svg
}

let last = 0
export const unique = name => `${name}-${++last}`
