// The pictures of the documentation: `node test/images.js` makes the page of examples/syndication.jsonl and shows it to a browser.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { open } from './browser.js'

const PICTURES = [
  ['page-summary-light', 'summary', 'light', { width: 1200, height: 760 }],
  ['page-story-dark', 'stories/0', 'dark', { width: 1200, height: 900 }],
  ['page-beside-light', 'beside/0/3', 'light', { width: 1200, height: 900 }]
]

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'twicetold-images-'))
const audit = ['audit', 'examples/syndication.jsonl', '--sources', 'examples/sources.csv', '--quiet', '--force', '--export', 'html', '-o', folder]
execFileSync('cargo', ['run', '--quiet', '--locked', '--bin', 'twicetold', '--', ...audit], { cwd: root, stdio: 'inherit' })
mkdirSync(join(root, 'docs/images'), { recursive: true })
const browser = await open()
for (const [name, view, colorScheme, viewport] of PICTURES) {
  const tab = await (await browser.newContext({ viewport, colorScheme })).newPage()
  await tab.goto(`${pathToFileURL(join(folder, 'audit.html')).href}#${view}`)
  await tab.waitForSelector('html[data-ready]')
  await tab.evaluate(() => document.activeElement?.blur())
  await tab.waitForTimeout(500)
  await tab.screenshot({ path: join(root, 'docs/images', `${name}.png`) })
}
await browser.close()
rmSync(folder, { recursive: true })
