# Shared by the scripts beside it, which source it. Plain bash (3.2 and later) with awk, sed and
# grep; ports and HTTP are reached through bash's own /dev/tcp, so neither curl nor jq is needed.
# shellcheck shell=bash disable=SC2034 # what is set here is used there

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
local_dir=$project/.local
logs=$local_dir/logs

kafka_port=${LIFESTAGE_KAFKA_PORT:-9092}
controller_port=${LIFESTAGE_KAFKA_CONTROLLER_PORT:-9093}
registry_port=${LIFESTAGE_REGISTRY_PORT:-8081}
flink_port=${LIFESTAGE_FLINK_PORT:-8082}
flink_rpc_port=${LIFESTAGE_FLINK_RPC_PORT:-6123}
console_port=${LIFESTAGE_CONSOLE_PORT:-8080}
prometheus_ports=${LIFESTAGE_PROMETHEUS_PORTS:-}

export LIFESTAGE_BOOTSTRAP_SERVERS=127.0.0.1:$kafka_port
export LIFESTAGE_SCHEMA_REGISTRY_URL=http://127.0.0.1:$registry_port/apis/ccompat/v7
export LIFESTAGE_FLINK_URL=http://127.0.0.1:$flink_port
export LIFESTAGE_CONSOLE_PORT=$console_port
export LIFESTAGE_TOPICS=$project/deploy/topics.yaml

# In the order of their start; they stop in the reverse order.
processes=(broker registry jobmanager taskmanager-1 taskmanager-2 console traffic)

# The name under which the job runs; `up` and `down` know it by this name alone.
job_name=lifestage

# --- Words ------------------------------------------------------------------------------------

