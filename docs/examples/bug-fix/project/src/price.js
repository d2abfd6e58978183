import { findCoupon } from "./coupon.js";

/** Price in cents after an optional coupon, rounded in the customer's favour. */
export function priceAfter(cents, code, now = new Date()) {
  if (!Number.isInteger(cents) || cents < 0) throw new RangeError(`No price: ${cents}`);
  if (code === undefined) return cents;
  const { percent } = findCoupon(code, now);
  return Math.floor(cents * (100 - percent) / 100);
}
