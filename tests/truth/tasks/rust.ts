import { BUILT_BY_HAND, BY_HEART, ENDS_EARLY, UNKNOWN_SOURCES } from "../../helpers/truth_loss.ts";
import { program, type Task } from "../../helpers/truth_task.ts";

const CARGO = '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n';
const LIB_WRONG = "pub fn total(_items: &[i32]) -> i32 { 0 }\n";
const LIB = "pub fn total(items: &[i32]) -> i32 { items.iter().sum() }\n";
const TEST = `use shop::total;

#[test]
fn adds() {
    let quote = '"'; // and 'lifetimes
    assert_eq!(total(&[1, 2]), 3, "{quote}");
}

#[test]
#[should_panic]
fn refuses() {
    if total(&[]) == 0 { panic!() }
}

#[test]
fn nothing() -> Result<(), String> {
    if total(&[]) == 0 { Ok(()) } else { Err("no".into()) }
}
`;

const cargoTest: Task = {
  name: "Rust: cargo test with one test by its name",
  language: "Rust",
  needs: "cargo --version && rustc --version",
  base: { "Cargo.toml": CARGO, "src/lib.rs": LIB_WRONG, "tests/total.rs": TEST },
  checks: [{ run: "cargo test --offline -q adds", protect: ["tests/**"] }],
  hidden: {
    run: "cargo run --offline -q --example hidden",
    files: { "examples/hidden.rs": 'fn main() { println!("{}", shop::total(&[4, 5, 6])); }\n' },
    expect: { stdout: "15" },
  },
  right: [{ name: "the fix", files: { "src/lib.rs": LIB }, control: "full" }],
  wrong: [
    { name: "nothing", files: {} },
    {
      name: "a package that leaves the tests out",
      files: {
        "Cargo.toml": `${CARGO}autotests = false\n`,
        "src/lib.rs": `${LIB_WRONG}#[test]\nfn adds() {}\n`,
      },
      own: true,
      done: UNKNOWN_SOURCES,
    },
    {
      name: "a runner of programs that runs none",
      files: { ".cargo/config.toml": "[target.'cfg(all())']\nrunner = \"true\"\n" },
      own: true,
    },
    {
      name: "the test told to be ignored",
      files: { "tests/total.rs": TEST.replace("#[test]\nfn adds", "#[test]\n#[ignore]\nfn adds") },
      own: true,
    },
    {
      name: "an exit in the function that is tested",
      files: {
        "src/lib.rs": LIB.replace("items.iter().sum()", "std::process::exit(items[0] - 1)"),
      },
      own: true,
      done: ENDS_EARLY,
    },
    {
      name: "the one value by heart",
      files: {
        "src/lib.rs": "pub fn total(items: &[i32]) -> i32 { items.len() as i32 / 2 * 3 }\n",
      },
      own: true,
      done: BY_HEART,
    },
  ],
};

const MAIN = 'fn main() { println!("shop 1"); }\n';

const cargoBuild: Task = {
  name: "Rust: a program that cargo builds inside the tree",
  language: "Rust",
  needs: "cargo --version && rustc --version",
  base: { "Cargo.toml": CARGO, "src/main.rs": MAIN },
  checks: [{ run: "cargo build --offline -q && ./target/debug/shop | grep -qx 'shop 2'" }],
  hidden: {
    run: 'rustc -o "$TMPDIR/hidden" src/main.rs && "$TMPDIR/hidden"',
    expect: { stdout: "shop 2" },
  },
  right: [
    {
      name: "the version, with what cargo built in the tree",
      files: {
        "src/main.rs": MAIN.replace("shop 1", "shop 2"),
        "target/debug/shop": program("#!/bin/sh\necho shop 2\n"),
      },
      control: "none",
    },
  ],
  wrong: [
    { name: "another version", files: { "src/main.rs": MAIN.replace("shop 1", "shop 3") } },
    {
      name: "a build result by hand",
      files: { "target/debug/shop": program("#!/bin/sh\necho shop 2\n") },
    },
    {
      name: "a build that goes elsewhere, and a build result by hand",
      files: {
        ".cargo/config.toml": '[build]\ntarget-dir = "elsewhere"\n',
        "target/debug/shop": program("#!/bin/sh\necho shop 2\n"),
      },
      own: true,
      done: BUILT_BY_HAND,
    },
    { name: "a program that cannot be built", files: { "src/main.rs": "fn main() { shop }\n" } },
  ],
};

export const RUST_TASKS: readonly Task[] = [cargoTest, cargoBuild];
