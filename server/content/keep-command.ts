import { keepContent } from './built-content.ts'
import { content } from './content.ts'

// A step of `npm run build`.
keepContent('.next', content())
