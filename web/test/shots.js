// Screenshots of views, to be looked at: `node test/shots.js PAGE PREFIX VIEW…`.
import { mkdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { open } from './browser.js'

const [page, prefix, ...views] = process.argv.slice(2)
mkdirSync('screenshots', { recursive: true })
const browser = await open()
for (const [name, options] of Object.entries({
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light' }
})) {
  const context = await browser.newContext(options)
  const tab = await context.newPage()
  tab.on('console', message => console.log(name, message.type(), message.text()))
  tab.on('pageerror', error => console.log(name, error.message))
  await tab.goto(pathToFileURL(page).href)
  await tab.waitForSelector('html[data-ready]')
  for (const view of views) {
    await tab.evaluate(to => { location.hash = to }, view)
    await tab.waitForTimeout(500)
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wide > 0) console.log(name, view, 'too wide by', wide)
    await tab.screenshot({ path: `screenshots/${prefix}-${name}-${view.replaceAll('/', '-')}.png` })
  }
}
await browser.close()
