#!/bin/sh
# Installs ouroboros, which is one file, into a folder of yours:
#
#   curl -fsSL https://github.com/Q00/ouroboros/releases/latest/download/install.sh | sh
#   sh install.sh --help
#
# Touches nothing but that folder. The program's own `ouroboros setup` does the rest, if you want
# it. Everything stands in functions and the last line calls: a script that arrives cut does nothing.

# Where releases lie. The program (lib/app/update/release.ts) and the workflow that publishes
# (.github/workflows/release.yml) say the same; a test compares.
releases="https://github.com/Q00/ouroboros/releases"
# Stands in every file of this program, and in no other.
program_mark="ouroboros:program-file:1"
# What builds from source.
deno_version="2.7.11"

usage() {
  cat <<'END'
Usage: install.sh [OPTIONS]

  --version X.Y.Z   that release, not the latest
  --dir FOLDER      where to (OUROBOROS_INSTALL_DIR, else ~/.local/bin)
  --setup NAME      then run "ouroboros setup --runtime NAME"; its exit code is this one's
  --yes             ask nothing
  --dry-run         say what would be done, and write nothing
  --from WHERE      take the release from a mirror's folder, an archive, or the URL of either;
                    checksums.txt has to lie beside it
  --from-source     build the clone that this script lies in; needs npx or Deno, and nothing else

OUROBOROS_RELEASES is the address of a mirror of all releases. Addresses are https, file, or http on
this machine.

Exit codes: 0 done, 1 failed, 2 wrong options, 3 no such release, 6 no build for this system or a
missing tool, 7 interrupted; after --setup the one of setup.
END
}

say() {
  printf '%s\n' "$*"
}

# fail CODE MESSAGE [HINT]
fail() {
  printf 'Error: %s\n' "$2" >&2
  if [ -n "${3:-}" ]; then printf '  Try: %s\n' "$3" >&2; fi
  exit "$1"
}

has() {
  command -v "$1" >/dev/null 2>&1
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
    --version | --dir | --setup | --from)
      if [ -z "${2:-}" ]; then fail 2 "Option \"$1\" needs a value" "sh install.sh --help"; fi
      read_option "$1" "$2"
      shift
      ;;
    --version=?* | --dir=?* | --setup=?* | --from=?*) read_option "${1%%=*}" "${1#*=}" ;;
    --yes | -y) yes=1 ;;
    --dry-run) dry_run=1 ;;
    --from-source) from_source=1 ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail 2 "Unknown option \"$1\"" "sh install.sh --help" ;;
    esac
    shift
  done
  if [ -n "$from_source" ] && [ -n "$from$version" ]; then
    fail 2 "Options \"--from-source\" and \"--from\" or \"--version\" exclude each other"
  fi
  if [ -n "$from" ] && [ -n "$version" ]; then
    fail 2 "Options \"--from\" and \"--version\" exclude each other"
  fi
}

read_option() {
  case $1 in
  --version)
    version=${2#v}
    if ! is_version "$version"; then fail 2 "Not a version: \"$2\"" "--version 1.2.3"; fi
    ;;
  --dir) dir=$2 ;;
  --setup)
    setup=$2
    case $setup in
    -* | *[!0-9a-zA-Z_,-]*) fail 2 "Not the name of an agent: \"$2\"" ;;
    esac
    ;;
  --from) from=$2 ;;
  esac
}

is_version() {
  case $1 in
  '' | *[!0-9A-Za-z.+-]* | [!0-9]* | *..*) return 1 ;;
  esac
}

