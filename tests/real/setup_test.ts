/**
 * `ouroboros setup` by the real program in the homes of the real hosts: what the hosts show the
 * model then, what they let it do, and what is left when all of it was taken out again.
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type RealAgent, realTest } from "../helpers/real_agents.ts";
import { withBench } from "../helpers/real_drive.ts";
import { ouroborosIn, setUp, takeOut } from "../helpers/real_host.ts";
import { ANSWER, lookAround, mustShow, mustShowNothing } from "../helpers/real_look.ts";
import { emptyHome, fillUser, OWN } from "../helpers/real_user.ts";
import { SOURCE_WORDS } from "../helpers/setup_bench.ts";
import { differences, type Snapshot, snapshot } from "../helpers/setup_snapshot.ts";

/** A name that only the registry knows: no host hands it to a server of its own accord. */
const PASSED = { AZURE_OPENAI_API_KEY: "a-secret-of-a-test" };

/** Hosts where the user has a rule of their own that asks before a tool of ours, or which always ask. */
const ASKS = ["opencode", "claude"];

/**
 * What each host leaves in a home by being used, with us or without, as lines of `differences`: none
 * of it was ever ours to undo.
 */
const HOST_WRITES: Readonly<Record<string, readonly RegExp[]>> = {
  codex: [
    /^\+ \.codex\/(\.sandbox_migration|\.tmp|installation_id|\w+\.sqlite(-\w+)?)[/:]/,
    /^\+ \.codex\/(sessions|shell_snapshots|skills|skills\/\.system|thread-writer-locks)(:|\/[^o])/,
  ],
  claude: [
    // Its log of a server bears the server's name.
    /^\+ \.cache(\/claude-cli-nodejs)?[/:]/,
    /^\+ \.claude(:|\/(backups|projects|sessions|\.last-cleanup)[/:])/,
    // Its own counters and the list of projects; rewritten as a whole, so compared by meaning.
    /^[+~] \.claude\.json:/,
  ],
  opencode: [
    /^\+ \.(cache|local|local\/share|local\/state)(:|\/opencode[/:])/,
    /^\+ \.config\/opencode\/\.gitignore:/,
    // It adds a `$schema` to a file of its own that has none, so to one that setup made.
    /^\+ \.config\/opencode\/opencode\.jsonc: file/,
  ],
  hermes: [
    /^\+ \.hermes\/(SOUL\.md|\.skills_prompt_snapshot\.json|auth\.lock|state\.db(-\w+)?):/,
    /^\+ \.hermes\/(audio_cache|cron|hooks|image_cache|logs|memories|pairing|sandboxes|sessions)[/:]/,
    /^\+ \.hermes\/skills:/,
    // It makes its folders private.
    /^~ \.hermes(\/skills)?: mode 755, now 700$/,
    /^~ \.hermes\/\.update_check:/,
  ],
};

/** Differences of a home that are not the host's own doing; what it rewrites holds nothing of ours. */
function strange(agent: RealAgent, before: Snapshot, after: Snapshot): string[] {
  const lines = differences(before, after);
  for (const path of [".claude.json", ".config/opencode/opencode.jsonc"]) {
    const text = after.get(path)?.text ?? "";
    if (text !== before.get(path)?.text) assert(!/ouroboros/i.test(text), `${path}: ${text}`);
  }
  return lines.filter((line) => !HOST_WRITES[agent.name]!.some((one) => one.test(line)));
}

realTest(
  "set up beside a user's own things, it shows the model our skills and tools, runs one once it is " +
    "approved by name, and shows nothing of ours after uninstall",
  (agent) =>
    withBench(agent, [{ text: "." }], async (bench) => {
      const { home } = bench;
      delete home.env.CODEX_HOME;
      await fillUser(agent, home);
      const before = await snapshot(home.home);
      if (ASKS.includes(agent.name)) {
        const { placement } = await setUp(agent, home);
        const refused = await lookAround(agent, bench, { placement });
        assert(!refused.body.includes(ANSWER), "it ran without an approval");
      }
      const installed = await setUp(agent, home, ["--approve-tools"]);
      const look = { placement: installed.placement, own: true, env: PASSED };
      const with_ = await lookAround(agent, bench, look);
      mustShow(with_, installed);
      assertStringIncludes(with_.body, OWN.skill);
      // The answer came back, from inside of this host.
      assertStringIncludes(with_.body, ANSWER);
      const names = new RegExp(`${ANSWER}: ([\\w, ]*)`).exec(with_.body)?.[1] ?? "";
      assertStringIncludes(names, "AZURE_OPENAI_API_KEY");
      assert(!names.includes("REQUESTS_CA_BUNDLE"), `it is not set: ${names}`);
      assert(!with_.body.includes(PASSED.AZURE_OPENAI_API_KEY), "a value reached the model");

      await takeOut(agent, home);
      const without = await lookAround(agent, bench, { own: true });
      mustShowNothing(without);
      for (const own of [OWN.skill, OWN.tool]) {
        if (agent.name === "codex" && own === OWN.tool) continue;
        assertStringIncludes(without.body, own);
      }
      const after = await snapshot(home.home);
      assertEquals(strange(agent, before, after), []);
      if (agent.name === "claude") {
        const { mcpServers } = JSON.parse(after.get(".claude.json")!.text);
        assertEquals(Object.keys(mcpServers), ["notes"]);
      }
    }),
);

realTest(
  "set up in an empty home, it lets the model use what needs no approval, and goes without a trace",
  (agent) =>
    withBench(agent, [{ text: "." }], async (bench) => {
      const { home } = bench;
      delete home.env.CODEX_HOME;
      const bare = await emptyHome(home);
      const installed = await setUp(agent, home);
      // The user goes on to write into the files that setup made.
      await bare.configure();
      Object.assign(home.env, bare.env);
      const { placement } = installed;
      const shown = await lookAround(agent, bench, { placement });
      mustShow(shown, installed);
      assertEquals(shown.body.includes(ANSWER), placement.approval.unasked !== "none");

      await takeOut(agent, home);
      mustShowNothing(await lookAround(agent, bench));
      // Byte for byte what the user wrote; a file that setup made is for its owner alone.
      const odd = strange(agent, bare.configured, await snapshot(home.home))
        .filter((line) => !/config\.(toml|yaml): mode 644, now 600$/.test(line));
      assertEquals(odd, []);
    }),
);

realTest(
  "examined, and planned for without a setup, it leaves the home as it is",
  (agent) =>
    withBench(agent, [{ text: "." }], async ({ home }) => {
      delete home.env.CODEX_HOME;
      await emptyHome(home);
      const before = await snapshot(home.home);
      assertEquals((await ouroborosIn(agent, home, ["doctor"])).code, 0);
      const words = ["setup", "--runtime", agent.name, "--dry-run", ...SOURCE_WORDS];
      assertEquals((await ouroborosIn(agent, home, words)).code, 0);
      const lines = differences(before, await snapshot(home.home));
      // It writes a log and looks for an update at `--version`, and no switch stops that.
      const own = /^\+ \.hermes(:|\/(logs|\.update_check)[/:])/;
      assertEquals(lines.filter((line) => agent.name !== "hermes" || !own.test(line)), []);
    }),
);
