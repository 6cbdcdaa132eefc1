// The pictures of the documentation, of the audit of examples/syndication.jsonl: `node test/images.js PAGE`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { open } from './browser.js'

const PICTURES = [
  ['page-summary-light', 'summary', 'light', { width: 1200, height: 760 }],
  ['page-story-dark', 'stories/0', 'dark', { width: 1200, height: 900 }],
  ['page-beside-light', 'beside/0/3', 'light', { width: 1200, height: 900 }]
]

const root = fileURLToPath(new URL('../../', import.meta.url))
const [page] = process.argv.slice(2)
mkdirSync(join(root, 'docs/images'), { recursive: true })
const browser = await open()
for (const [name, view, colorScheme, viewport] of PICTURES) {
  const tab = await (await browser.newContext({ viewport, colorScheme })).newPage()
  await tab.goto(`${pathToFileURL(page).href}#${view}`)
  await tab.waitForSelector('html[data-ready]')
  await tab.evaluate(() => document.activeElement?.blur())
  await tab.waitForTimeout(500)
  await tab.screenshot({ path: join(root, 'docs/images', `${name}.png`) })
}
await browser.close()