# The folder to install into, absolute.
choose_dir() {
  if [ -z "$dir" ]; then dir=${OUROBOROS_INSTALL_DIR:-}; fi
  if [ -z "$dir" ]; then
    if [ -z "${HOME:-}" ]; then fail 1 "Cannot tell the home folder: HOME is not set" "--dir FOLDER"; fi
    dir=$HOME/.local/bin
  fi
  # A shell leaves the tilde of --dir=~/bin as it is.
  case $dir in
  [~]/*) dir=${HOME:-}/${dir#??} ;;
  esac
  case $dir in
  /*) ;;
  *) dir=$PWD/$dir ;;
  esac
  while [ "$dir" != / ] && [ "${dir%/}" != "$dir" ]; do dir=${dir%/}; done
  file=$dir/ouroboros
}

# The name that releases have for this system; what cannot run here is refused.
find_target() {
  system=$(uname -s) || fail 6 "Cannot tell the system: uname failed"
  machine=$(uname -m) || fail 6 "Cannot tell the processor: uname failed"
  # An Intel shell on an Apple processor.
  if [ "$system" = Darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then
    machine=arm64
  fi
  case $system in
  Linux | Darwin) ;;
  MINGW* | MSYS* | CYGWIN*)
    fail 6 "This script is for Linux and macOS, and this is \"$system\"" "take the archive for Windows from $releases"
    ;;
  *) fail 6 "There is no build for the system \"$system\"" ;;
  esac
  case $machine in
  x86_64 | amd64) machine=x86_64 ;;
  aarch64 | arm64) machine=aarch64 ;;
  *) fail 6 "There is no build for the processor \"$machine\": only for x86_64 and arm64" ;;
  esac
  if [ "$system" = Darwin ]; then
    target=$machine-apple-darwin
    return
  fi
  if [ "$(getconf LONG_BIT 2>/dev/null)" = 32 ]; then
    fail 6 "There is no build for a system of 32 bits"
  fi
  refuse_musl
  target=$machine-unknown-linux-gnu
}

refuse_musl() {
  if getconf GNU_LIBC_VERSION >/dev/null 2>&1; then return; fi
  case $(ldd --version 2>&1) in
  *musl*) ;;
  *GLIBC* | *"GNU libc"*) return ;;
  *) for loader in /lib/ld-musl-*; do if [ ! -e "$loader" ]; then return; fi; done ;;
  esac
  fail 6 "There is no build for systems with musl (Alpine and its like): the program needs glibc" \
    "a glibc system or container, such as debian:stable-slim"
}

# What lies where we would install, when it is not ours: named, and left alone.
refuse_foreign() {
  if [ -L "$file" ]; then
    where=$(readlink "$file")
    case $where in
    */uv/tools/*) foreign "installed by uv" "uv tool uninstall $(part_after "$where" /uv/tools/)" ;;
    */pipx/venvs/*) foreign "installed by pipx" "pipx uninstall $(part_after "$where" /pipx/venvs/)" ;;
    */node_modules/*) foreign "installed by npm" "" ;;
    */Cellar/*) foreign "installed by Homebrew" "brew uninstall ouroboros" ;;
    *) foreign "a symbolic link to \"$where\"" "" ;;
    esac
  elif [ -d "$file" ]; then
    foreign "a folder" ""
  elif [ -e "$file" ] && [ ! -f "$file" ]; then
    # A reader of a pipe would wait for its writer.
    foreign "a pipe, a socket or a device" ""
  elif [ -f "$file" ] && ! LC_ALL=C grep -qF "$program_mark" "$file"; then
    case $(LC_ALL=C head -c 300 "$file" 2>/dev/null | LC_ALL=C tr -cd ' -~') in
    '#!'*python* | '#!'*/pypy*) foreign "a Python program, put there by pip or its like" "python3 -m pip uninstall ouroboros-ai" ;;
    '#!'*) foreign "a script" "" ;;
    *) foreign "a file of another program" "" ;;
    esac
  fi
}

