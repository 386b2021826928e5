#!/bin/bash
# An S3 server that keeps object locks: Ceph's RADOS gateway over one monitor and one OSD in memory, on loopback only.
#
#   ceph-rgw.sh install              Debian or Ubuntu packages; needs root
#   ceph-rgw.sh start FOLDER PORT    about 15 s; prints the endpoint once it answers
#   ceph-rgw.sh stop FOLDER
#
# Access key and secret: strongroom, strongroom-secret. Region us-east-1, path-style addressing.
# Everything lies in FOLDER and is gone with it; the OSD's objects are gone when it stops.
set -euo pipefail

usage() {
  sed -n '2,9p' "$0" >&2
  exit 2
}

packages() {
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    ceph-mon ceph-osd radosgw ceph-common curl
}

# The gateway first, then what it stands on.
stop() {
  local daemon pid
  for daemon in client.rgw.a osd.0 mon.a; do
    [ -f "$folder/run/$daemon.pid" ] || continue
    pid=$(cat "$folder/run/$daemon.pid")
    kill "$pid" 2>/dev/null || continue
    for _ in $(seq 50); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.2
    done
  done
}

configuration() {
  cat <<CONF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]
mon initial members = a
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $folder/admin.keyring
mon data = $folder/mon
osd data = $folder/osd
rgw data = $folder/rgw
run dir = $folder/run
admin socket = $folder/run/\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
crash dir = $folder/log
osd objectstore = memstore
memstore device bytes = 1073741824
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pgp num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd max object name len = 256
osd max object namespace len = 64
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
rgw enable usage log = false
rgw dns name = localhost
rgw crypt require ssl = false
CONF
}

start() {
  stop
  rm -rf "${folder:?}"/{mon,osd,rgw,run,log}
  mkdir -p "$folder"/{mon,osd,rgw,run,log}
  configuration > "$folder/ceph.conf"
  local conf=(-c "$folder/ceph.conf") fsid osd
  fsid=$(sed -n 's/^fsid = //p' "$folder/ceph.conf")

  monmaptool --create --clobber --fsid "$fsid" \
    --addv a "[v2:127.0.0.1:$((port + 1)),v1:127.0.0.1:$((port + 2))]" "$folder/monmap" > /dev/null
  ceph-authtool --create-keyring "$folder/mon.keyring" --gen-key -n mon. --cap mon 'allow *' > /dev/null
  ceph-authtool --create-keyring "$folder/admin.keyring" --gen-key -n client.admin \
    --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' > /dev/null
  ceph-authtool "$folder/mon.keyring" --import-keyring "$folder/admin.keyring" > /dev/null
  ceph-mon "${conf[@]}" -i a --mkfs --monmap "$folder/monmap" --keyring "$folder/mon.keyring"
  ceph-mon "${conf[@]}" -i a

  osd=$(cat /proc/sys/kernel/random/uuid)
  timeout 60 ceph "${conf[@]}" osd new "$osd" > /dev/null
  timeout 30 ceph "${conf[@]}" auth get-or-create osd.0 \
    mon 'allow profile osd' osd 'allow *' mgr 'allow profile osd' -o "$folder/osd/keyring"
  timeout 30 ceph "${conf[@]}" auth get-or-create client.rgw.a \
    mon 'allow rwx' osd 'allow rwx' mgr 'allow rw' -o "$folder/rgw.keyring"
  ceph-osd "${conf[@]}" -i 0 --mkfs --osd-uuid "$osd" --keyring "$folder/osd/keyring" 2> "$folder/log/mkfs.err"
  ceph-osd "${conf[@]}" -i 0 --keyring "$folder/osd/keyring" > /dev/null
  for _ in $(seq 60); do
    timeout 10 ceph "${conf[@]}" osd stat 2> /dev/null | grep -q '1 up' && break
    sleep 0.5
  done

  timeout 60 radosgw-admin "${conf[@]}" user create --uid=strongroom --display-name=strongroom \
    --access-key=strongroom --secret-key=strongroom-secret > /dev/null
  timeout 60 radosgw-admin "${conf[@]}" zonegroup modify --rgw-zonegroup=default --api-name=us-east-1 > /dev/null
  radosgw "${conf[@]}" -n client.rgw.a --keyring "$folder/rgw.keyring" \
    --rgw-frontends="beast endpoint=127.0.0.1:$port"
  for _ in $(seq 120); do
    if curl -s -o /dev/null "http://127.0.0.1:$port/"; then
      echo "http://127.0.0.1:$port"
      return
    fi
    sleep 0.5
  done
  echo "the gateway did not answer within a minute; see $folder/log" >&2
  stop
  exit 1
}

case ${1-} in
  install) packages ;;
  start) [ $# = 3 ] || usage; mkdir -p "$2"; folder=$(cd "$2" && pwd); port=$3; start ;;
  stop) [ $# = 2 ] || usage; folder=$(cd "$2" && pwd); stop ;;
  *) usage ;;
esac
