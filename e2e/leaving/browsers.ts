import puppeteer, { type Browser } from 'puppeteer-core'
import { Chance } from '../attack/chance.ts'
import { chromiumArguments, UNLIKE_A_READER } from '../chromium-arguments.ts'
import { CHROMIUM, FIREFOX } from '../environment.ts'
import { Line, type Rewrite } from './line.ts'
import { neutralSite } from './neutral-site.ts'
import type { BrowserName, Plan } from './plan.ts'
import { findExit, walk, type Result } from './walk.ts'

/** Walks of one browser at the same time. Firefox shows one tab at a time, and has one line for all. */
const AT_ONCE: Readonly<Record<BrowserName, number>> = { chromium: 3, firefox: 1 }

/** A fresh browser now and then: one that went through hundreds of visits is slow. */
const WALKS_OF_A_BROWSER = 150

/** Walks through visits in one browser, in as few starts as can be, and tells each result when it is there. */
export async function walkAll(
  name: BrowserName,
  plans: readonly Plan[],
  seed: number,
  tell: (result: Result) => void,
  rewrite?: Rewrite,
): Promise<void> {
  const neutral = await neutralSite()
  const waiting = [...plans]
  try {
    while (waiting.length > 0)
      await walkSome(name, waiting.splice(0, WALKS_OF_A_BROWSER), seed, neutral.port, tell, rewrite)
  } finally {
    await neutral.close()
  }
}

async function walkSome(
  name: BrowserName,
  waiting: Plan[],
  seed: number,
  neutralPort: number,
  tell: (result: Result) => void,
  rewrite?: Rewrite,
): Promise<void> {
  const shared = await Line.start(new Chance(seed, 0), neutralPort, rewrite)
  const browser = await (name === 'chromium' ? startChromium() : startFirefox(shared))
  try {
    const context = name === 'chromium' ? await contextOn(browser, shared) : browser.defaultBrowserContext()
    const exit = await findExit(context)
    const one = async () => {
      for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
        if (name === 'firefox') tell(await walk(context, shared, plan, seed, exit))
        else {
          const line = await Line.start(new Chance(seed, plan.number), neutralPort, rewrite)
          const own = await contextOn(browser, line)
          tell(await walk(own, line, plan, seed, exit))
          await own.close()
          await line.close()
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE[name] }, one))
  } finally {
    await browser.close()
    await shared.close()
  }
}

export function contextOn(browser: Browser, line: Line) {
  return browser.createBrowserContext({ proxyServer: line.address, proxyBypassList: ['<-loopback>'] })
}

export function startChromium(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: CHROMIUM,
    headless: true,
    ignoreDefaultArgs: [...UNLIKE_A_READER],
    args: [...chromiumArguments(), '--ignore-certificate-errors', '--touch-events=enabled'],
  })
}

export function startFirefox(line: Line): Promise<Browser> {
  const [host = '', port = ''] = line.address.split(':')
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.http': host,
      'network.proxy.http_port': Number(port),
      'network.proxy.ssl': host,
      'network.proxy.ssl_port': Number(port),
      'network.proxy.no_proxies_on': '',
      'network.proxy.allow_hijacking_localhost': true,
    },
  })
}