# part_after PATH MIDDLE: the one name that follows MIDDLE.
part_after() {
  rest=${1#*"$2"}
  printf '%s\n' "${rest%%/*}"
}

# foreign WHAT COMMAND
foreign() {
  fail 1 "\"$file\" is $1: it is not replaced" "${2:+$2, or }install elsewhere: --dir FOLDER"
}

# Says early what would fail late: the nearest folder that exists has to be writable.
refuse_unwritable() {
  nearest=$dir
  while [ ! -e "$nearest" ] && [ ! -L "$nearest" ]; do nearest=$(dirname "$nearest"); done
  if [ ! -d "$nearest" ]; then fail 1 "Cannot install into \"$dir\": \"$nearest\" is not a folder"; fi
  if [ ! -w "$nearest" ]; then
    fail 1 "Cannot install into \"$dir\": \"$nearest\" is not writable" "--dir FOLDER"
  fi
}

# refuse_address URL: only what cannot be changed on its way here.
refuse_address() {
  case $1 in
  https://?* | file:///* | /*) ;;
  http://*@*) fail 2 "Not an address that is trusted: \"$1\"" ;;
  http://127.0.0.1[:/]* | http://localhost[:/]* | http://\[::1\][:/]*) ;;
  *) fail 2 "Not an address that is trusted: \"$1\"" "https, file, or http on this machine" ;;
  esac
}

