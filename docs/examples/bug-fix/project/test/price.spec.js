import assert from "node:assert/strict";
import { test } from "node:test";
import { priceAfter } from "../src/price.js";

const JULY = new Date("2025-07-01T12:00:00Z");

test("a price without a coupon stays", () => {
  assert.equal(priceAfter(1999), 1999);
});

test("a coupon lowers the price, rounded in the customer's favour", () => {
  assert.equal(priceAfter(1999, "WELCOME10", JULY), 1799);
  assert.equal(priceAfter(1000, " summer25 ", JULY), 750);
});

test("an unknown coupon is refused", () => {
  assert.throws(() => priceAfter(1000, "NOPE", JULY), /no coupon "NOPE"/);
});

test("a price is whole cents", () => {
  assert.throws(() => priceAfter(9.5), RangeError);
});
