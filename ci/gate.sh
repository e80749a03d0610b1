#!/usr/bin/env bash
# The step of the GitHub Action: run the gate, show what it says where GitHub shows things, and end as it does.
# What a user gives comes in VERIFIER_* variables, and each value becomes one argument, whatever is in it.
set -uo pipefail

# Never what happens to be called verifier on this machine: it may be another version, or another program.
tool=${RUNNER_TEMP:?}/verifier-tool${VERIFIER_VERSION:+-$VERIFIER_VERSION}
if [ ! -x "$tool/bin/verifier" ]; then
  package=${VERIFIER_SOURCE:?}
  if [ -n "${VERIFIER_VERSION:-}" ]; then package="vendor-verifier==$VERIFIER_VERSION"; fi
  python3 -m venv "$tool" || exit 5
  "$tool/bin/pip" install --quiet --disable-pip-version-check "$package" || exit 5
fi

report=$(mktemp -d "$RUNNER_TEMP/verifier-XXXXXX")/report
arguments=(gate "--output=$report" "--fail-on=${VERIFIER_FAIL_ON:-note}" --format=html --format=github)
for format in ${VERIFIER_FORMATS:-}; do arguments+=("--format=$format"); done
[ -z "${VERIFIER_BASE_URL:-}" ] || arguments+=("--base-url=$VERIFIER_BASE_URL")
[ -z "${VERIFIER_BASELINE:-}" ] || arguments+=("--baseline=$VERIFIER_BASELINE")
[ "${VERIFIER_MOCK:-}" != true ] || arguments+=(--mock)
[ "${VERIFIER_ALLOW_WRITES:-}" != true ] || arguments+=(--allow-writes)
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("--principal=$line")
done <<<"${VERIFIER_PRINCIPALS:-}"
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<<"${VERIFIER_ARGUMENTS:-}"

# What the vendor made us say must not be taken for a command of the workflow.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
"$tool/bin/verifier" "${arguments[@]}" -- "${VERIFIER_DOCUMENT:?no document is named}"
code=$?
echo "::$token::"

verdict="failed (exit code $code)"
if [ -f "$report/gate.json" ]; then
  cat "$report/annotations.txt"
  cat "$report/gate.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  verdict=$(sed -n 's/^  "verdict": "\(.*\)",$/\1/p' "$report/gate.json" | head -n 1)
fi
sarif=""
if [ -f "$report/results.sarif" ]; then sarif="$report/results.sarif"; fi
{
  echo "verdict=$verdict"
  echo "exit-code=$code"
  echo "report=$report"
  echo "sarif=$sarif"
} >>"${GITHUB_OUTPUT:-/dev/null}"

if [ "${VERIFIER_EXIT_ZERO:-}" = true ]; then exit 0; fi
exit "$code"