# Where this release lies ($base), and its archive ($archive).
find_release() {
  archive=ouroboros-$target.tar.gz
  if [ -n "$from" ]; then
    case $from in
    *://* | /*) ;;
    *) from=$PWD/$from ;;
    esac
    case $from in
    *.tar.gz)
      archive=${from##*/}
      base=${from%/*}
      ;;
    *) base=${from%/} ;;
    esac
    case $archive in
    "ouroboros-$target.tar.gz") ;;
    ouroboros-*) fail 2 "\"$archive\" is for another system: this one is \"$target\"" ;;
    *) fail 2 "Not the name of a release's archive: \"$archive\"" "ouroboros-$target.tar.gz" ;;
    esac
    refuse_address "$base/"
    return
  fi
  releases=${OUROBOROS_RELEASES:-$releases}
  releases=${releases%/}
  refuse_address "$releases"
  if [ -z "$version" ]; then
    fetch "$releases/latest/download/version.txt" "$work/version.txt"
    IFS= read -r version <"$work/version.txt" || :
    if ! is_version "$version"; then fail 1 "\"$releases/latest/download/version.txt\" holds no version"; fi
  fi
  base=$releases/download/v$version
}

# fetch ADDRESS FILE
fetch() {
  case $1 in
  file:///* | /*)
    path=$(printf '%s\n' "${1#file://}" | sed 's/%20/ /g')
    if [ -d "$path" ]; then fail 3 "\"$path\" is a folder, and has to be a file"; fi
    if [ ! -f "$path" ]; then fail 3 "There is no file \"$path\""; fi
    cp "$path" "$2" || fail 1 "Cannot copy \"$path\""
    return
    ;;
  esac
  if has curl; then
    fetch_by_curl "$1" "$2"
  elif has wget; then
    fetch_by_wget "$1" "$2"
  else
    fail 6 "Neither curl nor wget is here to download with" "install curl"
  fi
}

fetch_by_curl() {
  quiet=-sS
  case $1 in
  *.tar.gz) if [ -t 2 ]; then quiet=-#; fi ;;
  esac
  # Slower than 1 kB a second for a minute is no download.
  status=$(curl -fL "$quiet" --proto "=${1%%:*}" --connect-timeout 20 --retry 2 \
    --speed-limit 1000 --speed-time 60 -o "$2" -w '%{http_code}' "$1") && return
  if [ "${status#???}" = "" ] && [ "${status#4}" != "$status" ]; then
    fail 3 "There is no \"$1\" (HTTP $status)" "the releases that there are: $releases"
  fi
  unreachable "$1"
}

fetch_by_wget() {
  tries=
  # BusyBox knows no --tries.
  case $(wget --help 2>&1) in
  *--tries*) tries=--tries=3 ;;
  esac
  # shellcheck disable=SC2086 # no word at all where it is empty
  wget -q -T 30 $tries -O "$2" "$1" && return
  # The server answered, and not with the file.
  if [ $? -eq 8 ]; then fail 3 "There is no \"$1\"" "the releases that there are: $releases"; fi
  unreachable "$1"
}

unreachable() {
  fail 1 "Cannot download \"$1\": nothing was installed" "again, or from a mirror: --from URL"
}

# check_archive: its checksum has to be the one of checksums.txt; whatever is in the way fails.
check_archive() {
  expected=
  hash=''
  while read -r hash name _ || [ -n "$hash" ]; do
    name=${name%"$(printf '\r')"}
    if [ "${name#\*}" != "$archive" ]; then continue; fi
    if [ -n "$expected" ] && [ "$expected" != "$hash" ]; then
      fail 1 "\"$base/checksums.txt\" names \"$archive\" twice: nothing was installed"
    fi
    expected=$hash
  done <"$work/checksums.txt"
  if [ -z "$expected" ]; then
    fail 3 "\"$base/checksums.txt\" does not name \"$archive\": nothing was installed"
  fi
  if ! is_sha256 "$expected"; then
    fail 1 "\"$base/checksums.txt\" holds no checksum of \"$archive\": nothing was installed"
  fi
  found=$(sha256 "$work/$archive")
  if [ -z "$found" ]; then
    fail 6 "Nothing is here to check the download with: nothing was installed" "install sha256sum or openssl"
  fi
  if [ "$found" != "$(printf '%s\n' "$expected" | tr ABCDEF abcdef)" ]; then
    fail 1 "\"$archive\" is not the file that was published: nothing was installed (its SHA-256 is $found, not $expected)" \
      "again; if it stays so, say so at ${releases%/releases}/issues"
  fi
}

# sha256 FILE: in lower case, by the first of these tools that is here and works; else nothing.
sha256() {
  for tool in sha256sum shasum openssl sha256 python3 perl node; do
    if ! has "$tool"; then continue; fi
    printed=$(sha256_by "$tool" "$1" 2>/dev/null) || continue
    printed=$(printf '%s\n' "$printed" | tr ABCDEF abcdef)
    if is_sha256 "$printed"; then
      printf '%s\n' "$printed"
      return
    fi
  done
}

sha256_by() {
  case $1 in
  sha256sum) first_word "$(sha256sum <"$2")" ;;
  shasum) first_word "$(shasum -a 256 <"$2")" ;;
  openssl) last_word "$(openssl dgst -sha256 <"$2")" ;;
  sha256) last_word "$(sha256 -q <"$2")" ;;
  python3) python3 -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())' <"$2" ;;
  perl) perl -MDigest::SHA -e 'print Digest::SHA->new(256)->addfile(*STDIN, "b")->hexdigest' <"$2" ;;
  node) node -e 'console.log(require("crypto").createHash("sha256").update(require("fs").readFileSync(0)).digest("hex"))' <"$2" ;;
  esac
}

first_word() {
  printf '%s\n' "${1%%[ 	]*}"
}

last_word() {
  printf '%s\n' "${1##*[ 	]}"
}

is_sha256() {
  case $1 in
  *[!0-9a-fA-F]*) return 1 ;;
  esac
  [ ${#1} -eq 64 ]
}

# Puts the release's program into $work.
download() {
  say "Downloading $archive from $base"
  # The checksum first: without it there is nothing to download for.
  fetch "$base/checksums.txt" "$work/checksums.txt"
  fetch "$base/$archive" "$work/$archive"
  check_archive
  if ! has tar; then fail 6 "tar is needed to unpack the download, and is not here"; fi
  tar -xzf "$work/$archive" -C "$work" ouroboros ||
    fail 1 "Cannot unpack \"$archive\": nothing was installed"
  if [ -L "$work/ouroboros" ] || [ ! -f "$work/ouroboros" ]; then
    fail 1 "\"$archive\" holds no program: nothing was installed"
  fi
}

# The clone that this script lies in ($clone).
find_clone() {
  clone=
  case $0 in
  */install.sh) clone=${0%/*} ;;
  install.sh) clone=. ;;
  esac
  if [ -z "$clone" ] || [ ! -f "$clone/main.ts" ] || [ ! -f "$clone/.ci/compile.ts" ]; then
    fail 2 "Option \"--from-source\" is for the install.sh of a clone" \
      "git clone ${releases%/releases} && sh ouroboros/install.sh --from-source"
  fi
  clone=$(cd "$clone" && pwd) || fail 1 "Cannot enter the clone \"$clone\""
  if has deno && [ "$(deno eval 'console.log(Deno.version.deno)' 2>/dev/null)" = "$deno_version" ]; then
    deno="deno"
  elif has npx; then
    deno="npx -y deno@$deno_version"
  else
    fail 6 "Neither Deno $deno_version nor npx is here to build with" "install Node.js: https://nodejs.org"
  fi
}

# Puts a program that was built here into $work.
build() {
  say "Building in $clone with $deno"
  # Deno trusts its own certificates alone otherwise, and fails behind a company's proxy.
  # shellcheck disable=SC2086 # words, not a name
  (
    cd "$clone" &&
      DENO_TLS_CA_STORE=${DENO_TLS_CA_STORE:-system,mozilla} $deno run -A --lock=deno.lock --frozen \
        .ci/compile.ts </dev/null
  ) || fail 1 "The build failed: nothing was installed"
  cp "$clone/dist/ouroboros" "$work/ouroboros" || fail 1 "Cannot copy \"$clone/dist/ouroboros\""
}

# Removes what installers that were killed left in the folder, a hundred megabytes each: files older
# than an hour whose process is gone. The program's updates do the same.
remove_left() {
  for left in "$dir"/.ouroboros.new.*; do
    if [ -L "$left" ] || [ ! -f "$left" ]; then continue; fi
    pid=${left##*/.ouroboros.new.}
    pid=${pid%%.*}
    case $pid in
    *[!0-9]*) ;;
    *) if kill -0 "$pid" 2>/dev/null; then continue; fi ;;
    esac
    # A find that is missing, or knows no minutes, finds nothing.
    if [ -n "$(find "$left" -mmin +60 2>/dev/null)" ]; then rm -f "$left"; fi
  done
}

