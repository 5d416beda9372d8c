#!/usr/bin/env bash
# Makes a small base image for Millrace's images without a registry: the Java modules they need (jlink) on the few Debian
# packages that those need. For machines that reach no registry, and for the smallest images.
# Usage: scripts/base-image.sh [TAG]      (millrace/base:local by default)
# Needs Docker, a JDK with its jmods (openjdk-17-jdk-headless), and Debian or Ubuntu for their packages.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

tag=${1:-millrace/base:local}
# libz, libstdc++ and libgcc are what Debian's Java is linked with; bash runs the health check; of coreutils cat and sleep are
# kept, which Testcontainers' start script and people need; libc-bin has the locale C.utf8.
packages=(base-files bash coreutils libc-bin libc6 libgcc-s1 libstdc++6 libtinfo6 zlib1g)
# What jdeps finds in the jars (java.desktop for java.beans, which the DynamoDB SDK's table schemas use); and what jdeps cannot
# see: elliptic curves for TLS, DNS, zip file systems, and jcmd for whoever has to look inside.
modules=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http
modules+=,java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management
modules+=,jdk.naming.dns,jdk.unsupported,jdk.zipfs

require_docker
for tool in apt-get dpkg-deb; do
  command -v "$tool" >/dev/null 2>&1 || fail "no '$tool' on the PATH; this makes an image from Debian's packages"
done
find_java
jdk=$("$JAVA" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
if ! [ -x "$jdk/bin/jlink" ] || ! [ -d "$jdk/jmods" ]; then
  fail "the Java at '$jdk' has no jlink or no jmods; install openjdk-17-jdk-headless or set JAVA_HOME to a JDK"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$work/packages" "$root/var/lib/dpkg/status.d" "$root/opt" "$root/tmp" "$root/proc" "$root/sys" "$root/dev"
chmod 755 "$root"
chmod 1777 "$root/tmp" "$work/packages"

(cd "$work/packages" && apt-get download -qq "${packages[@]}") >"$work/log" 2>&1 || {
  cat "$work/log" >&2
  fail "Debian's packages cannot be downloaded; try apt-get update"
}
for package in "$work"/packages/*.deb; do
  dpkg-deb -x "$package" "$root"
  # Where scanners look for the packages of an image without dpkg.
  dpkg-deb -f "$package" >"$root/var/lib/dpkg/status.d/$(dpkg-deb -f "$package" Package)"
done
ln -sf bash "$root/bin/sh"
# Character sets other than UTF-8, translations, manuals; the licences stay.
rm -rf "$root"/usr/lib/*/gconv "$root"/usr/share/{locale,man,info,lintian,menu} "$root"/usr/sbin "$root"/sbin
find "$root/bin" "$root/usr/bin" \( -type f -o -type l \) ! -name bash ! -name sh ! -name cat ! -name sleep -delete
rm -rf "$root/usr/libexec"
find "$root/usr/share/doc" -type f ! -name copyright -delete
printf 'root:x:0:0:root:/root:/sbin/nologin\nmillrace:x:10001:10001:Millrace:/home/millrace:/sbin/nologin\n' >"$root/etc/passwd"
printf 'root:x:0:\nmillrace:x:10001:\n' >"$root/etc/group"

"$jdk/bin/jlink" --add-modules "$modules" --compress=2 --strip-java-debug-attributes --no-header-files --no-man-pages \
  --output "$root/opt/java"
# The archive of the JDK's own classes, which jlink leaves out; the images' archives build on it.
"$root/opt/java/bin/java" -Xshare:dump >"$work/log" 2>&1 || {
  cat "$work/log" >&2
  fail "the archive of the JDK's classes cannot be made"
}
tar --sort=name --owner=0 --group=0 --numeric-owner -C "$root" -c . | docker import \
  -c 'ENV PATH=/opt/java/bin:/usr/bin:/bin' -c 'ENV JAVA_HOME=/opt/java' -c 'ENV LC_ALL=C.UTF-8' - "$tag" >/dev/null
echo "made $tag: $(docker image inspect -f '{{.Size}}' "$tag" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
