# Bash, read by ./waybill: makes the packages. Needs Linux with GNU tar and, for the .deb, dpkg-deb.

# What the hub uses of Java, by jdeps, and beside it: names in DNS, locales of messages, management by JMX and jcmd.
package_modules=(
    java.base java.compiler java.desktop java.logging java.management java.naming java.net.http java.security.jgss
    java.security.sasl java.sql java.xml jdk.crypto.cryptoki jdk.jcmd jdk.jfr jdk.localedata jdk.management
    jdk.management.agent jdk.naming.dns jdk.net jdk.unsupported jdk.zipfs
)

package_usage() {
    cat <<'USAGE'
Usage: ./waybill package [OPTION...] [archive] [deb]

Makes packages with a Java runtime of their own, both unless one is named.

  --output DIR        where to put them (default: target/packages)
  --sign-key KEY      sign the checksums with that key of GnuPG: its fingerprint, or its user's address
  --train-orders N    orders of the training run that fills the cache for a fast start (default: 100)
  --no-build          package what ./waybill build or Maven has built, although sources may be newer
  --level N           how much to compress, 1 (fast) to 9 (small) (default: 6)
USAGE
}

make_packages() {
    local output="$root/target/packages" orders=100 level=6 key="" is_built="" kinds="" kind
    while [ $# -gt 0 ]; do
        case "$1" in
            --help | -h) package_usage; exit ;;
            --output | --sign-key | --train-orders | --level) [ $# -gt 1 ] || die "$1: missing (expected: $1 and a value)" ;;&
            --output) output="$2"; shift ;;
            --sign-key) key="$2"; shift ;;
            --train-orders) orders="$2"; shift ;;
            --level) level="$2"; shift ;;
            --no-build) is_built=yes ;;
            archive | deb) kinds="$kinds $1" ;;
            *) package_usage >&2; die "package: '$1' (expected: archive, deb or an option)" ;;
        esac
        shift
    done
    [[ "$orders" =~ ^[1-9][0-9]*$ ]] || die "--train-orders: '$orders' (expected: a number from 1)"
    [[ "$level" =~ ^[1-9]$ ]] || die "--level: '$level' (expected: 1 to 9)"
    case "$OSTYPE" in linux-gnu*) ;; *) die "package: this is $OSTYPE (expected: linux-gnu, which the packages are for)" ;; esac
    case "${kinds:-deb}" in *deb*)
        command -v dpkg-deb >/dev/null || die "package: no dpkg-deb on the PATH (expected: one, or to make the archive alone: ./waybill package archive)" ;;
    esac
    if [ -n "$key" ] && ! gpg --batch --list-secret-keys "$key" >/dev/null 2>&1; then
        die "--sign-key: '$key' (expected: a secret key of GnuPG, as gpg --list-secret-keys shows it)"
    fi
    find_jdk
    if [ -z "$is_built" ]; then ensure_built cli "$jar" package; fi
    [ -f "$jar" ] || die "package: there is no $jar (expected: that it is built; leave out --no-build)"
    describe_package
    mkdir -p "$output"
    output="$(cd "$output" && pwd -P)"
    lock
    stage_package "$output" "$orders"
    made=()
    for kind in ${kinds:-archive deb}; do "make_$kind" "$output" "$level"; done
    write_checksums "$output" "$key"
    unlock
}

describe_package() { # sets version, machine, natives and epoch
    version="$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$root/pom.xml" | head -n 1)"
    case "$(uname -m)" in
        x86_64) machine=x64 natives=x86_64 ;;
        aarch64) machine=aarch64 natives=aarch_64 ;;
        *) die "package: this machine is $(uname -m) (expected: x86_64 or aarch64)" ;;
    esac
    # One time for all files: the same commit gives the same bytes, and the cache is valid for files of this time only.
    local built
    built="$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' "$root/pom.xml")"
    epoch="${SOURCE_DATE_EPOCH:-$(date -u -d "$built" +%s)}"
}

