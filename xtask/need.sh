# Sourced by ./run and ./test: says which commands are needed, and installs Debian's packages for those
# that are missing where that is allowed. It never installs Rust, and never asks for a password.

missing=()

# need COMMAND PACKAGE: remembers the package if the command is not there.
need() {
    command -v "$1" >/dev/null 2>&1 || missing+=("$2")
}

need_rust() {
    if ! command -v cargo >/dev/null 2>&1; then
        echo "Rust is missing. Install it from https://rustup.rs, open a new shell, and start again." >&2
        exit 1
    fi
}

# install_missing: apt-get for what `need` found, as root or with a sudo that asks nothing.
install_missing() {
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if ! command -v apt-get >/dev/null 2>&1 || ! "${as_root[@]}" true 2>/dev/null; then
        echo "These Debian packages are missing, and I am not allowed to install them:" >&2
        echo "    sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "installing ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# step TEXT: what happens now, and how long it has taken so far.
step() {
    printf '\n== %s (%d s) ==\n' "$1" "$SECONDS" >&2
}
