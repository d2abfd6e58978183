import type { Recording } from "../kernel/recording.ts";

/** The demonstration's project: a shop in one shell script, with checks that need nothing but `sh`. */
export const DEMO_FILES: Readonly<Record<string, string>> = {
  "README.md": "# A shop in one script\n\n    sh shop.sh PRICE COUPON TODAY\n",
  "coupons.txt": "SPRING 10 2026-03-31\nSUMMER 25 2026-08-31\n",
  "shop.sh": '#!/bin/sh\n# sh shop.sh PRICE COUPON TODAY: the price to pay\necho "$1"\n',
  "checks/discount.sh": `got=$(sh shop.sh 200 SPRING 2026-03-01)
if [ "$got" != 180 ]; then
  echo "SPRING takes 10 percent off 200: expected 180, got $got"
  exit 1
fi
`,
  "checks/expired.sh": `got=$(sh shop.sh 200 SPRING 2026-04-01)
if [ "$got" != 200 ]; then
  echo "SPRING is over on 2026-04-01: expected 200, got $got"
  exit 1
fi
got=$(sh shop.sh 200 SPRING 2026-03-31)
if [ "$got" != 180 ]; then
  echo "SPRING still counts on its last day, 2026-03-31: expected 180, got $got"
  exit 1
fi
`,
  "checks/unknown.sh": `sh shop.sh 200 WINTER 2026-03-01 2>/dev/null
code=$?
if [ "$code" != 2 ]; then
  echo "WINTER is not in coupons.txt: expected exit code 2, got $code"
  exit 1
fi
`,
};

/** The demonstration's seed. */
export const DEMO_SEED = `schema: 1
goal: Coupons work in the shop
constraints:
  - Plain POSIX sh, no other programs than those that every system has
acceptance_criteria:
  - id: discount
    description: A coupon of coupons.txt takes its percentage off the price
    check: { run: sh checks/discount.sh, protect: "checks/**" }
  - id: expired
    description: A coupon counts until its last day, and not after
    depends_on: [discount]
    check: { run: sh checks/expired.sh, protect: "checks/**" }
  - id: unknown
    description: An unknown coupon is an error with exit code 2
    depends_on: [discount]
    check: { run: sh checks/unknown.sh, protect: "checks/**" }
metadata:
  seed_id: seed_demo
`;

const HEAD = `#!/bin/sh
# sh shop.sh PRICE COUPON TODAY: the price to pay
price=$1 coupon=$2 today=$3
line=$(grep "^$coupon " coupons.txt)
[ -n "$line" ] || { echo "$price"; exit; }
set -- $line
`;
const PAY = `echo $((price * (100 - $2) / 100))\n`;

function dayCheck(comparison: string): string {
  return `number() { echo "$1" | tr -d -; }
if [ "$(number "$today")" ${comparison} "$(number "$3")" ]; then echo "$price"; exit; fi
`;
}

/** What the recorded agent does: once right, once wrong and then right, once only claimed. */
export const DEMO_RECORDING: Recording = {
  schema: 1,
  title: "Coupons work in the shop",
  runtime: "a recorded agent",
  attempts: [
    {
      criterion: "discount",
      attempt: 1,
      steps: [
        { say: "I read the coupon's line and take its percentage off." },
        { wait_ms: 300 },
        { write: "shop.sh", text: HEAD + PAY },
        { run: "sh shop.sh 200 SPRING 2026-03-01", exit: 0 },
      ],
      finalText: "shop.sh now looks the coupon up and takes its percentage off.",
      usage: { inputTokens: 5200, outputTokens: 240 },
    },
    {
      criterion: "expired",
      attempt: 1,
      steps: [
        { say: "I compare today with the coupon's last day." },
        { wait_ms: 300 },
        { write: "shop.sh", text: HEAD + dayCheck("-ge") + PAY },
      ],
      finalText: "Done: a coupon that is over no longer counts.",
      usage: { inputTokens: 5600, outputTokens: 180 },
    },
    {
      criterion: "expired",
      attempt: 2,
      steps: [
        { say: "The check is right: the last day itself has to count." },
        { wait_ms: 300 },
        { write: "shop.sh", text: HEAD + dayCheck("-gt") + PAY },
        { run: "sh checks/expired.sh", exit: 0 },
      ],
      finalText: "The coupon counts on its last day now, and not after it.",
      usage: { inputTokens: 6100, outputTokens: 150 },
    },
    ...[1, 2].map((attempt) => ({
      criterion: "unknown",
      attempt,
      steps: [{ say: "An unknown coupon is handled already." }, { wait_ms: 200 }],
      finalText: "Done! Unknown coupons now give an error with exit code 2.",
      usage: { inputTokens: 5300, outputTokens: 60 },
    })),
  ],
};
