// All figures where there is no kernel: in a JupyterLab that does not trust the notebook, in
// the pages that nbconvert and `gradbook run` write, in both themes, and on paper.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { PROJECT, startLab } from './jupyter.mjs'
import { SCREENSHOTS, brightness, launch, newPage } from './page.mjs'

const GALLERY = path.join(PROJECT, 'notebooks', 'gallery.ipynb')
const FIGURES = JSON.parse(fs.readFileSync(GALLERY)).cells
  .flatMap(cell => cell.outputs ?? []).filter(output => output.data?.['image/png']).length

let browser, folder

before(async () => {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gradbook-elsewhere-'))
  browser = await launch()
})

after(async () => {
  await browser?.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

// converted is the gallery as nbconvert writes it.
function converted(theme) {
  const file = path.join(folder, `nbconvert-${theme}.html`)
  execFileSync(path.join(PROJECT, '.venv', 'bin', 'jupyter'),
    ['nbconvert', '--to', 'html', '--theme', theme, '--output', file, GALLERY], { stdio: 'ignore' })
  return file
}

// exported is the gallery as gradbook writes it, in one page for both themes.
function exported() {
  const file = path.join(folder, 'gallery.html')
  if (!fs.existsSync(file)) {
    execFileSync(path.join(PROJECT, 'build', 'gradbook'),
      ['run', GALLERY, '-o', path.join(folder, 'gallery.ipynb'), '--html', file], { stdio: 'ignore' })
  }
  return file
}

// opened shows a file. What it would load from elsewhere, such as MathJax, stays away.
async function opened(t, file, options = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options })).newPage()
  t.after(() => page.context().close())
  await page.route(/^https?:/, route => route.abort())
  await page.goto(pathToFileURL(file).href)
  await page.waitForFunction(() => [...document.images].every(image => image.complete))
  return page
}

const ALL = '.gradbook-figure img:visible'

// follow tells that each figure is there and has the ground of its theme.
async function follow(page, theme) {
  const images = await page.locator(ALL).all()
  assert.equal(images.length, FIGURES, 'as many figures as the notebook has')
  for (const image of images) {
    const ground = await page.evaluate(brightness, (await image.screenshot()).toString('base64'))
    assert.ok(theme === 'light' ? ground > 200 : ground < 70, `"${await image.getAttribute('alt')}" has brightness ${ground} in the ${theme} theme`)
  }
}

for (const theme of ['light', 'dark']) {
  test(`nbconvert's page, ${theme}`, async t => {
    const page = await opened(t, converted(theme))
    await follow(page, theme)
    await page.screenshot({ path: path.join(SCREENSHOTS, `gallery-nbconvert-${theme}.png`), fullPage: true })
  })

  test(`our own page, ${theme}`, async t => {
    const page = await opened(t, exported(), { colorScheme: theme })
    await follow(page, theme)
    await page.screenshot({ path: path.join(SCREENSHOTS, `gallery-page-${theme}.png`), fullPage: true })
  })
}

for (const [name, file] of [['nbconvert', () => converted('light')], ['page', exported]]) {
  test(`on paper: ${name}`, async t => {
    const page = await opened(t, file(), { viewport: { width: 718, height: 1047 } }) // A4 without its margins
    await page.emulateMedia({ media: 'print' })
    const beyond = await page.locator(ALL).evaluateAll(all => all.filter(image => image.getBoundingClientRect().right > window.innerWidth).map(image => image.alt))
    assert.deepEqual(beyond, [], 'figures that leave the paper')
    await page.pdf({ path: path.join(SCREENSHOTS, `gallery-${name}.pdf`), format: 'A4' })
  })
}

test('a JupyterLab that does not trust the notebook shows the PNG of each figure, and of steps the last', async t => {
  const server = await startLab({ name: 'untrusted', folders: [path.join(PROJECT, 'notebooks')] })
  t.after(() => server.stop())
  const lab = await newPage(browser)
  t.after(() => lab.page.context().close())
  await lab.openNotebook(server.url, 'notebooks/gallery.ipynb')
  const pictures = (await lab.cells()).flatMap(cell => cell.pictures).filter(p => p.visible)
  assert.equal(pictures.length, FIGURES)
  const drawn = pictures.filter(p => p.svg || !p.width).map(p => p.alt)
  assert.deepEqual(drawn, ['backward:  ∂error/∂w = 4 · 10 = 40'], 'what is no PNG')
  await lab.photograph(path.join(SCREENSHOTS, 'gallery-untrusted.png'))
})
