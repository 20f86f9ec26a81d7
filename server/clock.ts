/** The present moment. The only place that reads the clock: everything else is given the moment. */
export function now(): Date {
  return new Date()
}
