#!/bin/sh
# Installs Lethe from this folder, or removes it again. Customer lists are in
# people's own folders, and are never touched.
#
#   ./install.sh              for everybody, below /usr/local (as root)
#   ./install.sh --user       for yourself, below ~/.local
#   ./install.sh --remove     removes it (with --user: for yourself)
set -eu
cd "$(dirname "$0")"

prefix=/usr/local
remove=no
for argument in "$@"; do
	case $argument in
	--user) prefix=$HOME/.local ;;
	--remove) remove=yes ;;
	*)
		echo "usage: ./install.sh [--user] [--remove]" >&2
		exit 2
		;;
	esac
done

# Every file of the package, from the folder named usr.
files() { (cd usr && find . -type f | sed 's|^\./||' | sort); }

refresh() {
	if command -v update-desktop-database >/dev/null 2>&1; then
		update-desktop-database -q "$prefix/share/applications" || true
	fi
	if command -v gtk-update-icon-cache >/dev/null 2>&1; then
		gtk-update-icon-cache -q -t -f "$prefix/share/icons/hicolor" || true
	fi
}

mkdir -p "$prefix" 2>/dev/null || true
if [ ! -w "$prefix" ]; then
	echo "$prefix can't be written. Run this as root, or with --user for yourself alone." >&2
	exit 1
fi

if [ "$remove" = yes ]; then
	files | while read -r file; do rm -f "$prefix/$file"; done
	refresh
	echo "Lethe is removed. Your customer list is still where it was."
	exit 0
fi

files | while read -r file; do
	mode=644
	case $file in bin/*) mode=755 ;; esac
	install -D -m "$mode" "usr/$file" "$prefix/$file"
done
refresh
echo "Lethe is installed: $prefix/bin/lethe"
