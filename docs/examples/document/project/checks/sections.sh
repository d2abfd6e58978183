#!/bin/sh
# sections.sh FILE HEADING...: the file's second-level headings are exactly these, in this order, and
# each has text below it.
file=$1
shift
want=$(printf '%s\n' "$@")
have=$(sed -n 's/^## //p' "$file") || exit 1
if [ "$have" != "$want" ]; then
  printf 'Sections differ. Wanted:\n%s\nFound:\n%s\n' "$want" "$have"
  exit 1
fi
awk '
  /^## / { if (open && !words) { print "No text below: " title; bad = 1 } title = $0; open = 1; words = 0; next }
  NF { words = 1 }
  END { if (open && !words) { print "No text below: " title; bad = 1 } exit bad }
' "$file"
