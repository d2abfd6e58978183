import { assertEquals } from "@std/assert";
import { checkTree } from "../../../lib/checks/check_tree.ts";
import { networkWall } from "../../../lib/checks/network_wall.ts";
import { checkBench, commandCheck, testSurroundings } from "../../helpers/check_bench.ts";

Deno.test("network: none leaves loopback only, or says that there is no wall", async () => {
  await using bench = await checkBench();
  const options = bench.options({ a: "" });
  const { path } = testSurroundings();
  const wall = await networkWall(options.processes, { path });
  const check = commandCheck("id -u; cat /proc/net/dev | tail -n +3 | cut -d: -f1", {
    network: "none",
  });
  const [run] = await checkTree([check], options.base, options);
  assertEquals([run?.verdict, run?.network], ["pass", wall ? "walled" : "open"]);
  if (!wall) return;
  const [uid, ...devices] = run!.outputTail.split("\n").map((line) => line.trim());
  assertEquals(Number(uid), Deno.uid());
  assertEquals(
    devices.filter((name) =>
      !/^(?:lo|tunl0|sit0|ip6tnl0|gre\w*|erspan0|ip_vti0|ip6_vti0|ip6gre0)$/.test(name)
    ),
    [],
  );
  const exit = commandCheck("exit 3", { network: "none" });
  assertEquals((await checkTree([exit], options.base, options))[0]?.exit, 3);
});

Deno.test("Where nothing can make a wall the check runs all the same, and it is said", async () => {
  await using bench = await checkBench();
  const options = bench.options({ a: "" });
  const surroundings = { ...options.surroundings, path: `${bench.folder}/bin` };
  await Deno.mkdir(surroundings.path);
  await Deno.symlink("/bin/sh", `${surroundings.path}/sh`);
  const [run] = await checkTree([commandCheck("true", { network: "none" })], options.base, {
    ...options,
    surroundings,
  });
  assertEquals([run?.verdict, run?.network], ["pass", "open"]);
});
