import { expect, it } from 'vitest'
import { isReadableForm } from './readable-form.ts'

const PART = 'Content-Disposition: form-data; name="a"\r\n\r\nb'
const TYPE = 'multipart/form-data; boundary=x'

it.each([
  ['with a part', TYPE, `--x\r\n${PART}\r\n--x--\r\n`],
  ['with two parts', TYPE, `--x\r\n${PART}\r\n--x\r\n${PART}\r\n--x--\r\n`],
  ['of fields', 'application/x-www-form-urlencoded', 'a=b'],
  ['of text', 'text/plain;charset=UTF-8', '{'],
  ['of no type', undefined, 'a=b'],
])('takes a form %s', async (_what, type, body) => {
  expect(await isReadableForm(type, Buffer.from(body))).toBe(true)
})

it.each([
  ['without a boundary', 'multipart/form-data', 'a=b'],
  ['with another boundary', TYPE, `--y\r\n${PART}\r\n--y--\r\n`],
  ['without parts', TYPE, 'a=b'],
  ['that is empty', TYPE, ''],
  ['that breaks off', TYPE, `--x\r\n${PART}`],
  ['whose type is in capitals', 'Multipart/Form-Data; boundary=x', 'a=b'],
])('takes no form %s', async (_what, type, body) => {
  expect(await isReadableForm(type, Buffer.from(body))).toBe(false)
})
