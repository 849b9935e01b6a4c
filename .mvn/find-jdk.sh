# Sourced by laneway and mvnw: finds a JDK that is new enough and exports it as JAVA_HOME, or says how to get one and exits.
needed=25

say() { printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2; }

jdk_version() { # the feature version of a JDK's folder, nothing where it is not a JDK
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

on_path() {
  found=$(command -v java 2>/dev/null) || return 0
  found=$(readlink -f "$found" 2>/dev/null || printf '%s' "$found")
  dirname "$(dirname "$found")"
}

find_jdk() {
  for home in "${JAVA_HOME:-}" "${JDK_HOME:-}" "$(on_path)" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* /usr/lib64/jvm/* /usr/local/openjdk-* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home")
    if [ -n "$version" ] && [ "$version" -ge "$needed" ]; then
      printf '%s' "$home"
      return
    fi
  done
}

jdk=$(find_jdk)
if [ -z "$jdk" ]; then
  say "needs a JDK $needed or newer and found none (looked at JAVA_HOME, the PATH and the usual folders)."
  say "Get one, for instance Eclipse Temurin $needed from https://adoptium.net, and set JAVA_HOME to its folder."
  exit 1
fi
export JAVA_HOME="$jdk"
