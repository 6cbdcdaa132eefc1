// Light or dark: as the system has it, until a person switches.
import { el } from './dom.js'

const STORED = 'twicetold-theme'
const root = document.documentElement

function stored () {
  try { return localStorage.getItem(STORED) } catch { return null }
}

function isDark () {
  const { theme } = root.dataset
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

export function begin () {
  const theme = stored()
  if (['light', 'dark'].includes(theme)) root.dataset.theme = theme
}

export function button () {
  const node = el('button', { type: 'button', class: 'quiet', id: 'theme' })
  const label = () => { node.textContent = isDark() ? 'Light theme' : 'Dark theme' }
  node.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    try { localStorage.setItem(STORED, root.dataset.theme) } catch {}
    label()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label)
  label()
  return node
}
