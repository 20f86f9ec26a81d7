import { keepContent } from './built-content.ts'
import { content } from './content.ts'
import { outlineOf } from './outline.ts'

// A step of `npm run build`.
keepContent('.next', content(), outlineOf(content()))
