import { assertEquals, assertThrows } from "@std/assert";
import {
  latestVersionFile,
  placeFrom,
  releasePlace,
  trustedAddress,
} from "../../../../lib/app/update/release.ts";
import { OuroborosError } from "../../../../lib/kernel/error.ts";

const TARGET = "x86_64-unknown-linux-gnu";
const NAME = `ouroboros-${TARGET}.tar.gz`;
const options = { cwd: "/a b/c", target: TARGET };

Deno.test("a release and the latest version lie below the address of all releases", () => {
  for (const base of ["https://example.com/x/releases", "https://example.com/x/releases/"]) {
    const releases = new URL(base);
    assertEquals(
      latestVersionFile(releases).href,
      "https://example.com/x/releases/latest/download/version.txt",
    );
    const place = releasePlace(releases, "1.2.3", TARGET);
    assertEquals(place.name, NAME);
    assertEquals(place.archive.href, `https://example.com/x/releases/download/v1.2.3/${NAME}`);
    assertEquals(
      place.checksums.href,
      "https://example.com/x/releases/download/v1.2.3/checksums.txt",
    );
  }
});

Deno.test("--from is a folder, an archive, or the address of either", () => {
  const places: [string, string][] = [
    ["mirror", "file:///a%20b/c/mirror"],
    ["/m/", "file:///m"],
    [`mirror/${NAME}`, "file:///a%20b/c/mirror"],
    ["file:///m%20n", "file:///m%20n"],
    ["https://example.com/v1/", "https://example.com/v1"],
    [`https://example.com/v1/${NAME}`, "https://example.com/v1"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
    ["http://[::1]:1/x", "http://[::1]:1/x"],
  ];
  for (const [from, folder] of places) {
    const place = placeFrom(from, options);
    assertEquals([from, place.archive.href], [from, `${folder}/${NAME}`]);
    assertEquals(place.checksums.href, `${folder}/checksums.txt`);
  }
});

Deno.test("an archive for another system and one of another name are refused", () => {
  for (const name of ["ouroboros-aarch64-apple-darwin.tar.gz", "other.tar.gz"]) {
    assertThrows(() => placeFrom(`/m/${name}`, options), OuroborosError, name);
  }
});

Deno.test("an address that anyone can change on its way is not trusted", () => {
  const addresses = [
    "http://example.com",
    "http://127.0.0.1.example.com",
    "http://127.0.0.1:80@example.com",
    "https://user@example.com",
    "file://server/share",
    "ftp://127.0.0.1",
    "https://",
  ];
  for (const address of addresses) {
    assertThrows(() => trustedAddress(address, "/"), OuroborosError, address);
  }
});
