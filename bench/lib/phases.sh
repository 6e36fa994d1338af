# What is measured. Sourced by bench/run; each phase writes to $out/NAME.

bench() { "$top/weir" bench "$@"; }

# The same bytes go to everybody: the headers that only Portkey reads, too.
portkey_headers=(--header "x-portkey-provider: openai" --header "x-portkey-custom-host: http://127.0.0.1:$upstream/v1")

targets() {
    echo --target "direct=http://127.0.0.1:$upstream/v1" \
        --target "nginx=http://127.0.0.1:$proxy/v1,pid=$nginx_pid" \
        --target "portkey=http://127.0.0.1:$portkey/v1,pid=$portkey_pid" \
        --target "weir=http://127.0.0.1:$weir/v1,pid=$weir_pid,key-env=WEIR_BENCH_KEY"
}

status() { # NAME PORT
    curl -fs -H "Authorization: Bearer $(cat "$work/$1/admin.key")" "http://127.0.0.1:$2/admin/api/status"
}

# Weir's store is done with everything that the journal holds.
await_store() { # NAME PORT
    local i ended
    for ((i = 0; i < 600; i++)); do
        ended=$(status "$1" "$2" | jq 'select(.store.calls == .calls_ended) | .calls_ended')
        [ -z "$ended" ] || { echo "$ended" && return; }
        sleep 0.2
    done
    status "$1" "$2" >&2
    echo "bench: the store of $1 is not done after two minutes" >&2
    return 1
}

compare() { # PHASE BENCH_OPTIONS...
    local phase=$1 dir=$out/$1 calls before nanos watch_pid
    shift
    calls=$(await_store weir "$weir")
    threads "$weir_pid" >"$work/threads"
    watch_threads "$weir_pid" >"$work/threads-after" &
    watch_pid=$!
    started+=("$watch_pid")
    nanos=$(process_cpu "$weir_pid")
    # shellcheck disable=SC2046
    bench $(targets) "${portkey_headers[@]}" "$@" --raw "$dir/raw" | tee "$dir/report.txt" || true
    calls=$(($(await_store weir "$weir") - calls))
    sleep 1
    before=$nanos
    nanos=$(($(process_cpu "$weir_pid") - before))
    stop "$watch_pid"
    threads "$weir_pid" >>"$work/threads-after"
    {
        echo "Weir's CPU by thread, µs a call, over $calls calls (warm-up, pauses and the store's work afterwards included)"
        thread_costs "$work/threads" "$work/threads-after" "$nanos" "$calls"
    } | tee "$dir/threads.txt"
    {
        echo "nginx    $(memory "$nginx_pid" now)"
        echo "portkey  $(memory "$portkey_pid" now)"
        echo "weir     $(memory "$weir_pid" now)"
    } | awk '{ printf "%-8s %6.0f MiB resident\n", $1, $2 / 1024 }' | tee "$dir/memory.txt"
    status weir "$weir" | jq . >"$dir/weir-status.json"
    cp "$dir/raw/summary.json" "$dir/summary.json"
    tar -C "$dir" -czf "$dir/histograms.tar.gz" --sort=name --mtime=@0 raw
    rm -r "$dir/raw"
}

warm_up() {
    [ -z "${warmed:-}" ] || return 0
    warmed=yes
    # shellcheck disable=SC2046
    bench $(targets) "${portkey_headers[@]}" --closed 64 --rounds 1 --warmup 0s --duration "$warm" >/dev/null || true
}

phase_saturated() {
    warm_up
    compare saturated --closed 64 --rounds "$rounds" --duration "$turn" --warmup "$turn_warm"
}

phase_rate() {
    warm_up
    compare rate --rate "$rate" --rounds "$rate_rounds" --duration "$rate_turn" --warmup "$turn_warm"
}

