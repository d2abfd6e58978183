import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { FileGroup, HostView } from "../../../../lib/app/setup/views.ts";
import { groupsText, hostsText, short } from "../../../../lib/cli/render/setup_plan.ts";
import { visible } from "../../../../lib/cli/render/text.ts";

const STYLE = { color: false, columns: 80, home: "/home/ada", redact: (text: string) => text };

const HOST: HostView = {
  id: "ant",
  title: "Ant",
  path: "/home/ada/bin/ant",
  version: "1.2.3",
  state: "absent",
  problem: null,
  chosen: false,
  command: "ouroboros setup --runtime ant",
};

const GROUP: FileGroup = {
  host: "ant",
  title: "Ant",
  files: [
    {
      path: "/home/ada/.ant/skills/ouroboros-run/SKILL.md",
      action: "create",
      what: 'skill "ouroboros-run"',
      before: null,
      after: "line\n".repeat(40),
    },
    {
      path: "/home/ada/.ant/ant.json",
      action: "change",
      what: 'MCP server "ouroboros"',
      before: "a\nb\n",
      after: "a\nb\nc\n",
    },
    { path: "/etc/ant", action: "kept", what: "notes", note: "changed since" },
    { path: "/home/ada/small", action: "create", what: "ours", before: null, after: "1\n2\n" },
  ],
  notes: ["something to know"],
};

Deno.test("each file is told with what is done; long new ones are counted, short ones shown", async () => {
  assertEquals(
    await groupsText([GROUP], STYLE),
    `Ant
  create  ~/.ant/skills/ouroboros-run/SKILL.md  skill, 40 lines
  change  ~/.ant/ant.json  MCP server "ouroboros"
      @@ -1,2 +1,3 @@
       a
       b
      +c
  kept    /etc/ant  notes
          changed since
  create  ~/small  ours, 2 lines
      @@ -1,0 +1,2 @@
      +1
      +2
  note    something to know
`,
  );
});

Deno.test("hosts are told with where they are and how they stand", () => {
  const hosts: HostView[] = [
    HOST,
    { ...HOST, id: "beetle", title: "Beetle", path: null, version: null },
    { ...HOST, id: "cat", title: "Cat", state: "unusable", problem: "a file is broken" },
  ];
  assertEquals(
    hostsText(hosts, STYLE),
    `Hosts
  ant     Ant 1.2.3: not set up  ~/bin/ant
  beetle  Beetle: not on this machine
  cat     Cat 1.2.3: its files cannot be changed  ~/bin/ant
          a file is broken
`,
  );
});

Deno.test("nothing but paths goes beyond a narrow screen", async () => {
  const style = { ...STYLE, columns: 60 };
  const long = "a note that has more words than a narrow screen has room for in one line";
  const text = hostsText([{ ...HOST, problem: long, path: `/usr/${"x".repeat(40)}` }], style) +
    await groupsText([{ ...GROUP, notes: [long] }], style);
  for (const line of text.split("\n")) {
    assert(visible(line) <= 60 || /^ *\S*\/\S*$/.test(line), line);
  }
});

Deno.test("what a file's name would do to a terminal is taken out", async () => {
  const files = [{ ...GROUP.files[2]!, path: "/etc/\x1b[31mred" }];
  assertStringIncludes(await groupsText([{ ...GROUP, files }], STYLE), "/etc/red");
});

Deno.test("a path in the home folder is told from there", () => {
  assertEquals(short("/home/ada/x", "/home/ada"), "~/x");
  assertEquals(short("/home/adaline/x", "/home/ada"), "/home/adaline/x");
});
