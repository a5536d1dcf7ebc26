# Sourced by .ci/package-check: the Linux packages.

desktop=usr/share/applications/app.lethe.desktop.desktop
metainfo=usr/share/metainfo/app.lethe.desktop.metainfo.xml

# start: from the desktop file, as a menu does.
start() {
	gio launch "/$desktop" >"$work/lethe.log" 2>&1 &
	window Lethe || { cat "$work/lethe.log" >&2; fail "no window opened"; }
	calm
}

# packaged WORDS: apt-get, quietly, unless it fails.
packaged() { DEBIAN_FRONTEND=noninteractive apt-get -y -qq --no-install-recommends "$@" >"$work/apt" 2>&1 || { cat "$work/apt" >&2; fail "apt-get $1 failed"; }; }

# fingerprint FOLDER: of all files in it, with their names.
fingerprint() { (cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum); }

# gone FOLDER: none of the package's files is left below it. $work/deb-files
# lists them.
gone() {
	local file
	while read -r file; do
		[ ! -e "$1$file" ] || fail "$file is left"
	done <"$work/deb-files"
}

# look: what the packages hold and ask for.
look() {
	say "lintian, desktop-file-validate, appstreamcli"
	lintian --allow-root --fail-on error,warning,info "$deb" || fail "lintian found something"
	dpkg-deb -x "$deb" "$work/deb"
	(cd "$work/deb" && find . -type f | sed 's/^\.//' | sort) >"$work/deb-files"
	desktop-file-validate "$work/deb/$desktop" || fail "the desktop file is not valid"
	appstreamcli validate --no-net "$work/deb/$metainfo" >"$work/appstream" ||
		{ cat "$work/appstream" >&2; fail "the metainfo is not valid"; }
	local kind
	for kind in text/csv application/vnd.openxmlformats-officedocument.spreadsheetml.sheet text/vcard; do
		grep -q "^MimeType=.*$kind;" "$work/deb/$desktop" || fail "nothing says that Lethe opens $kind"
	done

	say "the .rpm holds what the .deb holds but for Debian's own, and asks for what rpm finds in the program"
	rpm -K --nosignature "$rpm" >"$work/rpm" 2>&1 || { cat "$work/rpm" >&2; fail "the .rpm is damaged"; }
	rpm -qp --queryformat '[%{FILEMODES:perms} %{FILENAMES}\n]' "$rpm" 2>/dev/null | sed -n 's/^-[^ ]* //p' | sort >"$work/rpm-files"
	diff <(grep -v -e lintian -e changelog.Debian "$work/deb-files") "$work/rpm-files" || fail "the .rpm holds other files"
	rpm -qp --requires "$rpm" 2>/dev/null | sort >"$work/rpm-asks"
	/usr/lib/rpm/elfdeps --requires "$work/deb/usr/bin/lethe" | grep '^lib' | sort >"$work/rpm-finds"
	! comm -13 "$work/rpm-asks" "$work/rpm-finds" | grep . || fail "the .rpm doesn't ask for these"
}

# begin: a list with one customer, by keys alone.
begin() {
	photograph first-run
	press Return
	local answer
	for answer in "Sharma Traders" "Asha Sharma" "" "+91 98200 51234" "" "$password" "$password"; do
		enter "$answer"
	done
	# OTPs are for later. The recovery key is shown once the list is there.
	xdotool key --clearmodifiers Tab Tab space
	for _ in $(seq 120); do
		[ ! -f "$data/keys" ] || break
		sleep 0.5
	done
	photograph recovery-key
	[ -f "$data/keys" ] || fail "no customer list was begun"
	leave
	start
	sign_in
	press ctrl+n
	enter "Kiran Mishra" Tab
	enter "+91 98200 51999"
	leave
}

# sign_in: and puts off the question after the recovery key.
sign_in() {
	enter "$password"
	press Escape
}

# upgrade: the .deb on this machine, over one whose version is lower.
upgrade() {
	say "an older version is installed, started from its desktop file, and a list begun"
	dpkg-deb -R "$deb" "$work/old"
	sed -i "s/^Version: .*/Version: $older/" "$work/old/DEBIAN/control"
	dpkg-deb -b -Zgzip -z1 --root-owner-group "$work/old" "$work/older.deb" >/dev/null
	dpkg --compare-versions "$older" lt "$VERSION-1" || fail "$older is not older than $VERSION-1"
	installed=yes
	packaged install "$work/older.deb"
	[ "$(dpkg-query -W -f '${Version}' lethe)" = "$older" ] || fail "the older version is not there"
	screen
	start
	begin
	start
	sign_in
	photograph before-the-upgrade
	leave
	local before
	before=$(fingerprint "$data")

	say "upgraded: the list is as it was, and opens"
	packaged install "$deb"
	[ "$(dpkg-query -W -f '${Version}' lethe)" = "$VERSION-1" ] || fail "the version is not the new one"
	[ "$(lethe -version)" = "Lethe $VERSION" ] || fail "the program says another version"
	[ "$(fingerprint "$data")" = "$before" ] || fail "upgrading changed the list"
	start
	sign_in
	photograph upgraded
	alike "$out/before-the-upgrade.png" "$out/upgraded.png" || fail "the upgraded program shows another list"
	leave

	say "removed: nothing is left but the list"
	before=$(fingerprint "$data")
	packaged remove lethe
	gone ""
	[ "$(fingerprint "$data")" = "$before" ] || fail "removing it changed the list"
	dpkg --purge lethe >/dev/null 2>&1
	installed=no
}

# archive: for one person.
archive() {
	say "the archive installs for one person, and goes again"
	local folder=$work/lethe-$VERSION-linux-$ARCH before
	before=$(fingerprint "$data")
	tar -C "$work" -xf "dist/lethe-$VERSION-linux-$ARCH.tar.xz"
	"$folder/install.sh" --user >/dev/null
	[ "$("$HOME/.local/bin/lethe" -version)" = "Lethe $VERSION" ] || fail "the archive's program doesn't run"
	"$folder/install.sh" --user --remove >/dev/null
	[ ! -e "$HOME/.local/bin/lethe" ] || fail "the archive isn't removed"
	[ "$(fingerprint "$data")" = "$before" ] || fail "the archive's installer changed the list"
}

linux() {
	local older=0.0.1-1 password="river of forgetting" deb rpm data
	deb=$PWD/dist/lethe_$VERSION-1_$ARCH.deb
	rpm=$(echo "$PWD"/dist/lethe-"$VERSION"-1.*.rpm)
	[ -f "$deb" ] && [ -f "$rpm" ] || fail "dist holds no packages of $VERSION: make package first"
	[ "$(dpkg-query -W -f '${db:Status-Status}' lethe 2>/dev/null)" != installed ] || fail "Lethe is installed here already"
	look
	export HOME=$work/home XDG_RUNTIME_DIR=$work/run LANG=en_US.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
	unset XDG_DATA_HOME XDG_CONFIG_HOME
	mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
	chmod 700 "$XDG_RUNTIME_DIR"
	data=$HOME/.local/share/Lethe
	upgrade
	archive
	clean
}
