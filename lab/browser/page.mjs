// A JupyterLab page as a person uses it: open a notebook, type, run, read what is shown.
// Every wait is for a condition of the page, never for a time to pass.
import path from 'node:path'
import { chromium } from 'playwright-core'
import { PROJECT } from './jupyter.mjs'
import { looking } from './looking.mjs'

// Where the pictures go that somebody should look at.
export const SCREENSHOTS = path.join(PROJECT, 'build', 'screenshots')

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']

// The notebook or launcher in front; those behind it stay in the document, hidden.
const FRONT = '.jp-NotebookPanel:not(.lm-mod-hidden)'

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS })

// newPage opens an empty page that remembers every complaint of its console.
export async function newPage(browser, { width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height } })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints = []
  page.on('console', m => { if (m.type() === 'error') complaints.push(`${m.text()} (${m.location().url})`) })
  page.on('pageerror', e => complaints.push('uncaught: ' + e.message))
  await page.addInitScript(looking, FRONT)
  return new Lab(page, complaints)
}

// A Lab drives one page. complaints lists what the browser's console called an error.
export class Lab {
  constructor(page, complaints) {
    this.page = page
    this.complaints = complaints
  }

  // open goes to a path of the server and waits for the application behind it.
  async open(url) {
    await this.page.goto(url)
    await this.page.waitForFunction(() => window.jupyterapp?.restored)
    await this.page.evaluate(() => window.jupyterapp.restored)
  }

  // openNotebook shows a notebook and waits until its kernel is there and idle. Where the
  // front end keeps its notebooks is tree.
  async openNotebook(server, notebook, tree = 'lab/tree') {
    await this.open(`${server}/${tree}/${notebook}?reset`)
    await this.page.waitForSelector(`${FRONT} .jp-Notebook .jp-Cell`)
    await this.idle()
  }

  // card is the launcher's card that makes a notebook for a kernel.
  card(kernel) {
    return this.page.locator('.jp-LauncherCard[data-category="Notebook"]', { hasText: kernel })
  }

  // stopButton is the toolbar's button that interrupts the kernel.
  stopButton() {
    return this.page.locator(`${FRONT} .jp-NotebookPanel-toolbar [data-jp-item-name="interrupt"] jp-button`)
  }

  // command runs one of JupyterLab's commands, as its menus do, and waits for its end.
  command(id, args = {}) {
    return this.page.evaluate(([i, a]) => window.jupyterapp.commands.execute(i, a).then(() => {}), [id, args])
  }

  // idle waits until the kernel in front has started and runs nothing.
  idle(timeout = 60_000) {
    return this.page.waitForFunction(() => window.looking.kernelStatus() === 'idle', null, { timeout })
  }

  // runAll runs every cell and waits for the last, however it ends.
  async runAll(timeout = 180_000) {
    this.page.setDefaultTimeout(timeout)
    await this.command('notebook:run-all-cells')
    this.page.setDefaultTimeout(30_000)
    await this.idle(timeout)
  }

  // cells scrolls through the notebook, whose cells out of view are not in the document,
  // and gives what each of them shows.
  async cells() {
    const count = await this.page.evaluate(() => window.looking.cellCount())
    const cells = []
    for (let i = 0; i < count; i++) {
      await this.page.evaluate(i => window.looking.scrollTo(i), i)
      await this.page.waitForFunction(i => window.looking.settled(i), i)
      cells.push(await this.page.evaluate(i => window.looking.cell(i), i))
    }
    return cells
  }

  // type appends text to the selected cell, key by key. Should the editor close brackets,
  // typing the closing one steps over it.
  async type(text) {
    await this.command('notebook:enter-edit-mode')
    await this.page.waitForSelector(`${FRONT} .jp-mod-active .cm-focused`)
    await this.page.keyboard.type(text)
  }

  // run presses Shift-Enter and gives the cell's number, once the front end has sent it.
  async run() {
    const index = await this.page.evaluate(() => window.looking.activeIndex())
    await this.page.keyboard.press('Shift+Enter')
    return index
  }

  // shown waits until cell i has run and gives what it shows.
  async shown(i) {
    await this.page.waitForFunction(i => window.looking.settled(i) && window.looking.hasRun(i), i)
    return this.page.evaluate(i => window.looking.cell(i), i)
  }

  // theme changes between 'JupyterLab Light' and 'JupyterLab Dark' and waits for the page to follow.
  async theme(name) {
    await this.command('apputils:change-theme', { theme: name })
    const light = String(!name.includes('Dark'))
    await this.page.waitForFunction(light => document.body.dataset.jpThemeLight === light, light)
  }

  // figureGrounds gives, for each figure with a drawing, the brightness (0 to 255) of a
  // pixel near its corner as the page shows it in the present theme.
  async figureGrounds() {
    const count = await this.page.evaluate(() => window.looking.cellCount()), grounds = []
    for (let i = 0; i < count; i++) {
      await this.page.evaluate(i => window.looking.scrollTo(i), i)
      await this.page.waitForFunction(i => window.looking.settled(i), i)
      for (const image of await this.page.locator(`${FRONT} [data-windowed-list-index="${i}"] picture img`).all()) {
        const shot = (await image.screenshot()).toString('base64')
        grounds.push({ alt: await image.getAttribute('alt'), brightness: await this.page.evaluate(brightness, shot) })
      }
    }
    return grounds
  }

  // photograph takes the whole notebook, from its first cell to its last, in pictures of
  // at most 8000 pixels' height: beyond twice that Chromium paints nothing.
  async photograph(file) {
    const before = this.page.viewportSize(), step = 8000
    const height = await this.page.evaluate(() => window.looking.height())
    await this.page.setViewportSize({ width: before.width, height: Math.min(height, step) + 200 })
    const count = await this.page.evaluate(() => window.looking.cellCount()), files = []
    for (let top = 0, page = 1; top < height; top += step, page++) {
      await this.page.evaluate(top => window.looking.scrollToPixel(top), top)
      await this.page.waitForFunction(count => {
        for (let i = 0; i < count; i++) if (window.looking.inView(i) && !window.looking.settled(i)) return false
        return true
      }, count)
      const name = height > step ? file.replace('.png', `-${page}.png`) : file
      await this.page.locator(`${FRONT} .jp-Notebook`).screenshot({ path: name })
      files.push(name)
    }
    await this.page.setViewportSize(before)
    return files
  }
}

// brightness, in the page, of the pixel at (12, 12) of a PNG.
export async function brightness(png) {
  const image = new Image()
  image.src = 'data:image/png;base64,' + png
  await image.decode()
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')
  canvas.drawImage(image, -12, -12)
  const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data
  return Math.round((r + g + b) / 3)
}
