[ -f greet.sh ]