# From the command to the first answer that came through Weir, with and without the AOT cache.
phase_startup() {
    local kind run
    mkdir -p "$work/startup"
    mkfifo "$work/ready"
    compile_tests
    "$java" --enable-native-access=ALL-UNNAMED -cp "$classpath" io.weir.access.MakeKeys "$work/startup/keys" "$keys"
    for ((run = 0; run <= starts; run++)); do
        for kind in yes no keys; do
            start_once "$kind" "$run"
        done
    done > >(tee "$out/startup/starts.txt")
    awk '$2 > 0 { print $1, $4 }' "$out/startup/starts.txt" | sort -k1,1 -k2,2n | awk -v keys="$keys" '
        { values[$1, ++count[$1]] = $2 }
        END {
            split("yes no keys", kinds)
            split("AOT,no AOT,AOT and " keys " keys", names, ",")
            for (i = 1; i <= 3; i++) printf "%-20s median %4d ms to the first answer, best %4d, worst %4d\n",
                names[i], values[kinds[i], int((count[kinds[i]] + 1) / 2)], values[kinds[i], 1], values[kinds[i], count[kinds[i]]]
        }' | tee "$out/startup/report.txt"
}

start_once() { # KIND RUN: run 0 makes the data directory and warms the disk's cache, and is not counted
    local begun ready answered pid line aot=$1 data=$work/startup/data
    [ "$1" != keys ] || aot=yes data=$work/startup/keys
    begun=${EPOCHREALTIME/./}
    OPENAI_API_KEY=sk-bench WEIR_AOT=$aot "$top/weir" serve --port "$weir_slow" --data "$data" \
        --upstream "http://127.0.0.1:$upstream/v1" >"$work/ready" 2>"$work/startup/err" &
    pid=$!
    exec 3<"$work/ready"
    while read -r line <&3; do
        [ "$line" != "Weir is ready." ] || break
    done
    ready=${EPOCHREALTIME/./}
    curl -fs -o "$work/startup/answer" "http://127.0.0.1:$weir_slow/v1/chat/completions" \
        -H "Authorization: Bearer $(cat "$data/app.key")" -H 'Content-Type: application/json' \
        -d '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hello"}]}'
    answered=${EPOCHREALTIME/./}
    echo "$1 $2 $(((ready - begun) / 1000)) $(((answered - begun) / 1000)) $(($(process_cpu "$pid") / 1000000))"
    exec 3<&-
    stop "$pid"
}

phase_streams() {
    local dir=$out/streams
    "$JAVA_HOME/bin/javac" -d "$work/classes" "$here/SlowStream.java"
    {
        echo "$streams streams, a chunk every 100 ms"
        start_slow 100 "$stream_chunks"
        hold direct - "$slow" "$streams" 100
        hold nginx - "$slow_proxy" "$streams" 100
        start_weir weir-slow "$weir_slow" "$slow" -Xmx256m
        hold weir-256m weir-slow "$weir_slow" "$streams" 100
        stop_last
        stop_last
        echo
        echo "$many streams, a chunk a second"
        start_slow 1000 "$many_chunks"
        hold direct - "$slow" "$many" 1000
        hold nginx - "$slow_proxy" "$many" 1000
        start_weir weir-many "$weir_slow" "$slow" -Xmx256m
        hold weir-256m weir-many "$weir_slow" "$many" 1000
        stop_last
        start_weir weir-more "$weir_slow" "$slow" -Xmx768m
        hold weir-768m weir-more "$weir_slow" "$many" 1000
        stop_last
        stop_last
    } > >(tee "$dir/report.txt")
}

start_slow() { # MILLISECONDS CHUNKS
    start slow "$java" -XX:+UseSerialGC -cp "$work/classes" SlowStream "$slow" "$1" "$2"
    await slow "$started_pid" curl -fs "http://127.0.0.1:$slow/stats"
}

stop_last() {
    stop "${started[-1]}"
    unset 'started[-1]'
}

stats() { curl -fs "http://127.0.0.1:$slow/stats"; }

