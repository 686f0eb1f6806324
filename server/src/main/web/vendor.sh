#!/usr/bin/env bash
# Fetches the JavaScript libraries of the hub's pages from npm into the resources, and writes their hashes. A developer runs it to
# change a version; the build needs neither npm nor a network for them.
set -euo pipefail
cd "$(dirname "$0")/../resources/waybill/web/vendor"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
rows=()

# vendor PACKAGE VERSION LICENCE LICENCE_FILE FILE[=NAME]...; a NAME may have folders
vendor() {
    local package="$1" version="$2" licence="$3" licence_file="$4" name folder file target
    name="$(echo "$package" | sed 's/^@//; s,/,-,')"
    folder="$name-$version"
    shift 4
    (cd "$work" && npm pack --silent "$package@$version" >/dev/null && mkdir "$folder" && tar -xzf "$folder.tgz" -C "$folder")
    rm -rf "$name"-[0-9]*
    mkdir "$folder"
    cp "$work/$folder/package/$licence_file" "$folder/LICENSE.txt"
    for file in "$@"; do
        target="${file#*=}"
        if [ "$target" = "$file" ]; then target="$(basename "$target")"; fi
        file="${file%%=*}"
        mkdir -p "$folder/$(dirname "$target")"
        cp "$work/$folder/package/$file" "$folder/$target"
        sed -i '/^\/\/# sourceMappingURL=/d' "$folder/$target"
        rows+=("| $package | $version | $licence | \`$folder/$target\` | \`$file\` | \`$(sha256sum "$folder/$target" | cut -d' ' -f1)\` |")
    done
}

vendor preact 11.2.0 MIT LICENSE dist/preact.mjs hooks/dist/hooks.mjs
vendor htm 3.1.1 Apache-2.0 LICENSE dist/htm.module.js
vendor @preact/signals-core 1.14.5 MIT LICENSE dist/signals-core.module.js
vendor @preact/signals 2.11.4 MIT LICENSE dist/signals.module.js
vendor socket.io-client 4.8.4 MIT LICENSE dist/socket.io.esm.min.js
vendor maplibre-gl 6.17.0 BSD-3-Clause LICENSE.txt dist/maplibre-gl.mjs dist/maplibre-gl-worker.mjs dist/maplibre-gl.css
vendor signature_pad 5.1.4 MIT LICENSE dist/signature_pad.min.js
vendor zxing-wasm 3.1.6 MIT LICENSE dist/iife/reader/index.js=zxing_reader.js dist/reader/zxing_reader.wasm
vendor uplot 1.6.32 MIT LICENSE dist/uPlot.esm.js dist/uPlot.min.css
vendor @fontsource-variable/inter 5.3.0 OFL-1.1 LICENSE files/inter-latin-wght-normal.woff2

# The page of the Socket.IO Admin UI, and the font of its icons, which it would load from elsewhere: served below /admin-ui, as
# admin-ui.txt lists them.
admin_ui=(index.html favicon.png css/app.6e3b9661.css css/chunk-vendors.9f55d012.css img/logo-dark.3727fec5.svg
    img/logo-light.73342c25.svg js/app.0d7d7845.js js/chunk-vendors.934c03ff.js)
vendor @socket.io/admin-ui 0.5.1 MIT LICENSE $(for file in "${admin_ui[@]}"; do echo "ui/dist/$file=$file"; done)
vendor @mdi/font 7.4.47 Apache-2.0 LICENSE css/materialdesignicons.min.css=css/materialdesignicons.min.css \
    fonts/materialdesignicons-webfont.woff2=fonts/materialdesignicons-webfont.woff2

# One file of symbols: a page shows `<use href="…/icons.svg#truck">`.
vendor lucide-static 1.62.0 ISC LICENSE
icons=(arrow-left arrow-right bell bike camera chart-line check chef-hat chevron-right circle-alert clock copy download history
    key-round keyboard link list locate-fixed log-out map map-pin navigation package pause phone play scan-barcode search send signal
    signature store truck undo-2 user users webhook wifi-off x)
sprite="lucide-static-1.62.0/icons.svg"
{
    echo '<svg xmlns="http://www.w3.org/2000/svg">'
    for icon in "${icons[@]}"; do
        echo "<symbol id=\"$icon\" viewBox=\"0 0 24 24\">$(sed -n '/^>/,/^<\/svg>/p' "$work/lucide-static-1.62.0/package/icons/$icon.svg" \
            | sed '1d;$d' | tr -d '\n' | sed 's/  */ /g')</symbol>"
    done
    echo '</svg>'
} >"$sprite"
rows+=("| lucide-static | 1.62.0 | ISC | \`$sprite\` | \`icons/*.svg\`, joined | \`$(sha256sum "$sprite" | cut -d' ' -f1)\` |")

{
    echo "# Libraries of the hub's pages"
    echo
    echo "Files of npm packages, unchanged but for the line that names a source map. \`server/src/main/web/vendor.sh\` fetches them and"
    echo "writes this page; a test compares the hashes."
    echo
    echo "| package | version | licence | file | in the package | SHA-256 |"
    echo "|---|---|---|---|---|---|"
    printf '%s\n' "${rows[@]}"
} >VENDOR.md