stage_package() { # stage_package OUTPUT ORDERS: the folder that all packages have; sets stage
    stage="$1/waybill-$version"
    rm -rf "$stage"
    mkdir -p "$stage/bin" "$stage/lib/native"
    say "linking a Java runtime"
    "$jdk/bin/jlink" --add-modules "$(IFS=,; echo "${package_modules[*]}")" --no-header-files --no-man-pages \
        --output "$stage/runtime"
    cp "$root/packaging/waybill" "$stage/bin/"
    cp "$jar" "$root/packaging/jvm.sh" "$stage/lib/"
    cp -r "${jar%/*}/lib" "$stage/lib/lib"
    make_cacheable "$stage/lib/lib" || die "package: the library of the command line cannot be rewritten for the cache"
    cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$stage/"
    stage_natives
    set_times
    say "filling the cache for a fast start"
    (
        add_library_options "$stage"
        "$stage/runtime/bin/java" "${jvm_options[@]}" -XX:AOTCacheOutput="$stage/lib/waybill.aot" \
            -jar "$stage/lib/waybill.jar" train --orders "$2"
    ) >"$root/target/cache.log" 2>&1 </dev/null || die "the training run failed; the whole story is in $root/target/cache.log"
    [ -f "$stage/lib/waybill.aot" ] || die "the training run made no cache; the whole story is in $root/target/cache.log"
    set_times
}

set_times() { # also those of folders; permissions as for a package of root's
    chmod -R u=rwX,go=rX "$stage"
    find "$stage" -exec touch -h -d "@$epoch" {} +
}

stage_natives() { # the libraries that the jars contain for this machine
    local sqlite="${natives/aarch_64/aarch64}"
    (
        cd "$stage/lib/native"
        extract "$stage"/lib/lib/sqlite-jdbc-*.jar "org/sqlite/native/Linux/$sqlite/libsqlitejdbc.so"
        extract "$stage"/lib/lib/netty-transport-native-epoll-*-linux-"$natives".jar \
            "META-INF/native/libnetty_transport_native_epoll_$natives.so"
    )
}

extract() { # extract JAR ENTRY: into this folder, without the entry's folders
    (cd "$stage/lib" && "$jdk/bin/jar" --extract --file "$1" "$2" && mv "$2" native/ && rm -r "${2%%/*}")
}

make_archive() { # make_archive OUTPUT LEVEL
    local file="$1/waybill-$version-linux-$machine.tar.gz"
    say "packing $file"
    tar --create --directory "$1" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu "waybill-$version" |
        gzip -n "-$2" >"$file.new"
    mv "$file.new" "$file"
    made+=("${file##*/}")
}

make_deb() { # make_deb OUTPUT LEVEL
    local arch="${machine/x64/amd64}" tree="$1/deb" file control="$root/packaging/debian"
    arch="${arch/aarch64/arm64}"
    file="$1/waybill_${version/-/\~}_$arch.deb"
    say "packing $file"
    rm -rf "$tree"
    mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc/waybill" "$tree/usr/share/doc/waybill"
    cp -rpl "$stage" "$tree/usr/lib/waybill" # links: the time of each file stays
    rm "$tree"/usr/lib/waybill/{LICENSE,README.md,CHANGELOG.md}
    ln -s ../lib/waybill/bin/waybill "$tree/usr/bin/waybill"
    install -m 644 "$control/waybill.service" "$tree/usr/lib/systemd/system/"
    install -m 640 "$control/waybill.env" "$tree/etc/waybill/"
    install -m 644 "$control/copyright" "$root/README.md" "$tree/usr/share/doc/waybill/"
    gzip -9n <"$root/CHANGELOG.md" >"$tree/usr/share/doc/waybill/changelog.gz"
    install -m 755 "$control/postinst" "$control/prerm" "$control/postrm" "$tree/DEBIAN/"
    echo /etc/waybill/waybill.env >"$tree/DEBIAN/conffiles"
    sed -e "s/@VERSION@/${version/-/\~}/" -e "s/@ARCHITECTURE@/$arch/" \
        -e "s/@SIZE@/$(du -sk --apparent-size "$tree/usr" | cut -f 1)/" "$control/control" >"$tree/DEBIAN/control"
    (cd "$tree" && find etc usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    chmod 644 "$tree"/DEBIAN/{control,conffiles,md5sums}
    find "$tree" -exec touch -h -d "@$epoch" {} +
    SOURCE_DATE_EPOCH="$epoch" dpkg-deb --build --root-owner-group -Zzstd "-z$2" "$tree" "$file" >/dev/null
    rm -rf "$tree"
    made+=("${file##*/}")
}

write_checksums() { # write_checksums OUTPUT KEY: of the packages that were made, signed unless the key is empty
    (
        cd "$1"
        rm -f SHA256SUMS SHA256SUMS.asc
        sha256sum "${made[@]}" >SHA256SUMS
        if [ -n "$2" ]; then gpg --batch --armor --local-user "$2" --output SHA256SUMS.asc --detach-sign SHA256SUMS; fi
    )
}
