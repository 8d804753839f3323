// A JupyterLab, or a Notebook 7, of the test's own: private folders, a free port on loopback, no token.
// It knows the kernels of .venv and nothing that is installed for the user.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

// What the server says is kept, to be read when a test fails.
const LOGS = path.join(PROJECT, 'build', 'test')

const READY_WITHIN = 90_000 // ms; a cold start on a busy machine, five seconds on a quiet one

// freePort asks the system for a port. Another program could take it before Jupyter does;
// Jupyter then refuses to start (port_retries is 0), and the test says so.
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

// answers reports whether the server is up.
async function answers(url) {
  try {
    return (await fetch(url + '/api/status')).ok
  } catch {
    return false // refused: not listening yet
  }
}

// privateEnvironment is the present one with every folder Jupyter writes to below home.
function privateEnvironment(home) {
  const folders = { JUPYTER_DATA_DIR: 'data', JUPYTER_CONFIG_DIR: 'config', JUPYTER_RUNTIME_DIR: 'runtime',
    JUPYTERLAB_WORKSPACES_DIR: 'workspaces', JUPYTERLAB_SETTINGS_DIR: 'settings', IPYTHONDIR: 'ipython',
    XDG_DATA_HOME: 'share' }
  const own = Object.fromEntries(Object.entries(folders).map(([name, folder]) => [name, path.join(home, folder)]))
  return { ...process.env, ...own, JUPYTER_PREFER_ENV_PATH: '1' }
}

// startLab serves the notebooks found in the folders copied to its root. It gives its
// address, its root, and stop, which ends the server, its kernels, and its folders.
// app is the front end, by the name of its command: lab or notebook.
export async function startLab({ name, folders, app = 'lab', jupyter = path.join(PROJECT, '.venv/bin/jupyter') }) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'gradbook-lab-'))
  const root = path.join(home, 'root')
  fs.mkdirSync(root)
  for (const folder of folders) fs.cpSync(folder, path.join(root, path.basename(folder)), { recursive: true })
  fs.mkdirSync(LOGS, { recursive: true })
  const log = path.join(LOGS, `jupyter${app}-${name}.log`), port = await freePort()
  const out = fs.openSync(log, 'w')
  const server = spawn(jupyter, [app, '--no-browser', '--ip', '127.0.0.1', '--port', String(port), '--allow-root',
    '--ServerApp.port_retries=0', `--ServerApp.root_dir=${root}`, '--IdentityProvider.token=',
    '--expose-app-in-browser'], { cwd: root, env: privateEnvironment(home), stdio: ['ignore', out, out] })
  fs.closeSync(out)
  const ended = once(server, 'exit')
  const url = `http://127.0.0.1:${port}`

  const stop = async () => {
    server.kill('SIGTERM') // Jupyter then ends its kernels
    const patience = setTimeout(() => server.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(patience)
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  }

  for (const start = Date.now(); !await answers(url); await new Promise(next => setTimeout(next, 100))) {
    if (server.exitCode !== null || Date.now() - start > READY_WITHIN) {
      await stop()
      throw new Error(`jupyter ${app} did not start, see ${log}:\n${fs.readFileSync(log, 'utf8').slice(-2000)}`)
    }
  }
  return { url, root, stop }
}
