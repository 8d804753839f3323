// Each tutorial in a real Notebook 7, which shows one notebook a page.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { TUTORIALS, checkAll } from './expected.mjs'
import { PROJECT, startLab } from './jupyter.mjs'
import { SCREENSHOTS, launch, newPage } from './page.mjs'

let server, browser

before(async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  server = await startLab({ app: 'notebook', name: 'tutorials', folders: [path.join(PROJECT, 'notebooks')] })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await server?.stop()
})

for (const tutorial of TUTORIALS) {
  test(`${tutorial.notebook} in Notebook 7`, async t => {
    const page = await newPage(browser)
    t.after(() => page.page.context().close())
    await page.openNotebook(server.url, tutorial.notebook, 'notebooks')
    const loading = page.complaints.length // Notebook 7.6 stumbles over a setting of its own, whatever the kernel
    await page.command('notebook:clear-all-cell-outputs')
    await page.page.evaluate(() => window.looking.watch())
    await page.runAll()
    await checkAll(t, await page.cells(), tutorial)
    await page.photograph(path.join(SCREENSHOTS, path.basename(tutorial.notebook, '.ipynb') + '-notebook7.png'))
    await t.test('the browser has no complaint', () => assert.deepEqual(page.complaints.slice(loading), []))
  })
}