# Puts $work/ouroboros in its place, in one step, after it was seen to start.
place() {
  made=$dir
  while [ "$made" != / ] && [ ! -e "$(dirname "$made")" ]; do made=$(dirname "$made"); done
  if [ -e "$dir" ]; then made=; fi
  mkdir -p "$dir" || fail 1 "Cannot make the folder \"$dir\""
  remove_left
  # The number says whose it is.
  staged=$(mktemp "$dir/.ouroboros.new.$$.XXXXXX") || fail 1 "Cannot write into \"$dir\"" "--dir FOLDER"
  cp "$work/ouroboros" "$staged" || fail 1 "Cannot write \"$staged\": is the disk full?"
  chmod 755 "$staged" || fail 1 "Cannot make \"$staged\" executable"
  printed=$("$staged" --version </dev/null 2>"$work/complaint") || {
    complaint=$(head -n 1 "$work/complaint")
    fail 1 "The program does not start on this system: nothing was installed${complaint:+ ($complaint)}"
  }
  case $printed in
  "ouroboros $version" | "ouroboros $version "*) ;;
  "ouroboros "[0-9]*) if [ -n "$version" ]; then fail 1 "The program is not version \"$version\": it says \"$printed\""; fi ;;
  *) fail 1 "The program is not the one that was asked for: it says \"$printed\"" ;;
  esac
  if [ -f "$file" ] && cmp -s "$staged" "$file" && [ -x "$file" ]; then
    say "$printed is already $file"
  else
    mv -f "$staged" "$file" || fail 1 "Cannot put \"$file\" in its place"
    say "Installed $printed as $file"
  fi
  made=
  rm -f "$staged"
  staged=
}

