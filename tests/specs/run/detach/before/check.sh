[ "$(sh greet.sh)" = hello ] || { echo "expected hello"; exit 1; }
