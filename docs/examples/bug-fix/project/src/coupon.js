/**
 * A coupon takes `percent` off a price. `endsOn` is the last day on which it holds, as YYYY-MM-DD in
 * UTC; without it the coupon never ends.
 */
export class CouponError extends Error {}

const COUPONS = new Map([
  ["WELCOME10", { percent: 10 }],
  ["SUMMER25", { percent: 25, endsOn: "2025-08-31" }],
  ["LEAP50", { percent: 50, endsOn: "2024-02-29" }],
]);

/** The coupon behind a code that a customer typed. Throws CouponError. */
export function findCoupon(code, now = new Date()) {
  const coupon = COUPONS.get(code.trim().toUpperCase());
  if (!coupon) throw new CouponError(`There is no coupon "${code}"`);
  if (coupon.endsOn && coupon.endsOn > now) {
    throw new CouponError("This coupon cannot be used");
  }
  return coupon;
}