# What the user's shell needs to find the program. Files of shells are never edited.
advise() {
  case ":$PATH:" in
  *":$dir:"* | *":$dir/:"*) ;;
  *)
    shown=$dir
    case $dir in
    "${HOME:-/}"/*) shown="\$HOME${dir#"$HOME"}" ;;
    esac
    case ${SHELL:-} in
    */fish) say "Your PATH does not hold this folder; type: fish_add_path \"$shown\"" ;;
    */zsh) say "Your PATH does not hold this folder; add to ~/.zshrc: export PATH=\"$shown:\$PATH\"" ;;
    */bash) say "Your PATH does not hold this folder; add to ~/.bashrc: export PATH=\"$shown:\$PATH\"" ;;
    *) say "Your PATH does not hold this folder; add to ~/.profile: export PATH=\"$shown:\$PATH\"" ;;
    esac
    ;;
  esac
  first=$(command -v ouroboros 2>/dev/null) || first=
  if [ -n "$first" ] && [ "$first" != "$file" ]; then
    say "Note: your PATH finds another ouroboros first: $first"
  fi
}

# The terminal of whoever started this, also when the script itself came through a pipe.
has_terminal() {
  (: </dev/tty) 2>/dev/null
}

# Becomes setup, or says how to start it.
finish() {
  asked=
  next=setup
  # An earlier version may be without it.
  if ! "$file" setup --help </dev/null >/dev/null 2>&1; then next=doctor; fi
  if [ -z "$setup$yes" ] && [ $next = setup ] && has_terminal; then
    printf 'Set up an agent now? Every change is shown before it is made. [Y/n] ' >/dev/tty
    answer=n
    IFS= read -r answer </dev/tty || :
    case $answer in
    '' | [yY] | [yY][eE][sS]) asked=1 ;;
    esac
  fi
  if [ -z "$setup$asked" ]; then
    name=\"$file\"
    if [ "$(command -v ouroboros 2>/dev/null)" = "$file" ]; then name=ouroboros; fi
    say "Next: $name $next"
    exit 0
  fi
  set -- setup
  if [ -n "$setup" ]; then set -- "$@" --runtime "$setup"; fi
  if [ -n "$yes" ]; then set -- "$@" --yes; fi
  # The pipe that this script may have come through is not what setup should read.
  if has_terminal; then exec "$file" "$@" </dev/tty; fi
  exec "$file" "$@" </dev/null
}

# Whatever was made on the way and is not the result.
clean() {
  if [ -n "$staged" ]; then rm -f "$staged"; fi
  if [ -n "$made" ]; then
    empty=$dir
    while rmdir "$empty" 2>/dev/null && [ "$empty" != "$made" ]; do empty=$(dirname "$empty"); done
  fi
  if [ -n "$work" ]; then rm -rf "$work"; fi
  staged='' made='' work=''
}

main() {
  set -eu
  version='' dir='' setup='' from='' yes='' dry_run='' from_source=''
  work='' staged='' made=''
  read_options "$@"
  choose_dir
  if [ -n "$from_source" ]; then find_clone; else find_target; fi
  refuse_foreign
  refuse_unwritable

  trap clean EXIT
  trap 'exit 7' HUP INT TERM
  work=$(mktemp -d "${TMPDIR:-/tmp}/ouroboros-install.XXXXXX") || fail 1 "Cannot make a temporary folder"
  if [ -z "$from_source" ]; then find_release; fi
  if [ -n "$dry_run" ]; then
    if [ -n "$from_source" ]; then say "Would build $clone with $deno"; else say "Would download $base/$archive and check it"; fi
    if [ -e "$file" ]; then say "Would replace $file"; else say "Would install $file"; fi
    if [ -n "$setup" ]; then say "Would run $file setup --runtime $setup${yes:+ --yes}"; fi
    advise
    exit 0
  fi
  if [ -n "$from_source" ]; then build; else download; fi
  place
  advise
  clean
  trap - EXIT HUP INT TERM
  finish
}

{ main "$@"; }
