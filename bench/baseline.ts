import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { freePort } from '#store/free-port.ts'
import { startProcess, type MeasuredProcess } from './measured-process.ts'
import type { RawRequest } from './raw-answer.ts'

/**
 * Starts the bare server, compiled like the production server, with the answers of that one.
 * @param requests those that it can answer
 * @param folder where the compiled file may stand
 */
export async function startBareServer(
  production: MeasuredProcess,
  requests: readonly RawRequest[],
  folder: string,
): Promise<MeasuredProcess> {
  const file = join(folder, 'bare-server.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./bare-server.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
  const port = await freePort()
  return startProcess(file, port, [
    String(port),
    String(production.port),
    ...requests.map((request) => JSON.stringify(request)),
  ])
}
