/** A source of unpredictable bytes: in the server the operating system's, in a test a tape. */
export type RandomBytes = (count: number) => Uint8Array

const TWO_TO_THE_32 = 2 ** 32

/** One unsigned integer below 2^32. */
function uint32(random: RandomBytes): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d
}

/** How often, out of 2^32, a geometric draw goes on: floor(e^-epsilon * 2^32). */
function threshold(epsilon: number): number {
  return Math.floor(Math.exp(-epsilon) * TWO_TO_THE_32)
}

/**
 * Noise for a counter: an integer k drawn with probability proportional to a^|k|, where a = threshold / 2^32, so a count
 * with this noise is epsilon-differentially private for one step. The difference of two geometric draws, made of
 * integers only: a floating-point sampler can give the noise away (Mironov, "On significance of the least significant
 * bits", CCS 2012; Ghosh, Roughgarden, Sundararajan, "Universally utility-maximizing privacy mechanisms", 2009).
 */
export function discreteLaplace(epsilon: number, random: RandomBytes): number {
  const goOn = threshold(epsilon)
  const geometric = () => {
    let draws = 0
    while (uint32(random) < goOn) draws += 1
    return draws
  }
  const first = geometric()
  return first - geometric()
}

/** The variance of `discreteLaplace`: 2a / (1 - a)^2. Its root is 2.8 at epsilon 0.5, 5.6 at 0.25, 14.1 at 0.1. */
export function noiseVariance(epsilon: number): number {
  const a = threshold(epsilon) / TWO_TO_THE_32
  return (2 * a) / (1 - a) ** 2
}

/** Whether something happens that happens with this probability, to a precision of 2^-32. */
export function happens(probability: number, random: RandomBytes): boolean {
  return uint32(random) < Math.floor(probability * TWO_TO_THE_32)
}
