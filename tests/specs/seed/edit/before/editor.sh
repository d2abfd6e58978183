sed -e 's/A greeting/A farewell/' "$1" >new.txt && cat new.txt >"$1" && rm new.txt
