import type { z } from 'zod'

/** Something wrong in the content: in which file, in which field, what is wrong, and what to do about it. */
export interface Problem {
  readonly file: string
  readonly field: string
  readonly problem: string
  readonly remedy: string
}

/** All problems of the content at once. Its message has a paragraph for each. */
export class ContentError extends Error {
  override readonly name = 'ContentError'

  constructor(readonly problems: readonly Problem[]) {
    super(
      `The content has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}.\n\n${describeProblems(problems)}\n`,
    )
  }
}

/** The problems as text for a person, one paragraph each. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ file, field, problem, remedy }) => `${file} → ${field}\n  ${problem}\n  Remedy: ${remedy}`)
    .join('\n\n')
}

/** The problems that a schema found in one file. */
export function problemsOfSchema(file: string, error: z.ZodError): Problem[] {
  return error.issues.map((issue) => {
    const { problem, remedy } = describeIssue(issue)
    return {
      file,
      field: inOneLine(issue.path.map(String).join('.')) || '(the whole file)',
      problem: inOneLine(problem),
      remedy,
    }
  })
}

/** A name in YAML can be a list or a map, which is written over several lines. */
function inOneLine(words: string): string {
  return words.replace(/\s+/g, ' ').trim()
}

function describeIssue(issue: z.core.$ZodIssue): Pick<Problem, 'problem' | 'remedy'> {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? { problem: 'the field is missing', remedy: `fill in ${article(issue.expected)}` }
        : { problem: issue.message, remedy: `write ${article(issue.expected)} here` }
    case 'unrecognized_keys':
      return {
        problem: `unknown field: ${issue.keys.join(', ')}`,
        remedy: 'correct the spelling or take it out; docs/content.md lists the fields',
      }
    case 'invalid_value':
      return { problem: issue.message, remedy: `choose one of: ${issue.values.map(String).join(', ')}` }
    default:
      return { problem: issue.message, remedy: 'correct the value; docs/content.md shows an example' }
  }
}

function article(type: string): string {
  if (type === 'array') return 'a list'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
