import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import js from '@eslint/js'
import { defineConfig, includeIgnoreFile } from 'eslint/config'
import tseslint from 'typescript-eslint'

// The arrows of docs/architecture.md: campaign counting sharing ← store ← server ← app → components.
const PURE = ['campaign', 'counting', 'sharing']
const FOLDERS = [
  ...PURE,
  'store',
  'server',
  'app',
  'components',
  'content',
  'adapter',
  'reader',
  'e2e',
  'supply',
  'docs',
]

const PURE_RULES = 'A pure folder imports nothing but its own files and pure libraries; what it needs is an argument.'
const STORE = 'store imports only the pure folders and its libraries; server wires it to the rest.'
const SERVER = 'server does not know the screens; app asks server for data and hands it to components.'
const APP = 'app does not open the store; it asks server for data.'
const RAW_COUNTS =
  'A screen sees published totals only, through the files of server/counts that are named in this rule.'
const COMPONENTS =
  'A component imports components, campaign and, as types only, server/content/read.ts; everything else is a prop.'
const READER = 'The reader script imports its machine alone, so that it stays small enough to be part of every page.'
const VISITS = 'The script of VISITOR_COUNTS=vercel imports @vercel/analytics alone; the other pages go without it.'
const CONTENT = 'content holds data only; put code in another folder.'
const FRAMEWORK_LINK = 'A reading page ships no script of the framework; write plain <a>, <img> and no <script>.'
const CLOCK = 'Only server/clock.ts reads the clock; take the moment as an argument.'
const ENVIRONMENT = 'Only server/environment.ts reads the environment; take the setting as an argument.'
const EXPORT_ALL = 'Name what a file exports, or import it where it is written.'
const LATE_IMPORT = 'Import at the top of the file, where the arrows between the folders are checked.'

/** Everything in these folders, by `#folder/…` and by a path that climbs out of the own folder. @param {string[]} folders */
const inside = (...folders) => `^(#|(\\.\\.?/)+)(${folders.join('|')})(/|$)`
/** Everything in the folders of the project but these. @param {string[]} folders */
const outside = (...folders) => inside(...FOLDERS.filter((folder) => !folders.includes(folder)))
const NODE = `^(node:|(${builtinModules.join('|')})(/|$))`
const NEXT_AND_REACT = '^(next|react|react-dom)(/|$)'

/**
 * The imports that files refuse, each with its sentence.
 * @param {string[]} files
 * @param {{ regex: string, message: string, allowTypeImports?: boolean }[]} patterns
 * @returns {import('eslint').Linter.Config}
 */
const refuseImports = (files, ...patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
})

// The two ways to read the clock: Date without an argument, and a format of no moment in particular.
const DATE_WITHOUT_MOMENT = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: CLOCK },
  { selector: 'CallExpression[callee.name="Date"]', message: CLOCK },
  { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: CLOCK },
]
const FORMAT_WITHOUT_MOMENT = {
  selector: 'CallExpression[callee.property.name=/^format(ToParts)?$/][arguments.length=0]',
  message: CLOCK,
}
const PROCESS_ENVIRONMENT = [
  {
    selector: 'MemberExpression[object.name="process"]:matches([property.name="env"], [property.value="env"])',
    message: ENVIRONMENT,
  },
  { selector: 'MemberExpression[object.property.name="process"][property.name="env"]', message: ENVIRONMENT },
  {
    selector: 'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
    message: ENVIRONMENT,
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
    message: ENVIRONMENT,
  },
]
const IMPORTS_AND_EXPORTS = [
  { selector: 'ExportAllDeclaration', message: EXPORT_ALL },
  { selector: 'ImportExpression:not([source.value=/^\\.\\//])', message: LATE_IMPORT },
  { selector: 'TSImportType', message: LATE_IMPORT },
]

/**
 * The rule that refuses these, and no others: a later one for the same file replaces it.
 * @param {{ selector: string, message: string }[]} sentences
 * @returns {{ 'no-restricted-syntax': ['error', ...{ selector: string, message: string }[]] }}
 */
const refuseSyntax = (...sentences) => ({ 'no-restricted-syntax': ['error', ...sentences] })

const AS_A_READER =
  'A reader cannot do this: drive the browser as a person would and wait for what is seen (docs/testing.md), or say in a comment before it why not.'

/**
 * Refuses made-up events, forced presses, and waiting for a time or an idle line, unless a comment right before the statement says why.
 * @type {import('eslint').Rule.RuleModule}
 */
