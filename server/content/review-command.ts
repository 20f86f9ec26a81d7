import { writeFileSync } from 'node:fs'
import { content } from './content.ts'
import { contentReview } from './review.ts'

// `npm run content:review`: writes the list for the person who checks the content.
writeFileSync('docs/content-review.md', contentReview(content()))
