import { MARKER_NAME } from "./marker.ts";
import { SYSTEM_PATH } from "./system_command.ts";

/**
 * What the guard runs. It says its pid, and reads lines from a pipe of which only we hold the other end:
 * `mark TEXT` (this worker's marker), `add PID`, `end PID` (a child, which leads a process group of
 * its own), `bye` (go without doing anything). At the end of the file we are dead: it ends the
 * children, their descendants, groups and sessions, and every process with the marker: TERM, then
 * KILL until nothing is left. A process that was once seen there stays wanted when its parent dies
 * first; it is known by pid and start time.
 *
 * Linux reads /proc; elsewhere `ps` (by its manual, not tried). No function of the script may need a
 * tool that a slim image lacks: it has cat, grep, sed, awk and sleep.
 */
export const GUARD_SCRIPT = String.raw`
trap '' HUP INT TERM PIPE
PATH=${SYSTEM_PATH}
LC_ALL=C
export PATH LC_ALL
cd /
echo $$
children= mark= known=
while read -r word value; do
  case $word in
    mark) mark=$value ;;
    add) children="$children $value" ;;
    end)
      rest=
      for child in $children; do [ "$child" = "$value" ] || rest="$rest $child"; done
      children=$rest ;;
    bye) exit 0 ;;
  esac
done
[ -n "$mark" ] || exit 0

table() {
  if [ -r /proc/self/stat ]; then
    grep -lazsF -e "${MARKER_NAME}=$mark" /proc/[0-9]*/environ |
      sed 's|^/proc/\([0-9]*\)/environ$|M \1|'
    cat /proc/[0-9]*/stat 2>/dev/null |
      sed -n 's/^\([0-9]*\) (.*) \([A-Za-z]\) \(-*[0-9]*\) \(-*[0-9]*\) \(-*[0-9]*\) /P \1 \2 \3 \4 \5 /p' |
      awk '{ print $1, $2, $3, $4, $5, $6, $22 }'
  else
    ps -axEww -o pid=,command= | grep -F -e " ${MARKER_NAME}=$mark" | awk '{ print "M", $1 }'
    ps -axo pid=,stat=,ppid=,pgid=,lstart= |
      awk '{ print "P", $1, substr($2, 1, 1), $3, $4, 0, $5 "-" $6 "-" $7 "-" $8 "-" $9 }'
  fi
}

wanted() {
  {
    for child in $children; do echo "C $child"; done
    for pair in $known; do echo "K $pair"; done
    table
  } | awk -v self="$$" '
    $1 == "C" { root[$2] = 1 }
    $1 == "K" { known[$2] = 1 }
    $1 == "M" { hit[$2] = 1; marked[$2] = 1 }
    $1 == "P" && $3 != "Z" && $3 != "X" {
      parent[$2] = $4; start[$2] = $7
      if ($2 in root || $5 in root || $6 in root || ($2 ":" $7) in known) hit[$2] = 1
    }
    END {
      do {
        more = 0
        for (pid in parent) if (!(pid in hit) && parent[pid] in hit) { hit[pid] = 1; more = 1 }
      } while (more)
      for (pid in hit) {
        if (pid + 0 <= 1 || (!(pid in parent) && !(pid in marked))) continue
        own = 0
        up = pid
        for (steps = 0; steps < 999 && up in parent; steps++) {
          if (up == self) own = 1
          up = parent[up]
        }
        if (!own) print pid ":" start[pid]
      }
    }'
}

signal=TERM
for round in 1 2 3 4 5 6 7 8; do
  known=$(wanted)
  [ -n "$known" ] || exit 0
  for pid in $(echo "$known" | sed 's/:.*//'); do kill -s $signal "$pid" 2>/dev/null; done
  if [ "$signal" = TERM ]; then sleep 0.4 2>/dev/null || sleep 1; else sleep 0.1 2>/dev/null || sleep 1; fi
  signal=KILL
done
`;
