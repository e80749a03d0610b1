#!/bin/sh
# Writes an invoice for every order of a file, with nothing but curl and sed.
touch done.txt rejected.txt
failed=0

field() { # a member of a line of JSON that holds texts only
  printf '%s' "$1" | sed -n "s/.*\"$2\": \"\([^\"]*\)\".*/\1/p"
}

send() { # 0 done, 1 again, 2 never, 3 later; $told is how long the vendor asks to wait
  told=""
  body="{\"customer_id\":\"$2\",\"total\":{\"amount\":\"$3\",\"currency\":\"EUR\"},\"reference\":\"$1\"}"
  status=$(curl -s --max-time 3 -o answer.json -D head.txt -w '%{http_code}' \
    -H "Authorization: Bearer $ACME_TOKEN" -H 'Content-Type: application/json' \
    -H "Idempotency-Key: invoice-$1" --data-binary "$body" "$ACME_URL/invoices") || return 1
  if grep -qi '^deprecation:' head.txt; then echo "WARNING: deprecated" >&2; fi
  case $status in
    2*) grep -q "\"reference\": *\"$1\"" answer.json && grep -q '}$' answer.json && return 0; return 1 ;;
    408|425|429|5*)
      told=$(sed -n 's/^[Rr]etry-[Aa]fter: *\(.*\)\r$/\1/p' head.txt)
      return 1 ;;
    3??|401|403) return 3 ;;
    *) return 2 ;;
  esac
}

pause() { # seconds to wait before attempt $1, told $2; empty where that is too long
  seconds=0
  case $2 in
    "") ;;
    *[A-Za-z]*) at=$(date -d "$2" +%s 2>/dev/null) && seconds=$((at - $(date +%s) + 1)) ;;
    *) seconds=${2%%.*}; case $2 in *.*) seconds=$((seconds + 1)) ;; esac ;;
  esac
  case $seconds in ''|*[!0-9]*) seconds=0 ;; esac
  [ "$seconds" -gt 10 ] && return
  random=$(od -An -N1 -tu1 /dev/urandom | tr -d ' ')
  awk -v n="$1" -v r="$random" -v s="$seconds" 'BEGIN { b = (0.5 + r / 512) * 0.3 * 2 ^ n; print (s > b ? s : b) }'
}

write() {
  attempt=0
  while :; do
    send "$@"; how=$?
    [ $how = 1 ] || return $how
    attempt=$((attempt + 1))
    [ $attempt = 4 ] && return 3
    wait=$(pause $((attempt - 1)) "$told")
    [ -n "$wait" ] || return 3
    sleep "$wait"
  done
}

while read -r line; do
  id=$(field "$line" id); customer=$(field "$line" customer); total=$(field "$line" total)
  grep -qxF "$id" done.txt rejected.txt && continue
  if [ -z "$customer" ] || [ -z "$total" ]; then how=2; else write "$id" "$customer" "$total"; how=$?; fi
  case $how in
    0) echo "$id" >> done.txt ;;
    2) echo "$id" >> rejected.txt; echo "ERROR: order $id is rejected" >&2; failed=1 ;;
    *) echo "ERROR: stopped at order $id" >&2; exit 1 ;;
  esac
done < orders.jsonl
exit $failed
