import { completenessOf, completenessTable } from './completeness.ts'
import { content } from './content.ts'

// `npm run content:complete`: how much of each kind of text every language has. It fails when something is missing.
console.log(completenessTable(content()))
if (completenessOf(content()).some(({ there, of }) => there < of)) process.exitCode = 1
