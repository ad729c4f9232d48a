#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Installs, restores and starts Tryton 6.0 (Debian bookworm packages only) on loopback: a real CRM to test against.
# PostgreSQL restores tryton/crm_seed.dump (made by tryton/seed.py: 1,000 parties, 600 opportunities, 100 invoices, notes,
# bank accounts) in seconds; FRESH=1 seeds from nothing (minutes). Login: admin, password in $HOME_DIR-BACKEND/admin.pass.
# Started again, it takes what runs already; its own processes only, found by their pid files.
# usage: tryton-up.sh [sqlite|postgres]
# env:   PORT=18070 PGPORT=18071 N=1000 HOME_DIR=${TMPDIR:-/tmp}/tollgate-tryton FRONT=werkzeug|gunicorn
# exit:  0 up · 77 this machine cannot run it (no root, or packages missing and no way to install them) · 1 it failed
set -euo pipefail
BACKEND=${1:-postgres}; PORT=${PORT:-18070}; PGPORT=${PGPORT:-18071}; N=${N:-1000}; FRONT=${FRONT:-werkzeug}
RUN=${HOME_DIR:-${TMPDIR:-/tmp}/tollgate-tryton}-$BACKEND; HERE=$(cd "$(dirname "$0")" && pwd); PGBIN=/usr/lib/postgresql/15/bin
PKGS="tryton-server tryton-proteus tryton-modules-party tryton-modules-party-relationship tryton-modules-sale-opportunity tryton-modules-sale tryton-modules-sale-amendment tryton-modules-sale-complaint tryton-modules-account-invoice tryton-modules-account-payment tryton-modules-bank tryton-modules-user-role python3-psycopg2 curl"
[ "$FRONT" = gunicorn ] && PKGS="$PKGS gunicorn"; [ "$BACKEND" = postgres ] && PKGS="$PKGS postgresql-15"
MODULES="party party_relationship bank sale sale_opportunity sale_history sale_amendment sale_complaint account_invoice account_payment user_role"

cannot() { echo "tryton cannot run here: $*" >&2; exit 77; }
[ "$(id -u)" = 0 ] || cannot "it needs root (apt-get, su postgres)"
command -v dpkg >/dev/null && command -v apt-get >/dev/null || cannot "its packages are Debian's"
if ! dpkg -s $PKGS >/dev/null 2>&1; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PKGS; } >/dev/null 2>&1 \
    || cannot "packages are missing and apt-get could not install them"
fi

mkdir -p "$RUN"; chmod 755 "$RUN"
[ -f "$RUN/admin.pass" ] || { umask 077; printf 'spike-Admin-1' > "$RUN/admin.pass"; umask 022; }
as_postgres() { su postgres -s /bin/sh -c "$1"; }
answers() { curl -sf -m 5 -o /dev/null -X POST "http://127.0.0.1:$PORT/" -H 'Content-Type: application/json' -d '{"id":1,"method":"common.server.version","params":[]}'; }
up() { echo "tryton up on http://127.0.0.1:$PORT/crm/ pid $(cat "$RUN/trytond.pid")"; exit 0; }

# Already running: say where, and leave it be.
if [ -f "$RUN/trytond.pid" ] && kill -0 "$(cat "$RUN/trytond.pid")" 2>/dev/null; then
  PORT=$(cat "$RUN/trytond.port"); answers && up
  "$HERE/tryton-down.sh" "$BACKEND"
fi

if [ "$BACKEND" = postgres ]; then
  as_postgres "test -x '$RUN'" || cannot "user postgres may not enter $RUN, set HOME_DIR"
  if [ ! -f "$RUN/pg/PG_VERSION" ]; then
    install -d -o postgres -g postgres -m 700 "$RUN/pg"
    as_postgres "$PGBIN/initdb -D '$RUN/pg' -E UTF8 --locale=C.UTF-8 -A trust >/dev/null"
  fi
  if as_postgres "$PGBIN/pg_ctl -D '$RUN/pg' status" >/dev/null; then
    PGPORT=$(sed -n 4p "$RUN/pg/postmaster.pid")
  else
    # A copy of a seeded database: nothing in it is worth an fsync.
    as_postgres "$PGBIN/pg_ctl -w -D '$RUN/pg' -l '$RUN/pg/server.log' -o '-p $PGPORT -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off' start >/dev/null"
  fi
  URI="postgresql://tryton:tryton@127.0.0.1:$PGPORT/"
  PSQL="psql -h 127.0.0.1 -p $PGPORT -U postgres -qAt"
  [ "$($PSQL -c "select 1 from pg_roles where rolname='tryton'")" = 1 ] || $PSQL -c "create role tryton login createdb password 'tryton'"
  if [ ! -f "$RUN/.initialised" ]; then $PSQL -c "drop database if exists crm"; fi
  [ "$($PSQL -c "select 1 from pg_database where datname='crm'")" = 1 ] || $PSQL -c "create database crm owner tryton template template0"
else URI=sqlite://; touch "$RUN/crm.sqlite"; fi
cat > "$RUN/trytond.conf" <<CONF
[web]
listen = 127.0.0.1:$PORT
[database]
uri = $URI
path = $RUN
[session]
max_attempt = 1000000
max_attempt_ip_network = 1000000
CONF

if [ "$BACKEND" = postgres ] && [ ! -f "$RUN/.initialised" ] && [ -z "${FRESH:-}" ] && [ "$N" = 1000 ] && [ -f "$HERE/tryton/crm_seed.dump" ]; then
  PGPASSWORD=tryton "$PGBIN/pg_restore" -h 127.0.0.1 -p "$PGPORT" -U tryton -d crm --no-owner "$HERE/tryton/crm_seed.dump"
  touch "$RUN/.initialised" "$RUN/.seeded"
fi
if [ ! -f "$RUN/.initialised" ]; then
  export TRYTONPASSFILE="$RUN/admin.pass"
  trytond-admin -c "$RUN/trytond.conf" -d crm --all --email admin@example.com >>"$RUN/init.log" 2>&1
  trytond-admin -c "$RUN/trytond.conf" -d crm -u $MODULES --activate-dependencies >>"$RUN/init.log" 2>&1
  touch "$RUN/.initialised"
fi
[ -f "$RUN/.seeded" ] || { /usr/bin/python3 "$HERE/tryton/seed.py" "$RUN/trytond.conf" crm "$N" 2>&1 | tee "$RUN/seed.log"; touch "$RUN/.seeded"; }

echo "$PORT" > "$RUN/trytond.port"
if [ "$FRONT" = gunicorn ]; then
  TRYTOND_CONFIG="$RUN/trytond.conf" TRYTOND_DATABASE_NAMES=crm nohup gunicorn -k gthread -w 2 --threads 8 --keep-alive 30 -b "127.0.0.1:$PORT" -p "$RUN/trytond.pid" trytond.application:app >>"$RUN/trytond.log" 2>&1 </dev/null &
else
  nohup trytond -c "$RUN/trytond.conf" -d crm --pidfile "$RUN/trytond.pid" >>"$RUN/trytond.log" 2>&1 </dev/null &
fi
for _ in $(seq 150); do answers && [ -s "$RUN/trytond.pid" ] && up; sleep .2; done
echo "tryton did not come up" >&2; tail -20 "$RUN/trytond.log" >&2; exit 1
