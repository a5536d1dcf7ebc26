# Sourced by .ci/package-check: the packages in a system that holds nothing but
# its base, made by debootstrap from the mirror of this one.

# inside COMMAND: in that system, which sees no more of this one than the
# display. What is mounted for it is gone with the command.
inside() {
	unshare -m --propagation private sh -c '
		mount -t proc proc "$0/proc"
		exec chroot "$0" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
			DEBIAN_FRONTEND=noninteractive DISPLAY="$DISPLAY" LIBGL_ALWAYS_SOFTWARE=1 "$@"' "$clean" "$@"
}

# inside_quietly COMMAND: unless it fails.
inside_quietly() { inside "$@" >"$work/inside" 2>&1 || { cat "$work/inside" >&2; fail "in the clean system: $* failed"; }; }

# packed_by_rpm WORDS: rpm at work on the clean system. Debian's system knows no
# libraries by rpm's names, so what the package asks for is not asked here.
packed_by_rpm() {
	rpm --root "$clean" --nodeps --nosignature "$@" >"$work/rpm" 2>&1 || { cat "$work/rpm" >&2; fail "rpm $* failed"; }
}

# clean: $deb and $rpm, $work/deb-files lists what they hold.
clean() {
	local clean=$work/clean suite mirror
	if ! command -v debootstrap >/dev/null || ! unshare -m true 2>/dev/null; then
		say "left out: there is no debootstrap here, or no right to mount; the packages are not tried in a clean system"
		return 0
	fi
	say "a clean system by debootstrap, with the .deb and what it asks for"
	# shellcheck source=/dev/null
	suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
	mirror=$(apt-get indextargets --format '$(SITE)' "Codename: $suite" | head -n 1)
	case $mirror in http*) ;; *) mirror= ;; esac
	debootstrap --variant=minbase "$suite" "$clean" $mirror >"$work/debootstrap" 2>&1 ||
		{ tail "$work/debootstrap" >&2; fail "debootstrap failed"; }
	cp "$deb" "$clean/root/lethe.deb"
	inside_quietly apt-get update -qq
	inside_quietly apt-get install -y -qq --no-install-recommends /root/lethe.deb
	screen
	inside lethe -demo >"$work/lethe.log" 2>&1 &
	window Sharma || { cat "$work/lethe.log" >&2; fail "no window opened from the clean system"; }
	photograph clean-system
	leave
	wait $! || { cat "$work/lethe.log" >&2; fail "the program ended with an error"; }
	inside_quietly apt-get purge -y -qq lethe
	gone "$clean"

	say "the .rpm there too: installed, its scripts run, verified, removed"
	packed_by_rpm -i "$rpm"
	packed_by_rpm -V lethe
	[ "$(inside lethe -version)" = "Lethe $VERSION" ] || fail "the .rpm's program doesn't run"
	packed_by_rpm -e lethe
	gone "$clean"
}
