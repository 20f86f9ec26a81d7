/** The value in the middle; of an even number of values the lower one of the two. */
export function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

/** Nearest rank: the value that at least this part of the sorted values does not exceed. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

/** What one took in each round over what the other took in the same round. @throws RangeError when they had not as many rounds */
export function ratios<Round>(
  rounds: readonly Round[],
  others: readonly Round[],
  pick: (round: Round) => number,
): number[] {
  if (rounds.length !== others.length)
    throw new RangeError(`${rounds.length} rounds cannot be compared with ${others.length}.`)
  const values = others.map(pick)
  return rounds.map((round, index) => pick(round) / (values[index] ?? Number.NaN))
}

/** The median of ratios, with the lowest and the highest: a wide span means a busy machine. */
export function spread(ratios: readonly number[]): string {
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`
}
