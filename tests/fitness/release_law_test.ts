/** The workflow that publishes, the installer and the program agree on where what lies. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/yaml";
import { HOSTS } from "../../.ci/permissions.ts";
import {
  archiveName,
  CHECKSUMS,
  latestVersionFile,
  PROGRAM_MARK,
  releasePlace,
  RELEASES,
} from "../../lib/app/update/release.ts";
import { MARK, PLATFORMS } from "../helpers/install_bench.ts";

const read = (path: string) => Deno.readTextFileSync(new URL(`../../${path}`, import.meta.url));
const INSTALLER = read("install.sh");
const WORKFLOW = read(".github/workflows/release.yml");

interface Release {
  jobs: {
    build: { strategy: { matrix: { include: { target: string; program: string }[] } } };
    publish: { steps: { name?: string; run?: string }[] };
  };
}

const { jobs } = parse(WORKFLOW) as Release;

/** The value of a variable of the installer that is set once, at its head. */
function variable(name: string): string | undefined {
  return new RegExp(`^${name}="(.*)"$`, "m").exec(INSTALLER)?.[1];
}

Deno.test("the installer and the program look for releases at one address, which may be reached", () => {
  assertEquals(variable("releases"), RELEASES);
  assert(HOSTS.includes(new URL(RELEASES).hostname));
  // The workflow refuses to publish from another repository than this.
  assertStringIncludes(WORKFLOW, 'grep -qF "\\"https://github.com/$GITHUB_REPOSITORY/releases\\""');
});

Deno.test("what is built for Linux and macOS is what the installer knows, under one name", () => {
  const built = jobs.build.strategy.matrix.include.map((one) => one.target)
    .filter((target) => !target.includes("windows"));
  assertEquals(PLATFORMS.map(([, , target]) => target).toSorted(), built.toSorted());
  assertStringIncludes(WORKFLOW, `dist/pack/${archiveName("${{ matrix.target }}")}`);
  assertStringIncludes(INSTALLER, `archive=${archiveName("$target")}`);
  const programs = jobs.build.strategy.matrix.include.map((one) => one.program);
  assertEquals([...new Set(programs)].sort(), ["ouroboros", "ouroboros.exe"]);
});

Deno.test("everything that the installer and the program ask for is published", () => {
  const script = jobs.publish.steps.map((step) => step.run ?? "").join("\n");
  const published = /gh release create (?:.*\\\n)?.*/.exec(script)?.[0] ?? "";
  const releases = new URL("https://example.com/releases");
  const place = releasePlace(releases, "1.2.3", "any");
  const urls = [latestVersionFile(releases), place.checksums];
  for (const url of urls) {
    const [, path = "", name = ""] = /releases\/(.*)\/(.*)/.exec(url.pathname) ?? [];
    assert(published.split(/\s+/).includes(name), `${name} is not published: ${published}`);
    assertStringIncludes(INSTALLER, `/${name}`);
    assertStringIncludes(INSTALLER, path.replace("1.2.3", "$version"));
  }
  for (const name of ["install.sh", "ouroboros-*.tar.gz"]) {
    assert(published.split(/\s+/).includes(name), `${name} is not published`);
  }
  // Nothing is fetched before its checksum is known.
  const sums = /sha256sum (.*) > (.*)/.exec(script);
  assertEquals(sums?.[2], CHECKSUMS);
  assertStringIncludes(sums?.[1] ?? "", "ouroboros-*.tar.gz");
});

Deno.test("the installer knows the program by the mark that the program holds", () => {
  assertEquals([variable("program_mark"), MARK], [PROGRAM_MARK, PROGRAM_MARK]);
});

Deno.test("the installer builds with the Deno of the gate", () => {
  const gate = /npx -y deno@([\d.]+)/.exec(read(".ci/run"))?.[1];
  assertEquals(variable("deno_version"), gate);
});
