/** Drills in which each kind of event comes, once at least. */
export const richDrills: ReadonlyMap<string, string> = new Map([
  [
    'both kinds',
    `node ssc0 ssc
node eee0 eee
node ssc1 ssc
app server --on eee0
app standby --on ssc1
app client --on ssc0
app other --on ssc0
rmc_listen server 9 --close_session notify --on_message echo --as server
rmc_listen standby 9 --new_session heap --close_session free-if-true --as standby
rmc_open client eee0:9 --abort_session close --on_io_failure notify --as c
rmc_open other ssc1:9 --abort_session notify --as o
rmc_open other ssc1:7 --as refused
run 1ms
rmc_send c one
rmc_send standby/1 two
rmc_send c three
run 1ms
rmc_close refused --then-free
run 1ms
rmc_send server/1 four
cut ssc0 eee0
run 500ms
heal
rmc_open client ssc1:9 --as c2
run 1ms
rmc_close o --then-free
run 1ms
kill client
run 1ms
launch client
rmc_open client ssc1:9 --as c3
run 10ms
rmc_close c3 --then-free
run 1ms
rmc_shutdown server --then-free
rmc_shutdown standby --then-free
run 1s
`,
  ],
  [
    'failures',
    `node near ssc --release R1.0.x
node far eee
node third ssc
app a --on near
app b --on far
app c --on far
app d --on third
set near send_queue 1
set near window 1
rmc_listen b 9 --close_session notify --as b
rmc_open a far:9 --on_io_failure close --as s
rmc_open d far:9 --abort_session notify --as n
run 1ms
rmc_send s --size 10 --count 4
run 10ms
hang b
run 10ms
rmc_send n waits
run 10ms
unhang b
run 10ms
kill far.rmc
run 1s
rmc_send n late
rmc_close n --then-free
run 1ms
free s
rmc_send s lost
run 3s
rmc_shutdown b --then-free
run 10ms
power off far
run 100ms
power on far
run 1s
launch b
rmc_listen b 9 --close_session throw --as b2
rmc_open d far:9 --as n2
run 1ms
rmc_close n2 --then-free
run 10ms
`,
  ],
  [
    'ordered, and left behind',
    `node ssc0 ssc
node eee0 eee
app server --on eee0
app client --on ssc0
set eee0 gap_timeout 20ms
rmc_listen server 0 --close_session notify --as server
rmc_open client eee0:49152 --delivery ordered --abort_session notify --as c
run 1ms
inject loss --frame DATA --count 1
rmc_send c one
rmc_send c two
run 50ms
inject delay --frame DATA --count 1 --delay 40ms
rmc_send c three
rmc_send c four --count 3 --every 1ms
run 100ms
rmc_send c five
run 5ms
kill server
run 1ms
rmc_open client eee0:7 --as d
run 1ms
rmc_close d
run 11s
`,
  ],
]);
