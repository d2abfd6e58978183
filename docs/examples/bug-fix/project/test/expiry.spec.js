import assert from "node:assert/strict";
import { test } from "node:test";
import { CouponError } from "../src/coupon.js";
import { priceAfter } from "../src/price.js";

test("a coupon holds until the end of its last day, UTC", () => {
  assert.equal(priceAfter(1000, "SUMMER25", new Date("2025-08-31T00:00:00Z")), 750);
  assert.equal(priceAfter(1000, "SUMMER25", new Date("2025-08-31T23:59:59Z")), 750);
});

test("an expired coupon is refused", () => {
  for (const now of ["2025-09-01T00:00:00Z", "2026-01-01T00:00:00Z"]) {
    assert.throws(() => priceAfter(1000, "SUMMER25", new Date(now)), CouponError);
  }
});

test("a coupon without an end never expires", () => {
  assert.equal(priceAfter(1000, "WELCOME10", new Date("2099-01-01T00:00:00Z")), 900);
});