say() { printf '%s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# No command fails in silence.
set -E
trap 'printf "%s: line %s failed: %s\n" "$0" "$LINENO" "$BASH_COMMAND" >&2' ERR

# Prints the header comment of the running script as its help.
usage() { sed -n '2,/^[^#]/ { /^#/ s/^# \{0,1\}//p; }' "$0"; }

# --- Java -------------------------------------------------------------------------------------

if [[ -n ${JAVA_HOME:-} ]]; then java=$JAVA_HOME/bin/java; else java=java; fi

require_java() {
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
  [[ -n $version ]] || fail "No Java found. Install a JDK 17, or set JAVA_HOME to one."
  ((version >= 17)) || fail "Java $version found ($java); JDK 17 is needed. Set JAVA_HOME to one."
}

# The jar of job and command line, or nothing before the first build.
job_jar() {
  local jar
  for jar in "$project"/target/lifestage-*-job.jar; do
    if [[ -f $jar ]]; then
      say "$jar"
      return
    fi
  done
}

# Runs the command line; Flink's class path gives it the log backend and Flink's client.
lifestage() {
  "$java" -XX:+UseSerialGC -Xshare:auto "-Dlog4j.configurationFile=$here/config/log4j2-cli.properties" \
    -cp "$(job_jar):$local_dir/lib/flink/*" io.lifestage.cli.Lifestage "$@"
}

# The packages that every JVM of Flink opens for reflection.
flink_opens() {
  sed -n 's/^env\.java\.opts\.all: //p' "$project/deploy/standalone/config.yaml"
}

# submit_job NAME OPTION…: hands a job of the jar to the cluster under a name, with checkpoints of
# its own; the options are those of Flink's run command, then the jar and the job's own.
submit_job() {
  local name=$1
  shift
  # shellcheck disable=SC2046 # a list of options, to be split at blanks
  FLINK_CONF_DIR=$local_dir/flink/conf "$java" $(flink_opens) -XX:+UseSerialGC \
    "-Dlog4j.configurationFile=$here/config/log4j2-cli.properties" -cp "$local_dir/lib/flink/*" \
    org.apache.flink.client.cli.CliFrontend run --detached "-Dpipeline.name=$name" \
    "-Dexecution.checkpointing.dir=file://$local_dir/flink/checkpoints/$name" "$@"
}

# --- Processes --------------------------------------------------------------------------------

# A process is known by a mark in its command line, never by a pid that was noted down: there is
# nothing to go stale when it is killed, when its pid is used again, or when .local is removed.
mark() { printf '%s' "-Dlifestage.process=$1@$local_dir"; }

pid_of() {
  if [[ -d /proc/self ]]; then
    local commands=(/proc/[0-9]*/cmdline)
    { mark "$1" | grep -lFxz --file=- "${commands[@]}" 2>/dev/null || true; } |
      sed -n '1 s|^/proc/\([0-9]*\)/.*|\1|p'
  else
    # By the environment, or awk would find itself.
    ps -axww -o pid=,args= | mark=" $(mark "$1") " awk 'index($0, ENVIRON["mark"]) { print $1; exit }'
  fi
}

is_running() { [[ -n $(pid_of "$1") ]]; }

started_at() {
  if [[ -d /proc/$1 ]]; then
    date -r "/proc/$1" '+%Y-%m-%d %H:%M:%S'
  else
    ps -o lstart= -p "$1"
  fi
}

# start NAME JAVA-ARGUMENT…: in the background, away from this terminal's signals, its output in
# the log; the log of the run before is kept.
start() {
  local name=$1 log=$logs/$1.log
  shift
  mkdir -p "$logs"
  if [[ -f $log ]]; then mv "$log" "$log.1"; fi
  set -m
  nohup "$java" "$(mark "$name")" "$@" >"$log" 2>&1 </dev/null &
  set +m
  # Until the fork has become Java it does not carry the mark.
  while ! is_running "$name" && kill -0 $! 2>/dev/null; do sleep 0.05; done
  disown
}

# stop NAME SECONDS: asks, waits, and kills when the time is over.
stop() {
  local name=$1 seconds=$2 pid
  pid=$(pid_of "$name")
  if [[ -z $pid ]]; then return; fi
  printf '  %-16s' "$name"
  kill "$pid" 2>/dev/null || true
  if wait_until "$seconds" gone "$name"; then
    say "stopped"
  else
    kill -KILL "$pid" 2>/dev/null || true
    wait_until 10 gone "$name" || fail "did not even end when killed (pid $pid)"
    say "killed, it did not stop within $seconds s"
  fi
}

# start_traffic OPTION…: the shop's customers in the live space, and waits until they are in real time.
start_traffic() {
  start traffic -Xmx256m "-Dlog4j.configurationFile=$here/config/log4j2-cli.properties" \
    -cp "$(job_jar):$local_dir/lib/flink/*" io.lifestage.cli.Lifestage traffic run "$@"
  printf '  %-16s' "traffic"
  wait_until 900 past_is_played || {
    say "still in its past after 15 min"
    fail "Read $logs/traffic.log"
  }
  say "in real time; its past is in the topics"
}

# Whether traffic goes on in real time; no use waiting for one that has stopped.
past_is_played() {
  is_running traffic || fail "Traffic has stopped; read $logs/traffic.log"
  grep -q '^live' "$logs/traffic.log"
}

gone() { ! is_running "$1"; }

# wait_until SECONDS CONDITION…: a dot each second, false when the time is over.
wait_until() {
  local end=$((SECONDS + $1)) dotted=$SECONDS
  shift
  until "$@"; do
    if ((SECONDS >= end)); then return 1; fi
    if ((SECONDS > dotted)); then
      printf '.'
      dotted=$SECONDS
    fi
    sleep 0.2
  done
}

# await NAME SECONDS CONDITION…: waits for a process to be ready, or says what to read.
await() {
  local name=$1 seconds=$2 since=$SECONDS
  shift 2
  printf '  %-16s' "$name"
  if wait_until "$seconds" dead_or "$name" "$@" && is_running "$name"; then
    say "ready ($((SECONDS - since)) s)"
    return
  fi
  if is_running "$name"; then
    say "not ready after $seconds s"
  else
    say "ended while it started"
  fi
  say "The last lines of $logs/$name.log:" >&2
  tail -n 15 "$logs/$name.log" | sed 's/^/  | /' >&2
  fail "The $name did not start. Read its log, then run local-cluster/up again," \
    "or local-cluster/reset to begin anew."
}

dead_or() { ! is_running "$1" || "${@:2}"; }

# --- Ports ------------------------------------------------------------------------------------

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints the pid that listens on a port; nothing when it belongs to another user.
port_owner() {
  if [[ -r /proc/net/tcp ]]; then
    local inode
    inode=$(awk -v port="$(printf ':%04X' "$1")" \
      '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' \
      /proc/net/tcp /proc/net/tcp6 2>/dev/null) || true
    if [[ -n $inode ]]; then
      { find /proc/[0-9]*/fd -lname "socket:\[$inode\]" 2>/dev/null || true; } |
        sed -n '1 s|^/proc/\([0-9]*\)/.*|\1|p'
    fi
  else
    lsof -nP -t -iTCP:"$1" -sTCP:LISTEN 2>/dev/null | head -n 1 || true
  fi
}

command_of() {
  if [[ -r /proc/$1/cmdline ]]; then
    tr '\0' ' ' <"/proc/$1/cmdline" | cut -c1-120
  else
    ps -o args= -p "$1" | cut -c1-120
  fi
}

# require_port PORT PURPOSE VARIABLE
require_port() {
  listening "$1" || return 0
  local pid owner
  pid=$(port_owner "$1")
  owner="a process of another user"
  if [[ -n $pid ]]; then owner="process $pid: $(command_of "$pid")"; fi
  fail "Port $1, wanted for $2, is taken by $owner
Stop that process, or choose another port: $3=<port> local-cluster/up"
}

# --- HTTP -------------------------------------------------------------------------------------

# http METHOD PORT PATH [BODY]: prints the answer's body, false unless the status is 2xx.
http() (
  exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$2" || exit 1
  body=${4:-}
  printf '%s %s HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$1" "$3" "${#body}" "$body" >&3
  IFS= read -r -t 10 status <&3 || exit 1
  while IFS= read -r -t 10 line <&3 && [[ $line != $'\r' ]]; do :; done
  while IFS= read -r -t 10 line <&3 || [[ -n $line ]]; do
    printf '%s\n' "$line"
    line=
  done
  [[ $status == HTTP/*\ 2* ]]
)

# json_value KEY: the first value of that key in the JSON on standard input.
json_value() { grep -o "\"$1\":\"\{0,1\}[^\",}]*" | sed -n "1 s/^\"$1\":\"\{0,1\}//p"; }

# --- What is ready, and what runs --------------------------------------------------------------

broker_ready() { listening "$kafka_port"; }
registry_ready() { http GET "$registry_port" /health/ready >/dev/null; }
jobmanager_ready() { http GET "$flink_port" /overview >/dev/null; }
taskmanager_ready() { http GET "$flink_port" /taskmanagers | grep -qF "\"$1\""; }
console_ready() { http GET "$console_port" /api/status >/dev/null; }
traffic_ready() { is_running traffic; }

# is_ready NAME
is_ready() {
  case $1 in
    taskmanager-*) taskmanager_ready "$1" ;;
    *) "$1_ready" ;;
  esac
}

port_of() {
  case $1 in
    broker) say "$kafka_port" ;;
    registry) say "$registry_port" ;;
    jobmanager) say "$flink_port" ;;
    console) say "$console_port" ;;
    *) say "-" ;;
  esac
}

# Prints id, state, running and all tasks of the job if it has not ended.
job() {
  { http GET "$flink_port" /jobs/overview || true; } |
    grep -o '{"jid":[^{]*{[^}]*' | grep -F "\"name\":\"$job_name\"" |
    grep -vE '"state":"(FINISHED|CANCELED|FAILED|SUSPENDED)"' |
    sed -n '1 s/.*"jid":"\([^"]*\)".*"state":"\([^"]*\)".*"running":\([0-9]*\).*"total":\([0-9]*\).*/\1 \2 \3 \4/p' ||
    true
}

# True once every task has its state back; before that no savepoint can be taken.
job_runs() {
  local id state running total
  read -r id state running total <<<"$(job)"
  [[ $state == RUNNING && $running == "$total" ]]
}

# Prints the newest complete checkpoint or savepoint of the job: a folder with metadata in it.
newest_checkpoint() {
  local metadata newest=
  for metadata in "$local_dir"/flink/{checkpoints,savepoints}/"$job_name"/{*,*/chk-*}/_metadata; do
    if [[ -f $metadata && ( -z $newest || $metadata -nt $newest ) ]]; then newest=$metadata; fi
  done
  if [[ -n $newest ]]; then dirname "$newest"; fi
}

# kafka CLASS ARGUMENT…: one of Kafka's own command line tools.
kafka() {
  "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    "-Dlog4j.configurationFile=$here/config/log4j2-cli.properties" \
    -cp "$local_dir/lib/broker/*" "$@"
}
