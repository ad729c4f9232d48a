#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Stops what tryton-up.sh started, by pid, and nothing else.
# usage: tryton-down.sh [sqlite|postgres] [--wipe]   env: HOME_DIR as for tryton-up.sh
BACKEND=${1:-postgres}; RUN=${HOME_DIR:-${TMPDIR:-/tmp}/tollgate-tryton}-$BACKEND
if [ -s "$RUN/trytond.pid" ]; then
  PID=$(cat "$RUN/trytond.pid")
  # A pid may have passed to another process since: only one that runs Tryton is stopped.
  if tr '\0' ' ' < "/proc/$PID/cmdline" 2>/dev/null | grep -q tryton; then
    kill "$PID" 2>/dev/null
    for _ in $(seq 25); do kill -0 "$PID" 2>/dev/null || break; sleep .2; done
    kill -9 "$PID" 2>/dev/null
  fi
fi
rm -f "$RUN/trytond.pid"
[ -d "$RUN/pg" ] && su postgres -s /bin/sh -c "/usr/lib/postgresql/15/bin/pg_ctl -m fast -w -D '$RUN/pg' stop" >/dev/null 2>&1
[ "${2:-}" = --wipe ] && rm -rf "$RUN"
exit 0
