/// Backups of a data directory, made while a hub runs on it, and data directories made of them.
///
/// Start at [waybill.storage.backup.Backup]; [waybill.storage.backup.BackupManifest] says what a complete backup has.
/// Knows the files of a hub, and nothing of its tables but how many rows they have.
@NullMarked
package waybill.storage.backup;

import org.jspecify.annotations.NullMarked;
