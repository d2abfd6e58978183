#!/bin/sh
# links.sh FILE TARGET...: every relative link of the Markdown file leads to a file, and every TARGET
# is linked.
file=$1
shift
links=$(grep -o '](\([^)]*\))' "$file" | sed 's/^](//; s/)$//; s/#.*$//' | sort -u)
bad=0
for link in $links; do
  case $link in
    http://* | https://* | mailto:*) ;;
    *) [ -f "$(dirname "$file")/$link" ] || { echo "Dead link: $link"; bad=1; } ;;
  esac
done
for target in "$@"; do
  printf '%s\n' "$links" | grep -qxF "$target" || { echo "Not linked: $target"; bad=1; }
done
exit $bad
