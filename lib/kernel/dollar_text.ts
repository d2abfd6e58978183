/** So many digits behind the point, at the most. */
const MOST_DIGITS = 6;

/** Less than a ten-thousandth of a cent is what subtracting leaves, and no price. */
const SMALLEST = 1e-6;

/**
 * An amount of US dollars for people: two digits behind the point, and as many more as show it to
 * one in a hundred, so that what was paid never reads as nothing.
 */
export function dollarText(amount: number): string {
  let digits = 2;
  while (amount >= SMALLEST && digits < MOST_DIGITS && isRough(amount, digits)) digits++;
  return `$${amount.toFixed(digits)}`;
}

function isRough(amount: number, digits: number): boolean {
  return Math.abs(Number(amount.toFixed(digits)) - amount) > amount / 100;
}
