import fc from 'fast-check'
import { expect, it } from 'vitest'
import { typedIn } from './form-words.ts'

it('a form gives a text for each field that is asked for, which every database keeps', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom('name', 'other', '__proto__'),
          fc.oneof(fc.string({ unit: fc.constantFrom('\0', 'a', '\n', '\ud800') }), fc.constant(new File(['a'], 'a'))),
        ),
      ),
      (entries) => {
        const data = new FormData()
        for (const [name, value] of entries) data.append(name, value)
        const typed = typedIn(data, 'name', 'missing')
        const first = data.get('name')
        expect(typed).toEqual({ name: typeof first === 'string' ? first.replaceAll('\0', '') : '', missing: '' })
      },
    ),
  )
})
