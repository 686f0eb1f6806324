# install.sh DEB FOLDER INSTALL TOKEN PURGE, in a mount namespace of its own: installs the package on a copy of this
# machine, which takes no disk and ends with the namespace, runs its service there, and removes it, by the three commands.
set -euo pipefail

deb="$(readlink -f "$1")"
mkdir "$2/layers"
mount -t tmpfs tmpfs "$2/layers"
mkdir "$2/layers/upper" "$2/layers/work" "$2/layers/root"
root="$2/layers/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$2/layers/upper,workdir=$2/layers/work" "$root"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
for place in usr/lib/jvm usr/java opt root home; do # where a JDK may be
    if [ -d "$root/$place" ]; then mount -t tmpfs tmpfs "$root/$place"; fi
done
rm -f "$root"/usr/bin/java "$root"/usr/local/bin/java
mkdir "$root/packages"
mount --bind "${deb%/*}" "$root/packages"

on() { (become "$@"); }
become() { exec env -u JAVA_HOME -u JDK_HOME PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" "$@"; }
documented() { on bash -c "cd /packages && ${1//sudo /}"; }

if on java -version >/dev/null 2>&1; then echo "there is a Java on the machine" && exit 1; fi
documented "$3"
on systemd-analyze verify /usr/lib/systemd/system/waybill.service
# A scale from 0, closed, to 100: what is left is the network, which is the hub's purpose.
on systemd-analyze security --offline=yes --threshold=25 waybill.service >/dev/null
echo "unit is valid"
on test -L /etc/systemd/system/multi-user.target.wants/waybill.service
echo "unit is enabled"
echo "token $(documented "$4")"

# As ProtectSystem=strict, StateDirectory= and User= of the unit; without /tmp, which no part of the hub needs.
sed -i 's/^PORT=.*/PORT=0/' "$root/etc/waybill/waybill.env"
mkdir "$root/var/lib/waybill"
on chown waybill:waybill /var/lib/waybill
mount --bind "$root/var/lib/waybill" "$root/var/lib/waybill"
mount -o remount,bind,ro "$root"
set -a
. "$root/etc/waybill/waybill.env"
set +a
cd "$root/var/lib/waybill"
# shellcheck disable=SC2046,SC2086 # words of the unit's command
become setpriv --reuid waybill --regid waybill --init-groups --no-new-privs --pdeathsig KILL \
    $(eval echo "$(sed -n 's/^ExecStart=//p' "$root/usr/lib/systemd/system/waybill.service")") &
echo "hub is process $!"
ended=0
wait $! || ended=$?
echo "hub has ended with $ended"
cd /

mount -o remount,bind,rw "$root"
documented "$5"
for left in /etc/waybill/* /etc/systemd/system/multi-user.target.wants/waybill.service /usr/lib/waybill \
    /var/lib/waybill/waybill.db; do
    if on test -e "$left" -o -L "$left"; then echo "left: $left"; fi
done