const asAReader = {
  create(context) {
    /** @param {import('eslint').Rule.Node} node */
    const refuse = (node) => {
      /** @type {import('eslint').Rule.Node} */
      let statement = node
      while (statement.parent && !/(Statement|Declaration)$/.test(statement.type)) statement = statement.parent
      if (context.sourceCode.getCommentsBefore(statement).length === 0) context.report({ node, message: AS_A_READER })
    }
    return {
      'CallExpression[callee.name="dispatchEvent"]': refuse,
      'CallExpression[callee.property.name=/^(dispatchEvent|waitForTimeout)$/]': refuse,
      'Literal[value=/^networkidle/]': refuse,
      'CallExpression[callee.property.name=/^(click|dblclick|tap|check|uncheck|setChecked|fill|hover|dragTo|selectOption|clear)$/] > ObjectExpression > Property[key.name="force"][value.value=true]':
        refuse,
    }
  },
}

export default defineConfig(
  includeIgnoreFile(fileURLToPath(new URL('.gitignore', import.meta.url))),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      // The compiler knows every name there is (`npm run types`); a list of globals here would be a second one.
      'no-undef': 'off',
      // A text that is run as a program is where what somebody typed becomes one (OWASP ASVS 5.0.0, 1.3.2).
      'no-eval': 'error',
      'no-new-func': 'error',
      // A comparison that changes what it compares lets a text pass for a number (15.3.5).
      eqeqeq: 'error',
      // `import { type Page }` still loads the file, `import type { Page }` does not.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      ...refuseSyntax(...DATE_WITHOUT_MOMENT, FORMAT_WITHOUT_MOMENT, ...PROCESS_ENVIRONMENT, ...IMPORTS_AND_EXPORTS),
    },
  },
  { files: ['server/clock.ts'], rules: refuseSyntax(...PROCESS_ENVIRONMENT, ...IMPORTS_AND_EXPORTS) },
  // What can be guessed from what came before is no secret (OWASP ASVS 5.0.0, 6.5.3 and 11.5.1).
  {
    files: ['app/**', 'counting/**', 'server/**', 'sharing/**', 'store/**', 'proxy.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Take bytes of node:crypto; those of Math.random can be guessed.',
        },
      ],
    },
  },
  // The browser tests and the benchmarks are programs of their own, each with one place for its settings.
  {
    files: ['server/environment.ts', 'e2e/environment.ts', 'bench/browser.ts'],
    rules: refuseSyntax(...DATE_WITHOUT_MOMENT, FORMAT_WITHOUT_MOMENT, ...IMPORTS_AND_EXPORTS),
  },
  // The opening hours follow the clock of the reader's device: the page itself was built long before.
  { files: ['reader/**'], rules: refuseSyntax(...DATE_WITHOUT_MOMENT, ...PROCESS_ENVIRONMENT, ...IMPORTS_AND_EXPORTS) },
  {
    files: ['content/**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    rules: refuseSyntax({ selector: 'Program', message: CONTENT }),
  },

  {
    files: ['e2e/**/*.ts'],
    plugins: { journeys: { rules: { 'as-a-reader': asAReader } } },
    rules: { 'journeys/as-a-reader': 'error' },
  },

  ...PURE.map((folder) =>
    refuseImports(
      [`${folder}/**`],
      { regex: outside(folder), message: PURE_RULES },
      { regex: NODE, message: PURE_RULES },
      { regex: NEXT_AND_REACT, message: PURE_RULES },
    ),
  ),
  refuseImports(
    ['store/**'],
    { regex: outside('store', ...PURE), message: STORE },
    { regex: NEXT_AND_REACT, message: STORE },
  ),
  refuseImports(['server/**'], { regex: inside('app', 'components'), message: SERVER }),
  refuseImports(
    ['app/**', 'proxy.ts'],
    { regex: inside('store'), message: APP },
    {
      regex: `${inside('server')}counts/(?!(totals|overview|choice|closing|strike|letter|letter-files|link-totals|counted-page)\\.ts$)`,
      message: RAW_COUNTS,
    },
  ),
  refuseImports(
    ['app/reading/**'],
    { regex: inside('store'), message: APP },
    { regex: `${inside('server')}counts/`, message: RAW_COUNTS },
    { regex: '^next/(link|script|image)$', message: FRAMEWORK_LINK },
  ),
  refuseImports(
    ['components/**'],
    { regex: outside('components', 'campaign', 'server', 'content'), message: COMPONENTS },
    { regex: `${inside('server')}(?!content/read\\.ts$)`, message: COMPONENTS },
    { regex: `${inside('server')}content/read\\.ts$`, message: COMPONENTS, allowTypeImports: true },
    { regex: inside('content'), message: COMPONENTS, allowTypeImports: true },
    { regex: NODE, message: COMPONENTS },
    { regex: '^next/(link|script|image)$', message: FRAMEWORK_LINK },
  ),
  { ...refuseImports(['reader/**'], { regex: '.', message: READER }), ignores: ['**/*.test.ts'] },
  refuseImports(['reader/reader.ts'], { regex: '^(?!\\./machine\\.ts$)', message: READER }),
  refuseImports(['reader/vercel-visits.ts'], { regex: '^(?!@vercel/analytics$)', message: VISITS }),
)
