# Sourced by .ci/package-check: the Windows setup and portable archive, under wine.

# wine_home: a Windows of our own, below $work.
wine_home() {
	export WINEPREFIX=$work/wine WINEARCH=win64 WINEDEBUG=-all LIBGL_ALWAYS_SOFTWARE=1 HOME=$work/wine-home
	mkdir -p "$HOME"
	say "wine"
	wineboot -i >"$work/wineboot" 2>&1 || fail "wine doesn't start"
	wineserver -w
	# wine 8 lacks a function that Go's programs begin with; Windows has it.
	local random=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
	[ ! -f "$random" ] || return 0
	cat >"$work/random.c" <<-'C'
		#include <windows.h>
		#include <ntsecapi.h>
		__declspec(dllexport) BOOL ProcessPrng(unsigned char *to, size_t n) { return RtlGenRandom(to, (ULONG)n); }
		BOOL WINAPI DllMain(HINSTANCE h, DWORD why, void *p) { return TRUE; }
	C
	x86_64-w64-mingw32-gcc -shared -o "$random" "$work/random.c" -ladvapi32
}

# set_up: without a question.
set_up() {
	wine "$setup" /S >"$work/setup.log" 2>&1 || { cat "$work/setup.log" >&2; fail "the setup failed"; }
	wineserver -w
	[ -f "$program/lethe.exe" ] && [ -f "$program/uninstall.exe" ] || fail "the setup put nothing where it should"
}

# known: whether Windows lists the program.
known() { wine reg query 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Lethe' /v DisplayVersion 2>/dev/null | grep -q "$VERSION"; }

# show PROGRAM NAME: opens the sample, photographs it and closes it.
show() {
	wine "$1" -demo >"$work/lethe.log" 2>&1 &
	window Sharma || { tail "$work/lethe.log" >&2; photograph windows-failed; fail "no window opened under wine"; }
	photograph "$2"
	leave
	wait $! || { tail "$work/lethe.log" >&2; fail "the program ended with an error"; }
	wineserver -w
}

# uninstall KEY: by its window; KEY answers whether the list is to go too.
uninstall() {
	wine "$program/uninstall.exe" >"$work/setup.log" 2>&1 &
	window "Lethe Uninstall" || { cat "$work/setup.log" >&2; fail "the uninstaller doesn't open"; }
	calm
	press Return
	photograph uninstall
	press "$1"
	xdotool key --clearmodifiers Return # its last page
	wineserver -w
	removed
}

# removed: the program is, and what the setup told Windows.
removed() {
	[ ! -e "$program/lethe.exe" ] || fail "the program is left"
	! known || fail "Windows still lists the program"
}

# begin_list: files where a list would be, and what the window remembers.
begin_list() {
	mkdir -p "$local/Lethe" "$local/app.lethe.desktop"
	touch "$local/Lethe/keys" "$local/Lethe/customers-1.lethe" "$local/app.lethe.desktop/window.json"
}

windows() {
	local setup=$PWD/dist/lethe-$VERSION-windows-setup.exe portable=$PWD/dist/lethe-$VERSION-windows-portable.zip local program
	[ -f "$setup" ] && [ -f "$portable" ] || fail "dist holds no Windows packages of $VERSION: make package first"
	screen
	wine_home
	local=$(find "$WINEPREFIX/drive_c/users" -type d -path '*/AppData/Local' | head -n 1)
	program=$local/Programs/Lethe

	say "the setup runs without a question, and the program opens its window"
	set_up
	find "$WINEPREFIX/drive_c" -path '*Start Menu*' -name Lethe.lnk | grep -q . || fail "the start menu doesn't name it"
	known || fail "Windows doesn't list the program"
	wine reg query 'HKCU\Software\Classes\Applications\lethe.exe\SupportedTypes' 2>/dev/null | grep -q '\.vcf' || fail "nothing says what it opens"
	show "$program/lethe.exe" windows

	say "uninstalled without a question: the list is kept"
	begin_list
	wine "$program/uninstall.exe" /S "_?=$(winepath -w "$program")" >"$work/setup.log" 2>&1 || { cat "$work/setup.log" >&2; fail "the uninstaller failed"; }
	wineserver -w
	removed
	[ -f "$local/Lethe/customers-1.lethe" ] || fail "uninstalling took the list away"

	say "uninstalled by hand: the list is kept when the answer is the one at hand"
	set_up
	uninstall Return
	[ -f "$local/Lethe/customers-1.lethe" ] || fail "uninstalling took the list away"

	say "uninstalled by hand: the list goes when the answer is yes"
	set_up
	uninstall alt+y
	[ ! -e "$local/Lethe" ] || fail "the list is left"
	[ ! -e "$local/app.lethe.desktop" ] || fail "what the window remembers is left"

	say "the portable program opens its window"
	unzip -q "$portable" -d "$work"
	show "$work/lethe-$VERSION-windows-portable/lethe.exe" windows-portable
	wineserver -k || true
}
