printf '\033[2J\033]0;title\007boo\n'; exit 1