# Opens the streams, waits until all are under way, and watches them for a while.
hold() { # NAME DATA_DIRECTORY PORT COUNT MILLISECONDS
    local name=$1 pid='' file=$out/streams/$1-$4 key=none load_pid i cpu=0 began sent late now then
    case $name in
    nginx) pid=$nginx_pid ;;
    weir*) pid=$started_pid key=$(cat "$work/$2/app.key") ;;
    esac
    WEIR_BENCH_KEY=$key bench --target "$name=http://127.0.0.1:$3/v1,key-env=WEIR_BENCH_KEY${pid:+,pid=$pid}" \
        --stream --closed "$4" --rounds 1 --warmup 0s --settle 1s --duration "$stream_time" >"$file.txt" 2>&1 &
    load_pid=$!
    for ((i = 0; i < 300; i++)); do
        [ "$(stats | jq .open)" -lt "$4" ] || break
        sleep 0.1
    done
    sleep "$calm"
    [ -z "$pid" ] || { cpu=$(process_cpu "$pid") && threads "$pid" >"$work/threads"; }
    then=$(stats)
    began=${EPOCHREALTIME/./}
    sleep "$watched"
    now=$(stats)
    began=$((${EPOCHREALTIME/./} - began))
    [ -z "$pid" ] || { cpu=$(($(process_cpu "$pid") - cpu)) && threads "$pid" >"$work/threads-after"; }
    sent=$(($(jq .sent <<<"$now") - $(jq .sent <<<"$then")))
    late=$(($(jq .late_us <<<"$now") - $(jq .late_us <<<"$then")))
    awk -v name="$name" -v open="$(jq .open <<<"$now")" -v sent="$sent" -v late="$late" -v max="$(jq .latest_us <<<"$now")" \
        -v us="$began" -v due="$(($4 * 1000 / $5))" -v cpu="$cpu" 'BEGIN {
            printf "%-10s %6d open, %6.0f of %6d chunks/s, upstream late %.1f ms mean, %.0f max", name, open, sent * 1e6 / us, due, (sent ? late / sent / 1e3 : 0), max / 1e3
            if (cpu > 0 && sent > 0) printf ", %.1f µs CPU a chunk", cpu / 1e3 / sent
        }'
    [ -z "$pid" ] || printf ', %d MiB resident (peak %d)' $(($(memory "$pid" rss) / 1024)) $(($(memory "$pid" peak) / 1024))
    if [ "${name#weir}" != "$name" ]; then
        {
            echo "Weir's CPU by thread, µs a chunk, over $sent chunks"
            thread_costs "$work/threads" "$work/threads-after" "$cpu" "$sent"
        } >"$file-threads.txt"
        "$JAVA_HOME/bin/jcmd" "$pid" GC.run >/dev/null
        "$JAVA_HOME/bin/jcmd" "$pid" GC.heap_info >"$file-heap.txt"
        printf ', %d MiB of live heap' "$(awk '/total/ { for (i = 1; i < NF; i++) if ($i == "used") kib += $(i + 1) } END { print int(kib / 1024) }' "$file-heap.txt")"
    fi
    if wait "$load_pid"; then echo ', no failure'; else echo ", FAILURES: see $(basename "$file.txt")"; fi
}

# Two million calls of a month in the store: every page, asked for by people who click; and calls at the usual rate meanwhile.
phase_pages() {
    local dir=$out/pages clicks=() i
    compile_tests
    "$java" --enable-native-access=ALL-UNNAMED -cp "$classpath" io.weir.store.FillStore "$work/pages" "$stored" 30 | tee "$dir/filled.txt"
    start_weir pages "$weir_slow" "$upstream" ""
    curl -fs -c "$work/jar" -d "password=$(cat "$work/pages/admin.key")" -o "$work/page" "http://127.0.0.1:$weir_slow/login"
    while curl -fs -b "$work/jar" "http://127.0.0.1:$weir_slow/anomalies?last=30d" | grep -q 'not been searched'; do sleep 1; done
    WEIR_BENCH_KEY=$(cat "$work/pages/app.key")
    export WEIR_BENCH_KEY
    bench --target "weir=http://127.0.0.1:$weir_slow/v1,key-env=WEIR_BENCH_KEY" --closed 64 --rounds 1 --warmup 0s --duration "$warm" >/dev/null || true
    alone_or_not alone
    for ((i = 0; i < people; i++)); do
        click "$i" >>"$dir/clicks.txt" &
        clicks+=("$!")
        started+=("$!")
    done
    alone_or_not clicked
    for i in "${clicks[@]}"; do stop "$i"; done
    sort -k1,1 -k2,2n "$dir/clicks.txt" | awk '
        function said() {
            if (count) printf "%-22s %5d times, p50 %4.0f ms, p95 %4.0f ms, max %4.0f ms\n", page, count, 1e3 * times[int((count + 1) / 2)], 1e3 * times[int(0.95 * count + 0.999)], 1e3 * times[count]
            count = 0
        }
        $1 != page { said(); page = $1 }
        { times[++count] = $2 }
        END { said() }' | tee "$dir/report.txt"
}

