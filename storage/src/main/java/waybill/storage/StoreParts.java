package waybill.storage;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import waybill.journal.AppendListener;
import waybill.storage.sql.GroupCommitJournal;
import waybill.storage.sql.ReadConnections;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StoreHealth;

/// What a store consists of on each database.
///
/// @param appendListener the current listener of the journal
/// @param trusted the time that ages are measured against
record StoreParts(
        GroupCommitJournal journal,
        ReadConnections connections,
        RecentEventCache recentEvents,
        AtomicReference<AppendListener> appendListener,
        StoreHealth health,
        InstantSource trusted) {}
