[ "$(sh grüße.sh)" = hello ] || { echo "expected hello"; exit 1; }