alone_or_not() { # NAME: calls at the usual rate
    echo "calls while $1:"
    bench --target "direct=http://127.0.0.1:$upstream/v1" --target "weir=http://127.0.0.1:$weir_slow/v1,key-env=WEIR_BENCH_KEY" \
        --rate "$rate" --rounds "$rate_rounds" --duration "$rate_turn" --warmup "$turn_warm" | tee "$dir/calls-$1.txt" || true
}

# Somebody who looks at one page after the other, three seconds each. Lines: page, seconds.
click() { # NUMBER
    local pages=(/ /latency /errors /calls /cost /anomalies /why) n=$1
    while :; do
        for span in 24h 24h 24h 7d; do
            n=$((n + 1))
            curl -s -b "$work/jar" -o "$work/page-$1" -w "${pages[n % 7]}?last=$span %{time_total} %{http_code}\n" \
                "http://127.0.0.1:$weir_slow${pages[n % 7]}?last=$span"
            sleep 3
        done
    done
}

# What limits and budgets cost a call, by themselves: by one thread, and by 64 on the machine's cores.
phase_limits() {
    compile_tests
    "$java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -cp "$classpath" io.weir.limit.LimiterBench | tee "$out/limits/report.txt"
}

# The same on the whole path, and the cache of answers: gateways side by side, before one upstream. The generator asks the same
# each time, so that the cached one asks its upstream once.
phase_policies() {
    local dir=$out/policies targets='' names=(bare held cached) ports=("$weir_slow" "$weir_ships" "$weir_more") i
    cat >"$work/held.yaml" <<'YAML'
limits:
  - {name: keys, per: [key], requests_per_minute: 100000000, tokens_per_minute: 100000000000, parallel: 10000}
  - {name: projects, per: [project], requests_per_minute: 100000000, tokens_per_minute: 100000000000, parallel: 10000}
  - {name: models, per: [model], requests_per_day: 1000000000, tokens_per_day: 1000000000000, parallel: 10000}
  - {name: users, per: [user], requests_per_minute: 100000000}
budgets:
  - {name: key, per: [key], usd: 1000000, period: day}
  - {name: project, per: [project], usd: 10000000, period: month}
  - {name: all, usd: 100000000, period: total}
YAML
    printf 'cache: {enabled: true}\n' >"$work/cached.yaml"
    : >"$work/bare.yaml"
    for i in 0 1 2; do
        start_weir "${names[i]}" "${ports[i]}" "$upstream" "" --config "$work/${names[i]}.yaml"
        declare -gx "WEIR_KEY_$i=$(cat "$work/${names[i]}/app.key")"
        targets+=" --target ${names[i]}=http://127.0.0.1:${ports[i]}/v1,pid=$started_pid,key-env=WEIR_KEY_$i"
    done
    # shellcheck disable=SC2086
    {
        bench $targets --closed 64 --rounds 1 --warmup 0s --duration "$warm" >/dev/null || true
        bench $targets --closed 64 --rounds "$rounds" --duration "$turn" --warmup "$turn_warm" | tee "$dir/saturated.txt" || true
        bench $targets --rate "$rate" --rounds "$rate_rounds" --duration "$rate_turn" --warmup "$turn_warm" | tee "$dir/rate.txt" || true
    }
    stop_last
    stop_last
    stop_last
}

