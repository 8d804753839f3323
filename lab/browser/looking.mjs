// What the tests see of a page. The function below is carried into the browser before
// JupyterLab loads, so it may use nothing from outside itself; it leaves window.looking.

/* global window, document */
export function looking(front) {
  const panel = () => window.jupyterapp.shell.currentWidget
  const notebook = () => panel().content
  const element = i => document.querySelector(`${front} .jp-Notebook .jp-Cell[data-windowed-list-index="${i}"]`)
  const outputs = cell => [...cell.querySelectorAll('.jp-OutputArea-output')]
  const prompt = cell => cell.querySelector('.jp-InputPrompt')?.textContent.trim() ?? ''

  // pictures of an output, with the drawing that a <picture> carries as a data address.
  const decode = address => {
    const [, base64, data] = /^data:image\/svg\+xml[^,]*?(;base64)?,(.*)$/s.exec(address) ?? []
    if (data === undefined) return ''
    return base64 ? new TextDecoder().decode(Uint8Array.from(atob(data), c => c.charCodeAt(0))) : decodeURIComponent(data)
  }
  // form names what a shape of a diagram is by its geometry alone: a diamond has its four
  // corners at the middles of its box's sides, a square fills its box as wide as high.
  const form = shape => {
    if (shape.tagName === 'circle') return 'circle'
    const numbers = (shape.getAttribute('d') ?? '').match(/-?[\d.]+/g)?.map(Number) ?? []
    const xs = numbers.filter((_, k) => k % 2 === 0), ys = numbers.filter((_, k) => k % 2 === 1)
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
    const near = (a, b) => Math.abs(a - b) < 1
    const isMiddle = k => near(xs[k], (left + right) / 2) || near(ys[k], (top + bottom) / 2)
    if (xs.length === 4 && xs.every((_, k) => isMiddle(k))) return 'diamond'
    return near(right - left, bottom - top) ? 'square' : 'other'
  }
  const NODES = ['operation', 'variable', 'placeholder', 'result']
  const picture = image => {
    const source = image.closest('picture')?.querySelector('source')
    const svg = decode(source?.srcset ?? image.src)
    const drawing = svg && new DOMParser().parseFromString(svg, 'image/svg+xml')
    const classes = {}, shapes = {}, titles = []
    const count = (into, name) => { into[name] = (into[name] ?? 0) + 1 }
    if (drawing) {
      for (const e of drawing.querySelectorAll('[class]'))
        for (const c of e.classList) count(classes, c)
      for (const name of NODES)
        for (const group of drawing.querySelectorAll(`g.${name}`)) {
          const shape = group.querySelector('path, circle')
          count(shapes, `${name} ${shape ? form(shape) : 'without a shape'}`)
        }
      for (const t of drawing.querySelectorAll('title')) titles.push(t.textContent)
    }
    return { width: image.naturalWidth, height: image.naturalHeight, alt: image.alt, svg: Boolean(svg), visible: image.checkVisibility(), classes, shapes, titles,
      wellFormed: !drawing || !drawing.querySelector('parsererror'),
      text: drawing ? [...drawing.querySelectorAll('text')].map(t => t.textContent).join('\n') : '' }
  }

  // isWritten compares what an output shows with what its model holds. HTML and the like
  // must show anything at all; of text, colours do not count and all letters do.
  const letters = text => [text].flat().join('').replace(/\x1b\[[0-9;]*m/g, '').replace(/\s/g, '').length
  const isWritten = (output, model) => {
    if (!output.checkVisibility({ contentVisibilityAuto: true })) return false // in the document, not yet laid out
    if (output.querySelector('img, svg')) return true
    const isText = model.output_type === 'stream' || output.dataset.mimeType === 'text/plain'
    const wanted = isText ? letters(model.text ?? model.data['text/plain']) : 1
    return letters(output.textContent) >= wanted
  }

  // How often outputs of each cell were replaced in place since watch: what is live moves.
  const updates = []

  window.looking = {
    kernelStatus: () => panel()?.sessionContext?.session?.kernel?.status,
    cellCount: () => notebook().widgets.length,
    activeIndex: () => notebook().activeCellIndex,
    scrollTo: i => notebook().scrollToItem(i),
    height: () => document.querySelector(`${front} .jp-WindowedPanel-inner`).scrollHeight,
    scrollToPixel: top => { document.querySelector(`${front} .jp-WindowedPanel-outer`).scrollTop = top },
    inView: i => {
      const box = element(i)?.getBoundingClientRect()
      return Boolean(box) && box.bottom > 0 && box.top < window.innerHeight
    },

    // settled: the cell is in the document with all of its outputs, each written out to
    // its last letter (JupyterLab renders them bit by bit), and every picture is loaded.
    settled: i => {
      const cell = element(i)
      if (!cell) return false
      const model = notebook().widgets[i].model.outputs, shown = outputs(cell)
      for (let k = 0; k < (model?.length ?? 0); k++)
        if (!shown[k] || !isWritten(shown[k], model.get(k).toJSON())) return false
      return [...cell.querySelectorAll('img')].every(image => image.complete)
    },
    hasRun: i => /\d/.test(prompt(element(i))) && notebook().widgets[i].model.executionState !== 'running',
    running: i => prompt(element(i)).includes('*'),

    watch: () => notebook().widgets.forEach((cell, i) => {
      updates[i] = 0
      cell.model.outputs?.changed.connect((_, change) => { if (change.type === 'set') updates[i]++ })
    }),

    cell: i => {
      const cell = element(i), out = outputs(cell)
      return {
        index: i,
        code: cell.classList.contains('jp-CodeCell'),
        source: notebook().widgets[i].model.sharedModel.source,
        prompt: prompt(cell),
        text: out.map(o => o.innerText.trim()).join('\n'),
        kinds: out.map(o => o.dataset.mimeType ?? ''),
        wrong: out.filter(o => /error|stderr/.test(o.dataset.mimeType ?? '')).map(o => o.innerText),
        pictures: out.flatMap(o => [...o.querySelectorAll('img')]).map(picture),
        svgs: out.reduce((n, o) => n + o.querySelectorAll('svg').length, 0),
        updates: updates[i] ?? 0,
      }
    },
  }
}
