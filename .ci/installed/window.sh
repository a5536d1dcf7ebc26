# Sourced by .ci/package-check: a display of our own, and what drives a window
# in it. $work and $out are its folders, say and fail its words.

# screen: the display, with a window manager.
screen() {
	[ ! -s "$work/display" ] || return 0
	Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp 2>/dev/null 3>"$work/display" &
	processes+=($!)
	until [ -s "$work/display" ]; do sleep 0.1; done
	DISPLAY=:$(cat "$work/display")
	export DISPLAY
	openbox --sm-disable >/dev/null 2>&1 &
	processes+=($!)
}

# window NAME: waits for a window whose title holds NAME.
window() {
	local n
	for ((n = 0; n < 360; n++)); do
		if xdotool search --onlyvisible --name "$1" >"$work/window" 2>/dev/null && [ -s "$work/window" ]; then
			return 0
		fi
		sleep 0.5
	done
	return 1
}

# alike A B: tells that two pictures differ by no more than a cursor that blinks.
alike() {
	local changed
	changed=$(compare -metric AE "$1" "$2" null: 2>&1) || true
	[ "${changed%%[!0-9]*}" -le 150 ]
}

# drawn PICTURE: tells that it shows more than an empty window.
drawn() { [ "$(identify -format %k "$1")" -gt 50 ]; }

# calm: waits until the screen shows something and stands still, for half a
# minute at most; $work/now.png is its picture.
calm() {
	import -window root "$work/now.png"
	for _ in $(seq 60); do
		mv "$work/now.png" "$work/before.png"
		sleep 0.4
		import -window root "$work/now.png"
		! drawn "$work/now.png" || ! alike "$work/before.png" "$work/now.png" || return 0
	done
}

# photograph NAME: once the screen stands still.
photograph() {
	calm
	drawn "$work/now.png" || fail "$1: the window shows nothing"
	mv "$work/now.png" "$out/$1.png"
	say "picture: build/package-check/$1.png"
}

# press KEY...: and waits until the window has answered.
press() {
	xdotool key --clearmodifiers "$@"
	sleep 0.5
	calm
}

# enter TEXT [KEY]: types it and goes on to what follows, by Return or KEY.
enter() {
	[ -z "$1" ] || xdotool type --clearmodifiers --delay 60 "$1"
	calm
	press "${2:-Return}"
}

# leave: closes the window as its cross does, and waits for the program's end.
# (xdotool's windowclose destroys the window under the program instead.)
leave() {
	local process
	process=$(xdotool getactivewindow getwindowpid)
	xdotool key --clearmodifiers alt+F4
	for _ in $(seq 120); do
		kill -0 "$process" 2>/dev/null || return 0
		sleep 0.5
	done
	fail "the program doesn't end when its window is closed"
}