# Each exporter alone; and calls at the usual rate through a Weir without any, another such, and one with all, in turns: what the
# other such adds is how far two that are the same are apart.
phase_exporters() {
    local dir=$out/exporters
    compile_destinations
    "$java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.weir.export.ExporterBench "$work/alone" "$shipped" "$shipping_rounds" 2>"$dir/alone-log.txt" | tee "$dir/alone.txt"
    start_destinations
    start_weir ships-none "$weir_slow" "$upstream" ""
    none_pid=$started_pid
    start_weir ships-again "$weir_more" "$upstream" ""
    again_pid=$started_pid
    start_weir ships-all "$weir_ships" "$upstream" "" --config "$work/destinations.yaml"
    all_pid=$started_pid
    WEIR_NONE_KEY=$(cat "$work/ships-none/app.key") WEIR_AGAIN_KEY=$(cat "$work/ships-again/app.key")
    WEIR_ALL_KEY=$(cat "$work/ships-all/app.key")
    export WEIR_NONE_KEY WEIR_AGAIN_KEY WEIR_ALL_KEY
    upstream_first -r 1
    none_or_all --closed 64 --rounds 1 --warmup 0s --duration "$warm" >/dev/null || true
    # Most of an exporter's code is compiled when it has run often enough, which at this rate takes a while.
    none_or_all --rate "$rate" --rounds 1 --warmup 0s --duration "$shipping_warm" >/dev/null || true
    await_shipped
    compare_shipping
    upstream_first -o 0
    stop_last
    stop_last
    stop_last
    stop_last
}

# Callers and the upstream are other machines in the field: they do not wait for a processor that a gateway has.
upstream_first() { # POLICY_OPTION PRIORITY
    local pid
    for pid in "$upstream_pid" $(pgrep -P "$upstream_pid"); do
        chrt "$1" -p "$2" "$pid"
    done
}

none_or_all() { # BENCH_OPTIONS...
    chrt -r 1 "$top/weir" bench --target "none=http://127.0.0.1:$weir_slow/v1,pid=$none_pid,key-env=WEIR_NONE_KEY" \
        --target "again=http://127.0.0.1:$weir_more/v1,pid=$again_pid,key-env=WEIR_AGAIN_KEY" \
        --target "all=http://127.0.0.1:$weir_ships/v1,pid=$all_pid,key-env=WEIR_ALL_KEY" "$@"
}

compare_shipping() {
    local calls none all
    calls=$(await_store ships-all "$weir_ships")
    none=$(process_cpu "$none_pid")
    all=$(process_cpu "$all_pid")
    none_or_all --rate "$rate" --rounds "$shipping_turns" --duration "$rate_turn" --warmup "$turn_warm" --raw "$dir/raw" | tee "$dir/report.txt" || true
    await_shipped
    none=$(($(process_cpu "$none_pid") - none))
    all=$(($(process_cpu "$all_pid") - all))
    calls=$(($(await_store ships-all "$weir_ships") - calls))
    echo "tallies 0" >&"$told"
    await destinations "$all_pid" grep -q received "$work/destinations.out"
    {
        echo "CPU of the whole process, µs a call, over $calls calls each, until stored and sent:"
        awk -v none="$none" -v all="$all" -v calls="$calls" 'BEGIN {
            printf "none %8.1f\nall  %8.1f\n", none / 1e3 / calls, all / 1e3 / calls }'
        echo "resident, MiB: none $(($(memory "$none_pid" now) / 1024)), all $(($(memory "$all_pid" now) / 1024))"
        echo "calls through the one with all since its start: $(await_store ships-all "$weir_ships"); received:"
        tail -n 1 "$work/destinations.out" | jq -r 'to_entries[] | "  \(.key) \(.value.received), of these twice \(.value.duplicates)"'
    } | tee "$dir/whole.txt"
    cp "$dir/raw/summary.json" "$dir/summary.json"
    tar -C "$dir" -czf "$dir/histograms.tar.gz" --sort=name --mtime=@0 raw
    rm -r "$dir/raw"
}

# Everything is sent.
await_shipped() {
    local i
    for ((i = 0; i < 800; i++)); do
        ! curl -fs -H "Authorization: Bearer $(cat "$work/ships-all/admin.key")" "http://127.0.0.1:$weir_ships/admin/api/exporters" |
            jq -e 'all(.exporters[]; .lag == 0)' >/dev/null || return 0
        sleep 0.5
    done
    echo "bench: the exporters are not done after 400 s" >&2
    return 1
}

# An hour of 500 calls a second, as fast as that goes, with all destinations away; and once more with too little disk.
phase_outage() {
    compile_destinations
    mkdir -p "$work/outage"
    "$java" -Xmx256m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -cp "$classpath" \
        io.weir.export.OutageBench "$work/outage" "$unshipped" "$unkept" "$kept" 2>"$out/outage/log.txt" | tee "$out/outage/report.txt"
    rm -rf "$work/outage"
}
