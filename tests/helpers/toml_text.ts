import type { Pick } from "./pick.ts";

/**
 * A TOML file in one of the many ways in which people write them: comments, dotted and quoted keys,
 * inline tables, nested tables, arrays of tables, texts over several lines that look like tables.
 */
export function tomlText(pick: Pick): string {
  const lines: string[] = [];
  const between = () => {
    if (pick.oneIn(4)) lines.push(pick.oneIn(3) ? "  " : "");
    if (pick.oneIn(3)) lines.push(`# ${pick.word("remark")} [x]`);
  };
  const pairs = (indent: string, most: number) => {
    for (let at = pick.upTo(most); at > 0; at--) {
      between();
      lines.push(
        `${indent}${keyText(pick)}${pick.of([" = ", "=", "   =  "])}${valueText(pick)}${
          comment(pick)
        }`,
      );
    }
  };
  const servers = pick.upTo(9);
  if (pick.oneIn(4)) lines.push(`# ${pick.word("remark")}`, "");
  pairs("", 3);
  if (servers === 1) lines.push(`mcp_servers = ${inlineServers(pick)}${comment(pick)}`);
  if (servers === 2) lines.push(`mcp_servers.a.command = "x"${comment(pick)}`);
  if (servers === 3) lines.push(`mcp_servers.a = { command = "x" }`, `"mcp_servers".b = {}`);
  pairs("", 2);
  for (let at = pick.upTo(2); at > 0; at--) table(pick, lines, pairs);
  if (servers >= 4 && servers < 8) {
    if (pick.oneIn(2)) {
      lines.push(`[mcp_servers]${comment(pick)}`);
      if (servers === 4) lines.push(`a = { command = "x", args = ["y"] }${comment(pick)}`);
      if (servers === 5) {
        lines.push(
          `a.command = "x"${comment(pick)}`,
          `a.args = [\n  "y", # ${pick.word("remark")}\n]`,
        );
      }
    }
    if (servers >= 6) {
      const name = pick.of(["b", '"b c"', "'b.c'", " b "]);
      lines.push(`[mcp_servers.${name}]${comment(pick)}`);
      pairs("", 3);
      between();
      if (servers === 7) {
        lines.push(`[ mcp_servers . ${name}.env ]`);
        pairs(pick.of(["", "  "]), 2);
      }
    }
  }
  for (let at = pick.upTo(2); at > 0; at--) table(pick, lines, pairs);
  between();
  const newline = pick.oneIn(4) ? "\r\n" : "\n";
  const text = lines.join("\n").replaceAll("\n", newline);
  const end = text === "" || pick.oneIn(4) ? "" : newline.repeat(pick.oneIn(4) ? 2 : 1);
  return (pick.oneIn(8) ? "\ufeff" : "") + text + end;
}

function table(pick: Pick, lines: string[], pairs: (indent: string, most: number) => void): void {
  const name = pick.word("table");
  if (pick.oneIn(3)) {
    for (let at = pick.upTo(1); at >= 0; at--) {
      lines.push(`[[${name}]]${comment(pick)}`);
      pairs("", 2);
      if (pick.oneIn(2)) {
        lines.push(`[${name}.mcp_servers.ouroboros]`);
        pairs("  ", 2);
      }
    }
    return;
  }
  lines.push(`[${pick.of([name, `${name}.x`, `"${name} y".z`])}]${comment(pick)}`);
  pairs("", 2);
  if (pick.oneIn(3)) {
    lines.push("", `[${name}.sub.mcp_servers]`);
    pairs("", 2);
  }
}

function keyText(pick: Pick): string {
  const word = pick.word("key");
  return pick.of([word, word, `"${word} x"`, `'${word}.y'`, `${word}.a.b`, `${word} . "c d"`]);
}

function comment(pick: Pick): string {
  return pick.oneIn(4) ? `${pick.of([" ", "", "   "])}# ${pick.word("remark")} = "` : "";
}

function valueText(pick: Pick): string {
  return pick.of([
    '"text # none"',
    "'C:\\path'",
    "12",
    "-1_000.5e3",
    "0xff",
    "9007199254740993",
    "true",
    "inf",
    "1979-05-27T07:32:00Z",
    "1979-05-27 07:32:00",
    "07:32:00",
    '"\\u00e9 \\" \\\\"',
    '"""\n[mcp_servers.ouroboros]\ncommand = "x" \\\n"""',
    "'''\n# [mcp_servers]\n'''",
    '""""quoted""""',
    "[]",
    '["a", "b",]',
    `[\n  1, # ${pick.word("remark")}\n  [2, 3],\n]`,
    "{}",
    "{ a = 1, b.c = [2] }",
    '{ "x y" = { z = "}" } }',
    '[{ a = 1 }, { a = "," }]',
  ]);
}

function inlineServers(pick: Pick): string {
  return pick.of([
    "{}",
    "{ }",
    '{ a = { command = "x" } }',
    '{a.command="x",b={}}',
    '{ a = { args = ["}", "{"] } }',
  ]);
}
