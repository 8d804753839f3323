// The figure that computes step by step, in the page that `gradbook run` exports: there is
// no kernel and no Jupyter, only the page.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { PROJECT } from './jupyter.mjs'
import { launch } from './page.mjs'

let browser, folder, address

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradbook-steps-'))
  const html = path.join(folder, 'gallery.html')
  execFileSync(path.join(PROJECT, 'build', 'gradbook'),
    ['run', path.join(PROJECT, 'notebooks', 'gallery.ipynb'), '-o', path.join(folder, 'gallery.ipynb'), '--html', html], { stdio: 'ignore' })
  address = pathToFileURL(html).href
  browser = await launch()
})

after(async () => {
  await browser?.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

// opened gives the page with some preference, and what is seen of the figure in it.
async function opened(t, preference = {}) {
  const page = await (await browser.newContext(preference)).newPage()
  t.after(() => page.context().close())
  await page.goto(address)
  const seen = () => page.locator('.gradbook-steps img:visible').evaluateAll(all => all.map(i => i.alt))
  return { page, seen }
}

test('one step is seen, and the arrow keys move to the next and back', async t => {
  const { page, seen } = await opened(t)
  assert.deepEqual(await seen(), ['the graph, before anything is computed'])
  await page.locator('.gradbook-steps input').first().focus()
  await page.keyboard.press('ArrowRight')
  assert.match((await seen()).join(), /^given: /)
  await page.keyboard.press('ArrowRight')
  assert.match((await seen()).join(), /^forward: /)
  await page.keyboard.press('ArrowLeft')
  assert.match((await seen()).join(), /^given: /)
})

test('the buttons move as well', async t => {
  const { page, seen } = await opened(t)
  await page.getByRole('button', { name: 'next step' }).click()
  assert.match((await seen()).join(), /^given: /)
  await page.getByRole('button', { name: 'previous step' }).click()
  assert.match((await seen()).join(), /^the graph/)
})

test('where motion is not wanted, playing shows the end and nothing is animated', async t => {
  const { page, seen } = await opened(t, { reducedMotion: 'reduce' })
  await page.getByRole('button', { name: 'play' }).click()
  assert.match((await seen()).join(), /^backward: +∂error\/∂w = 4 · 10 = 40$/)
  const name = await page.locator('.gradbook-steps img:visible').evaluate(i => getComputedStyle(i).animationName)
  assert.equal(name, 'none')
})

test('paper shows the end, without the controls', async t => {
  const { page, seen } = await opened(t)
  await page.emulateMedia({ media: 'print' })
  assert.match((await seen()).join(), /^backward: +∂error\/∂w = 4 · 10 = 40$/)
  assert.equal(await page.locator('.gradbook-steps input:visible, .gradbook-steps button:visible').count(), 0)
})
